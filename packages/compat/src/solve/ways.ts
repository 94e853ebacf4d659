import { type Item, not } from "../formula/node.js";
import type { Branch } from "./branch.js";

/** Ways in which something can hold: in each, all of its items do. */
export type Ways = readonly (readonly Item[])[];

/** The ways in which an alternative can hold in a branch; undefined when it does already, none when it cannot. */
export function waysOf(branch: Branch, { node, positive }: Item): Ways | undefined {
  if (node.kind === "one") {
    const open: Item[] = [];
    const certain: Item[] = [];
    for (const option of node.items) {
      const known = branch.quick(option);
      if (known === undefined) open.push(option);
      else if (known) certain.push(option);
    }
    return positive ? exactlyOne(open, certain) : notExactlyOne(open, certain);
  }
  if (node.kind !== "all" && node.kind !== "any") return undefined;
  const open: Item[] = [];
  for (const option of positive ? node.items : node.items.map(not)) {
    const known = branch.quick(option);
    if (known === true) return undefined;
    if (known === undefined) open.push(option);
  }
  return open.map((option) => [option]);
}

function exactlyOne(open: readonly Item[], certain: readonly Item[]): Ways | undefined {
  if (certain.length > 1) return [];
  // What is certain is added all the same: it may say more of a sender than that it holds.
  if (certain.length === 1) return [[...certain, ...open.map(not)]];
  return open.map((chosen) => [chosen, ...open.filter((other) => other !== chosen).map(not)]);
}

function notExactlyOne(open: readonly Item[], certain: readonly Item[]): Ways | undefined {
  if (certain.length > 1 || open.length + certain.length === 0) return undefined;
  if (certain.length === 1) return open.map((other) => [other]);
  const pairs = open.flatMap((one, index) => open.slice(index + 1).map((other) => [one, other]));
  return [open.map(not), ...pairs];
}
