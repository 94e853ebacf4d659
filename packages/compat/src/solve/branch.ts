import {
  type Item,
  type JsonType,
  type Node,
  not,
  type Scalar,
  signed,
  typeOfAtom,
} from "../formula/node.js";
import type { Effort } from "./effort.js";
import { holds } from "./holds.js";
import { listed, onlyKey } from "./listed.js";
import { isCertain, isPossible } from "./possible-types.js";

/** What is known of a member of an object, or of an item of an array, that is named by itself. */
interface Part {
  required: boolean;
  absent: boolean;
  /** The only values it can have. */
  values: ReadonlySet<Scalar> | undefined;
  /** What it has to be by rules about it alone. */
  asked: readonly Item[];
}

/** Deepest look of a quick answer into what an item is made of. */
const maxLook = 8;

/**
 * Everything that holds on one way through the alternatives, for values of one type. Items are added one by
 * one and taken apart; alternatives wait until the rest is known.
 */
export class Branch {
  /** Atoms of this type, and what else is left to the type's own procedure. */
  readonly literals: Item[];
  readonly pending: Item[];
  /** Why a value found here may be none. */
  doubt: string | undefined;
  readonly #seen: Set<number>;
  /** What was added, and what follows from it without having been taken apart. */
  readonly #entailed: Set<number>;
  readonly #parts: Map<string | number, Part>;

  private constructor(
    readonly type: JsonType,
    readonly effort: Effort,
    from: Branch | undefined,
  ) {
    this.literals = from ? [...from.literals] : [];
    this.pending = from ? [...from.pending] : [];
    this.doubt = from?.doubt;
    this.#seen = new Set(from ? from.#seen : []);
    this.#entailed = new Set(from ? from.#entailed : []);
    this.#parts = new Map(from ? [...from.#parts].map(([key, part]) => [key, { ...part }]) : []);
  }

  /** A branch in which nothing is known yet. */
  static start(type: JsonType, effort: Effort): Branch {
    return new Branch(type, effort, undefined);
  }

  /** A branch that goes on from here by itself. */
  copy(): Branch {
    this.effort.spend(this.#seen.size);
    return new Branch(this.type, this.effort, this);
  }

  /** Adds an item; false when no value of the type meets it and what was added before. */
  add(first: Item): boolean {
    const queue: Item[] = [first];
    for (let item = queue.pop(); item; item = queue.pop()) {
      const { node, positive } = item;
      if (this.#seen.has(signed(item))) continue;
      if (this.#entailed.has(-signed(item)) || !isPossible(item, this.type)) return false;
      this.#seen.add(signed(item));
      this.#entailed.add(signed(item));
      if (positive && node.base) {
        const { base } = node;
        if (this.#entailed.has(-signed(base))) return false;
        this.#entailed.add(signed(base));
        if (node.kind === "declares" || node.kind === "closed") {
          if (this.type === "object") this.literals.push(item);
          continue;
        }
      }
      if (node.kind === "ref") queue.push(positive ? node.target() : not(node.target()));
      else if (node.kind === "all" && positive) queue.push(...node.items);
      else if (node.kind === "any" && !positive) queue.push(...node.items.map(not));
      else if (node.kind === "all" || node.kind === "any" || node.kind === "one") this.pending.push(item);
      else if (!this.#addAtom(item)) return false;
    }
    return true;
  }

  #addAtom(item: Item): boolean {
    const { node, positive } = item;
    if (node.kind === "true") return positive;
    if (node.kind === "type") return node.types.has(this.type) === positive;
    if (node.kind === "opaque") {
      this.doubt ??= node.reason;
      return true;
    }
    if (node.kind === "among" && (this.type === "object" || this.type === "array")) return !positive;
    const about = typeOfAtom(node);
    if (about !== undefined && about !== this.type) return positive;
    this.literals.push(item);
    return this.#learn(item);
  }

  #part(key: string | number): Part {
    const known = this.#parts.get(key);
    if (known) return known;
    const part: Part = { required: false, absent: false, values: undefined, asked: [] };
    this.#parts.set(key, part);
    return part;
  }

  /** Notes what an atom says of one member or item; false where that leaves nothing. */
  #learn({ node, positive }: Item): boolean {
    if (node.kind === "has") {
      const part = this.#part(node.key);
      if (positive) part.required = true;
      else part.absent = true;
      return !(part.required && part.absent) && !this.#isEmpty(part);
    }
    if (node.kind === "minItems" && positive) {
      for (let index = 0; index < Math.min(node.least, 8); index++) {
        const part = this.#part(index);
        part.required = true;
        if (this.#isEmpty(part)) return false;
      }
      return true;
    }
    const key = node.kind === "member" ? onlyKey(node.names) : node.kind === "item" ? node.index : undefined;
    if (key === undefined || (node.kind !== "member" && node.kind !== "item")) return true;
    const part = this.#part(key);
    if (positive) {
      part.asked = [...part.asked, node.value];
      if (node.value.node.kind === "true" && !node.value.positive) part.absent = true;
      const values = listed(node.value, this.effort) ?? part.values;
      if (values) {
        part.values = new Set(
          [...values].filter(
            (value) => (part.values?.has(value) ?? true) && holds(node.value, value, this.effort) !== false,
          ),
        );
      }
    } else {
      part.required = true;
      if (part.values)
        part.values = new Set(
          [...part.values].filter((value) => holds(node.value, value, this.effort) !== true),
        );
    }
    return !(part.required && part.absent) && !this.#isEmpty(part);
  }

  #isEmpty(part: Part): boolean {
    return part.required && part.values?.size === 0;
  }

  /** What the one member or array item has to be that an item denies something of; undefined where it denies none. */
  askedOf({ node, positive }: Item): readonly Item[] | undefined {
    const key = node.kind === "member" ? onlyKey(node.names) : node.kind === "item" ? node.index : undefined;
    if (positive || key === undefined || (node.kind !== "member" && node.kind !== "item")) return undefined;
    return [not(node.value), ...(this.#parts.get(key)?.asked ?? [])];
  }

  /** Whether an item is known to hold here, known not to, or neither, at a look. */
  quick(item: Item, depth = 0): boolean | undefined {
    const { node, positive } = item;
    if (this.#entailed.has(signed(item))) return true;
    if (this.#entailed.has(-signed(item))) return false;
    if (positive && node.base && this.#entailed.has(-signed(node.base))) return false;
    if (!isPossible(item, this.type)) return false;
    if (isCertain(item, this.type)) return true;
    if (depth > maxLook || !this.effort.spend()) return undefined;
    const result = this.#quickNode(node, depth + 1);
    return result === undefined ? undefined : result === positive;
  }

  #quickNode(node: Node, depth: number): boolean | undefined {
    switch (node.kind) {
      case "true":
        return true;
      case "type":
        return node.types.has(this.type);
      case "ref":
        return this.quick(node.target(), depth);
      case "all":
        return this.#quickEvery(node.items, depth, false);
      case "any": {
        const none = this.#quickEvery(node.items, depth, true);
        return none === undefined ? undefined : !none;
      }
      case "one": {
        const results = node.items.map((item) => this.quick(item, depth));
        const certain = results.filter((result) => result === true).length;
        if (certain > 1) return false;
        return results.includes(undefined) ? undefined : certain === 1;
      }
      case "among":
        return this.type === "object" || this.type === "array" ? false : undefined;
      default: {
        const about = typeOfAtom(node);
        if (about === undefined) return undefined;
        return about === this.type ? this.#quickAtom(node) : true;
      }
    }
  }

  /** Whether all items hold, or with `denied` none of them. */
  #quickEvery(items: readonly Item[], depth: number, denied: boolean): boolean | undefined {
    let result: boolean | undefined = true;
    for (const item of items) {
      const one = this.quick(item, depth);
      if (one === denied) return false;
      if (one === undefined) result = undefined;
    }
    return result;
  }

  #quickAtom(node: Node): boolean | undefined {
    if (node.kind === "has") {
      const part = this.#parts.get(node.key);
      return part?.required ? true : part?.absent ? false : undefined;
    }
    const key = node.kind === "member" ? onlyKey(node.names) : node.kind === "item" ? node.index : undefined;
    const part = key === undefined ? undefined : this.#parts.get(key);
    if (!part || (node.kind !== "member" && node.kind !== "item")) return undefined;
    if (part.absent) return true;
    if (!part.values) return undefined;
    const results = [...part.values].map((value) => holds(node.value, value, this.effort));
    if (results.every((result) => result === true)) return true;
    return part.required && results.every((result) => result === false) ? false : undefined;
  }
}
