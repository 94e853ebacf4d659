import { type Item, type JsonType, jsonTypes, type Node, typeOf, typeOfAtom } from "../formula/node.js";

/** A set of types, one bit each. */
type Types = number;

const bitOf = (type: JsonType): Types => 1 << jsonTypes.indexOf(type);
const all: Types = (1 << jsonTypes.length) - 1;
const unionOf = (types: Iterable<Types>): Types => [...types].reduce((sum, bit) => sum | bit, 0);

/** Types that a node lets pass, and those that its denial does; both may name too many. */
interface Possible {
  readonly asserted: Types;
  readonly denied: Types;
}

const anything: Possible = { asserted: all, denied: all };
const known = new WeakMap<Node, Possible>();

function work(node: Node): Possible {
  switch (node.kind) {
    case "true":
      return { asserted: all, denied: 0 };
    case "type": {
      const asserted = unionOf([...node.types].map(bitOf));
      return { asserted, denied: all & ~asserted };
    }
    case "among":
      return { asserted: unionOf([...node.values].map((value) => bitOf(typeOf(value)))), denied: all };
    case "all":
    case "any": {
      const asserted = node.items.map(typesOf);
      const denied = node.items.map(({ node: inner, positive }) =>
        typesOf({ node: inner, positive: !positive }),
      );
      const common = (types: readonly Types[]): Types => types.reduce((left, types) => left & types, all);
      return node.kind === "all"
        ? { asserted: common(asserted), denied: unionOf(denied) }
        : { asserted: unionOf(asserted), denied: common(denied) };
    }
    case "one":
      return { asserted: unionOf(node.items.map(typesOf)), denied: all };
    case "ref":
      return possibleFor(node.target().node, node.target().positive);
    default: {
      // What an atom says of one type holds for all others. Marks hold, too, but say more: they are never certain.
      const about = typeOfAtom(node);
      return about === undefined ? anything : { asserted: all, denied: bitOf(about) };
    }
  }
}

function possibleFor(node: Node, positive: boolean): Possible {
  const before = known.get(node);
  // While a recursion is worked out, what it leads back to may be anything.
  if (!before) known.set(node, anything);
  const { asserted, denied } = before ?? work(node);
  if (!before) known.set(node, { asserted, denied });
  return positive ? { asserted, denied } : { asserted: denied, denied: asserted };
}

const typesOf = ({ node, positive }: Item): Types => possibleFor(node, positive).asserted;

/** Whether a value of the type could meet the item, as far as types alone tell. */
export function isPossible(item: Item, type: JsonType): boolean {
  return (typesOf(item) & bitOf(type)) !== 0;
}

/** Whether every value of the type meets the item, as types alone tell. */
export function isCertain({ node, positive }: Item, type: JsonType): boolean {
  return !isPossible({ node, positive: !positive }, type);
}
