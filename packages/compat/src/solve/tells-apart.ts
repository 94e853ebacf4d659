import type { Item, Node } from "../formula/node.js";
import type { Effort } from "./effort.js";
import { listed, onlyKey } from "./listed.js";

/** A member, or an index of an array. */
type Place = string | number;

/** Deepest look into what an option is made of. */
const maxLook = 8;

const known = new WeakMap<Node, boolean>();

/** Places for which an option lists the values they can have. */
function placesOf({ node, positive }: Item, effort: Effort, depth: number): ReadonlySet<Place> {
  if (!positive || depth > maxLook || !effort.spend()) return new Set();
  if (node.kind === "ref") return placesOf(node.target(), effort, depth + 1);
  if (node.kind === "all")
    return new Set(node.items.flatMap((part) => [...placesOf(part, effort, depth + 1)]));
  if (node.kind === "any" || node.kind === "one") return commonOf(node.items, effort, depth + 1);
  if (node.kind !== "member" && node.kind !== "item") return new Set();
  const place = node.kind === "member" ? onlyKey(node.names) : node.index;
  return place !== undefined && listed(node.value, effort) ? new Set([place]) : new Set();
}

function commonOf(options: readonly Item[], effort: Effort, depth: number): ReadonlySet<Place> {
  let common: ReadonlySet<Place> | undefined;
  for (const option of options) {
    const places = placesOf(option, effort, depth);
    common = common === undefined ? places : new Set([...common].filter((place) => places.has(place)));
    if (common.size === 0) break;
  }
  return common ?? new Set();
}

/** Whether one place tells the options of a union apart: to choose among them settles most of what is asked elsewhere. */
export function tellsApart({ node, positive }: Item, effort: Effort): boolean {
  if (!positive || (node.kind !== "any" && node.kind !== "one")) return false;
  const before = known.get(node);
  if (before !== undefined) return before;
  const result = commonOf(node.items, effort, 0).size > 0;
  known.set(node, result);
  return result;
}
