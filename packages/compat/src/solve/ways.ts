import type { Formulas } from "../formula/formulas.js";
import { type Item, not } from "../formula/node.js";
import type { Branch } from "./branch.js";

/** The ways in which something can hold: in each, all of its items do. */
export interface Ways {
  readonly count: number;
  readonly list: () => readonly (readonly Item[])[];
}

const none: Ways = { count: 0, list: () => [] };
const only = (items: readonly Item[]): Ways => ({ count: 1, list: () => [items] });

/** The ways in which an alternative can hold in a branch; undefined when it does already, none when it cannot. */
export function waysOf(formulas: Formulas, branch: Branch, { node, positive }: Item): Ways | undefined {
  if (node.kind === "one") {
    const open: Item[] = [];
    const certain: Item[] = [];
    for (const option of node.items) {
      const known = branch.quick(option);
      if (known === undefined) open.push(option);
      else if (known) certain.push(option);
    }
    return positive ? exactlyOne(open, certain) : notExactlyOne(formulas, open, certain);
  }
  if (node.kind !== "all" && node.kind !== "any") return undefined;
  const open: Item[] = [];
  for (const option of positive ? node.items : node.items.map(not)) {
    const known = branch.quick(option);
    if (known === true) return undefined;
    if (known === undefined) open.push(option);
  }
  return { count: open.length, list: () => open.map((option) => [option]) };
}

function exactlyOne(open: readonly Item[], certain: readonly Item[]): Ways | undefined {
  if (certain.length > 1) return none;
  // What is certain is added all the same: it may say more of a sender than that it holds.
  if (certain.length === 1) return only([...certain, ...open.map(not)]);
  return {
    count: open.length,
    list: () => open.map((chosen) => [chosen, ...open.filter((other) => other !== chosen).map(not)]),
  };
}

function notExactlyOne(
  formulas: Formulas,
  open: readonly Item[],
  certain: readonly Item[],
): Ways | undefined {
  if (certain.length > 1 || open.length + certain.length === 0) return undefined;
  if (certain.length === 1) return { count: open.length, list: () => open.map((other) => [other]) };
  if (open.length === 1) return only(open.map(not));
  // None of them, or one and any that comes after it.
  const pairs = (): readonly (readonly Item[])[] =>
    open.slice(0, -1).map((one, index) => [one, formulas.any(open.slice(index + 1))]);
  return { count: open.length, list: () => [open.map(not), ...pairs()] };
}
