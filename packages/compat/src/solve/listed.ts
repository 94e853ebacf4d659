import type { Item, Scalar } from "../formula/node.js";
import type { Effort } from "./effort.js";
import { holds } from "./holds.js";

/** Deepest look into what an item is made of. */
const maxLook = 8;

/** The scalars that an item lets pass, where it lists them. */
export function listed(item: Item, effort: Effort, depth = 0): ReadonlySet<Scalar> | undefined {
  const { node, positive } = item;
  if (!positive || depth > maxLook || !effort.spend()) return undefined;
  if (node.kind === "among") return node.values;
  if (node.kind === "ref") return listed(node.target(), effort, depth + 1);
  if (node.kind === "all") {
    for (const part of node.items) {
      const values = listed(part, effort, depth + 1);
      if (values) return new Set([...values].filter((value) => holds(item, value, effort) !== false));
    }
    return undefined;
  }
  if (node.kind !== "any") return undefined;
  const parts = node.items.map((part) => listed(part, effort, depth + 1));
  return parts.every((part) => part !== undefined) ? new Set(parts.flatMap((part) => [...part])) : undefined;
}

/** The one key that a set of names consists of. */
export function onlyKey(names: Item): string | undefined {
  if (!names.positive || names.node.kind !== "among" || names.node.values.size !== 1) return undefined;
  const [key] = names.node.values;
  return typeof key === "string" ? key : undefined;
}
