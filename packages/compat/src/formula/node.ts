import type { Json } from "@hivewire/codegen";

/** A value that is neither object nor array. */
export type Scalar = string | number | boolean | null;

/** The six types of JSON. */
export type JsonType = "null" | "boolean" | "number" | "string" | "array" | "object";

/** Every type, in the order in which witnesses are looked for. */
export const jsonTypes: readonly JsonType[] = ["object", "string", "number", "array", "boolean", "null"];

/** A node, asserted or denied. */
export interface Item {
  readonly node: Node;
  readonly positive: boolean;
}

/**
 * What a node says. Like the keywords they come from, atoms about one type hold for values of every other type;
 * upper bounds are denied lower bounds, so that each idea has one atom.
 */
export type Meaning =
  | { readonly kind: "true" }
  /** Every item holds. */
  | { readonly kind: "all"; readonly items: readonly Item[] }
  /** At least one item holds. */
  | { readonly kind: "any"; readonly items: readonly Item[] }
  /** Exactly one item holds. */
  | { readonly kind: "one"; readonly items: readonly Item[] }
  /** What a recursive definition says; `target` is made when it is first asked for. */
  | { readonly kind: "ref"; readonly target: () => Item }
  /** The value is of one of the types. */
  | { readonly kind: "type"; readonly types: ReadonlySet<JsonType> }
  /** The value is one of these scalars. */
  | { readonly kind: "among"; readonly values: ReadonlySet<Scalar> }
  /** A number is at least the limit; above it when exclusive. */
  | { readonly kind: "over"; readonly limit: number; readonly exclusive: boolean }
  | { readonly kind: "multiple"; readonly divisor: number }
  | { readonly kind: "minLength"; readonly least: number }
  | { readonly kind: "pattern"; readonly source: string }
  | { readonly kind: "format"; readonly name: string }
  | { readonly kind: "minItems"; readonly least: number }
  /** The item at that index, if there is one. */
  | { readonly kind: "item"; readonly index: number; readonly value: Item }
  /** Every item from that index on. */
  | { readonly kind: "tail"; readonly from: number; readonly value: Item }
  /** At least that many items. */
  | { readonly kind: "atLeast"; readonly least: number; readonly value: Item }
  | { readonly kind: "unique" }
  | { readonly kind: "has"; readonly key: string }
  | { readonly kind: "minProperties"; readonly least: number }
  /** Every member whose name is in `names`. */
  | { readonly kind: "member"; readonly names: Item; readonly value: Item }
  /**
   * A sender that sends declared properties only may send these; holds for every value. Names that are only asked
   * for do not close an object: one that declares nothing else is a map.
   */
  | { readonly kind: "declares"; readonly names: Item; readonly closes: boolean }
  /** The value comes from a sender that sends declared properties only; holds for every value. */
  | { readonly kind: "closed" }
  /** Something that is not modelled. */
  | { readonly kind: "opaque"; readonly reason: string };

/** A node that exists once for what it says. */
export type Node = Meaning & {
  readonly id: number;
  /** The same without what is known of the sender; undefined when that is the node itself. */
  readonly base: Item | undefined;
};

/** The type an atom is about; undefined for what is about all. */
export function typeOfAtom(node: Node): JsonType | undefined {
  switch (node.kind) {
    case "over":
    case "multiple":
      return "number";
    case "minLength":
    case "pattern":
    case "format":
      return "string";
    case "minItems":
    case "item":
    case "tail":
    case "atLeast":
    case "unique":
      return "array";
    case "has":
    case "minProperties":
    case "member":
      return "object";
    default:
      return undefined;
  }
}

/** The opposite; what is known of a sender says nothing about what it does not send. */
export function not({ node, positive }: Item): Item {
  if (positive && node.base) return not(node.base);
  return { node, positive: !positive };
}

/** Signed number that stands for an item. */
export function signed({ node, positive }: Item): number {
  return positive ? node.id : -node.id;
}

/** The type of a JSON value. */
export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** Whether the value is neither object nor array. */
export function isScalar(value: Json): value is Scalar {
  return typeof value !== "object" || value === null;
}
