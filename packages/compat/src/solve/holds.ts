import { isObject, type Json } from "@hivewire/codegen";
import { hasUniqueItems } from "@hivewire/protocol";
import { formatAccepts } from "../evaluate/formats.js";
import { isMultiple } from "../evaluate/multiples.js";
import { patternAccepts } from "../evaluate/pattern-accepts.js";
import { type Item, isScalar, type Node, typeOf } from "../formula/node.js";
import type { Effort } from "./effort.js";

/** Deepest nesting that is looked at. */
const maxDepth = 300;

/** Whether an item holds for a value; undefined where that is not modelled, or no effort is left to tell. */
export function holds({ node, positive }: Item, value: Json, effort: Effort, depth = 0): boolean | undefined {
  if (depth > maxDepth || !effort.spend()) return undefined;
  const result = nodeHolds(node, value, effort, depth + 1);
  return result === undefined ? undefined : result === positive;
}

/** Three-valued "and". */
function every<T>(
  items: readonly T[],
  test: (item: T, index: number) => boolean | undefined,
): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [index, item] of items.entries()) {
    const one = test(item, index);
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}

function nodeHolds(node: Node, value: Json, effort: Effort, depth: number): boolean | undefined {
  switch (node.kind) {
    case "true":
    case "declares":
    case "closed":
      return true;
    case "opaque":
      return undefined;
    case "all":
      return every(node.items, (item) => holds(item, value, effort, depth));
    case "any": {
      const none = every(node.items, (item) => invert(holds(item, value, effort, depth)));
      return invert(none);
    }
    case "one": {
      const results = node.items.map((item) => holds(item, value, effort, depth));
      const accepted = results.filter((result) => result === true).length;
      if (accepted > 1) return false;
      return results.includes(undefined) ? undefined : accepted === 1;
    }
    case "ref":
      return holds(node.target(), value, effort, depth);
    case "type":
      return node.types.has(typeOf(value));
    case "among":
      return isScalar(value) && node.values.has(value);
    default:
      return atomHolds(node, value, effort, depth);
  }
}

const invert = (result: boolean | undefined): boolean | undefined =>
  result === undefined ? undefined : !result;

function atomHolds(node: Node, value: Json, effort: Effort, depth: number): boolean | undefined {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return undefined;
    if (node.kind === "over") return node.exclusive ? value > node.limit : value >= node.limit;
    if (node.kind === "multiple") return isMultiple(value, node.divisor);
    return true;
  }
  if (typeof value === "string") {
    if (node.kind === "minLength") return [...value].length >= node.least;
    if (node.kind === "pattern") return patternAccepts(node.source, value);
    if (node.kind === "format") return formatAccepts(node.name, value);
    return true;
  }
  if (Array.isArray(value)) return arrayHolds(node, value, effort, depth);
  return isObject(value) ? objectHolds(node, Object.entries(value), effort, depth) : true;
}

function arrayHolds(node: Node, value: readonly Json[], effort: Effort, depth: number): boolean | undefined {
  switch (node.kind) {
    case "minItems":
      return value.length >= node.least;
    case "item": {
      const item = value[node.index];
      return item === undefined || holds(node.value, item, effort, depth);
    }
    case "tail":
      return every(value.slice(node.from), (item) => holds(node.value, item, effort, depth));
    case "atLeast": {
      const results = value.map((item) => holds(node.value, item, effort, depth));
      if (results.filter((result) => result === true).length >= node.least) return true;
      return results.filter((result) => result !== false).length >= node.least ? undefined : false;
    }
    case "unique":
      return hasUniqueItems(value);
    default:
      return true;
  }
}

function objectHolds(
  node: Node,
  members: readonly (readonly [string, Json])[],
  effort: Effort,
  depth: number,
): boolean | undefined {
  switch (node.kind) {
    case "has":
      return members.some(([key]) => key === node.key);
    case "minProperties":
      return members.length >= node.least;
    case "member":
      return every(members, ([key, member]) => {
        const isNamed = holds(node.names, key, effort, depth);
        if (isNamed === false) return true;
        const accepted = holds(node.value, member, effort, depth);
        return isNamed === undefined && accepted !== true ? undefined : accepted;
      });
    default:
      return true;
  }
}
