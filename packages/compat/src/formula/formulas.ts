import type { Json } from "@hivewire/codegen";
import {
  type Item,
  isScalar,
  type JsonType,
  type Meaning,
  type Node,
  not,
  type Scalar,
  signed,
} from "./node.js";

const list = (items: readonly Item[]): string => items.map(signed).join(",");

/** JSON's text, also of numbers that JSON cannot write. */
const textOf = (value: Scalar): string => (typeof value === "number" ? `${value}` : JSON.stringify(value));

/** A text that is equal exactly for nodes that say the same in the same words. */
function keyOf(meaning: Meaning): string {
  switch (meaning.kind) {
    case "all":
    case "any":
    case "one":
      return `${meaning.kind} ${list(meaning.items)}`;
    case "type":
      return `type ${[...meaning.types].sort().join(",")}`;
    case "among":
      return `among ${[...meaning.values].map(textOf).sort().join(",")}`;
    case "over":
      return `over ${meaning.limit} ${meaning.exclusive}`;
    case "multiple":
      return `multiple ${meaning.divisor}`;
    case "minLength":
    case "minItems":
    case "minProperties":
      return `${meaning.kind} ${meaning.least}`;
    case "pattern":
      return `pattern ${meaning.source}`;
    case "format":
      return `format ${meaning.name}`;
    case "item":
      return `item ${meaning.index} ${signed(meaning.value)}`;
    case "tail":
      return `tail ${meaning.from} ${signed(meaning.value)}`;
    case "atLeast":
      return `atLeast ${meaning.least} ${signed(meaning.value)}`;
    case "has":
      return `has ${meaning.key}`;
    case "member":
      return `member ${signed(meaning.names)} ${signed(meaning.value)}`;
    case "declares":
      return `declares ${signed(meaning.names)} ${meaning.closes}`;
    case "opaque":
      return `opaque ${meaning.reason}`;
    case "true":
    case "unique":
    case "closed":
    case "ref":
      return meaning.kind;
  }
}

const baseOf = (item: Item): Item => (item.positive && item.node.base) || item;

/** Makes nodes, each meaning once: equal parts of two schemas become the same node. */
export class Formulas {
  readonly #nodes = new Map<string, Node>();
  #count = 0;
  readonly always: Item = this.make({ kind: "true" });
  readonly never: Item = not(this.always);

  /** The node of a meaning. `key` names recursive definitions, whose words have no end. */
  make(meaning: Meaning, key = keyOf(meaning), base?: Item): Item {
    const known = this.#nodes.get(key);
    if (known) return { node: known, positive: true };
    const node: Node = { ...meaning, id: ++this.#count, base: base ?? this.#baseOf(meaning) };
    this.#nodes.set(key, node);
    return { node, positive: true };
  }

  #baseOf(meaning: Meaning): Item | undefined {
    switch (meaning.kind) {
      case "all":
      case "any":
      case "one": {
        const items = meaning.items.map(baseOf);
        if (items.every((item, index) => item === meaning.items[index])) return undefined;
        return meaning.kind === "all"
          ? this.all(items)
          : meaning.kind === "any"
            ? this.any(items)
            : this.one(items);
      }
      case "item":
      case "tail":
      case "atLeast":
      case "member": {
        const value = baseOf(meaning.value);
        if (value === meaning.value) return undefined;
        return value.node === this.always.node && value.positive && meaning.kind !== "atLeast"
          ? this.always
          : this.make({ ...meaning, value });
      }
      case "declares":
      case "closed":
        return this.always;
      default:
        return undefined;
    }
  }

  /** Whether the item holds for every value. */
  isAlways({ node, positive }: Item): boolean {
    return node === this.always.node && positive;
  }

  /** Whether the item holds for no value. */
  isNever({ node, positive }: Item): boolean {
    return node === this.always.node && !positive;
  }

  /** Every item holds. */
  all(items: readonly Item[]): Item {
    const flat = new Map<number, Item>();
    for (const item of items) {
      const parts = item.node.kind === "all" && item.positive ? item.node.items : [item];
      for (const part of parts) if (!this.isAlways(part)) flat.set(signed(part), part);
    }
    const kept = [...flat.values()].sort((a, b) => a.node.id - b.node.id);
    if (kept.some((item) => this.isNever(item) || flat.has(-signed(item)))) return this.never;
    const [only] = kept;
    if (!only) return this.always;
    return kept.length === 1 ? only : this.make({ kind: "all", items: kept });
  }

  /** At least one item holds. */
  any(items: readonly Item[]): Item {
    const flat = new Map<number, Item>();
    for (const item of items) {
      const parts = item.node.kind === "any" && item.positive ? item.node.items : [item];
      for (const part of parts) if (!this.isNever(part)) flat.set(signed(part), part);
    }
    const kept = [...flat.values()].sort((a, b) => a.node.id - b.node.id);
    if (kept.some((item) => this.isAlways(item) || flat.has(-signed(item)))) return this.always;
    const [only] = kept;
    if (!only) return this.never;
    return kept.length === 1 ? only : this.make({ kind: "any", items: kept });
  }

  /** Exactly one item holds. */
  one(items: readonly Item[]): Item {
    const counts = new Map<number, number>();
    for (const item of items) counts.set(signed(item), (counts.get(signed(item)) ?? 0) + 1);
    const distinct = new Map(items.map((item) => [signed(item), item]));
    const kept = [...distinct.values()].filter((item) => !this.isNever(item));
    // What is said twice cannot be the only one that holds.
    const twice = kept.filter((item) => (counts.get(signed(item)) ?? 0) > 1);
    const single = kept
      .filter((item) => counts.get(signed(item)) === 1)
      .sort((a, b) => signed(a) - signed(b));
    const [only] = single;
    if (!only) return this.never;
    const one = single.length === 1 ? only : this.make({ kind: "one", items: single });
    return this.all([one, ...twice.map(not)]);
  }

  /** The value is of one of the types. */
  types(types: readonly JsonType[]): Item {
    return this.make({ kind: "type", types: new Set(types) });
  }

  /** The value is one of these scalars. */
  among(values: readonly Scalar[]): Item {
    return values.length === 0 ? this.never : this.make({ kind: "among", values: new Set(values) });
  }

  /** `item` where the value is of the type, and nothing elsewhere. */
  guarded(type: JsonType, item: Item): Item {
    return this.any([not(this.types([type])), item]);
  }

  /** Every member whose name is in `names` is `value`. */
  member(names: Item, value: Item): Item {
    if (this.isAlways(value) || this.isNever(names)) return this.always;
    return this.make({ kind: "member", names, value });
  }

  /** The value is this one; objects and arrays are taken apart. */
  constant(value: Json): Item {
    if (isScalar(value)) return this.among([value]);
    if (Array.isArray(value)) {
      const items = value.map((item: Json, index) =>
        this.make({ kind: "item", index, value: this.constant(item) }),
      );
      return this.all([
        this.types(["array"]),
        ...items,
        ...this.between("minItems", "array", value.length, value.length),
      ]);
    }
    const members = Object.entries(value).flatMap(([key, member]) => [
      this.make({ kind: "has", key }),
      this.member(this.among([key]), this.constant(member)),
    ]);
    const size = Object.keys(value).length;
    return this.all([
      this.types(["object"]),
      ...members,
      ...this.between("minProperties", "object", size, size),
    ]);
  }

  /** Bounds of a count, in the two atoms that say them. */
  between(
    kind: "minLength" | "minItems" | "minProperties",
    type: JsonType,
    least: number,
    most: number,
  ): readonly Item[] {
    const lower = least <= 0 ? [] : [this.make({ kind, least })];
    if (!Number.isFinite(most)) return lower;
    return [...lower, this.guarded(type, not(this.make({ kind, least: most + 1 })))];
  }
}
