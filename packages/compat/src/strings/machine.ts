import { maxNodes, Unmodelled } from "./bounds.js";
import { type CodePointRange, type CodePointSet, unionOf } from "./code-point-set.js";
import { wordCharacters } from "./named-sets.js";

/**
 * A node of an alternating automaton, which says what the rest of a text has to be. Edges are indexes.
 * `look` asks for two things at once: that `body` accepts the rest (or, negated, does not) and that `next` does.
 */
export type MachineNode =
  | { readonly kind: "accept" }
  | { readonly kind: "read"; readonly set: number; readonly next: number }
  | { readonly kind: "split"; readonly next: number[] }
  | { readonly kind: "start" | "end"; readonly next: number }
  | { readonly kind: "word"; readonly negate: boolean; readonly next: number }
  | { readonly kind: "look"; readonly negate: boolean; readonly body: number; readonly next: number };

/** The node at which nothing more is asked. */
export const accept = 0;

/** The automata of all patterns of one question, in one table. */
export class Machine {
  readonly #nodes: MachineNode[] = [{ kind: "accept" }];
  readonly #sets: CodePointSet[] = [];
  readonly #setIndexes = new Map<string, number>();
  #wordAhead: number | undefined;

  /** Where the next node will stand. */
  get size(): number {
    return this.#nodes.length;
  }

  /** Every set that a node may read, by its index. */
  get sets(): readonly CodePointSet[] {
    return this.#sets;
  }

  /** Whether the character before a place matters, because some node is a word boundary. */
  get looksAtWords(): boolean {
    return this.#wordAhead !== undefined;
  }

  /** The node at an index; nothing matches at one that does not exist. */
  node(index: number): MachineNode {
    return this.#nodes[index] ?? { kind: "split", next: [] };
  }

  /** Puts a node in the table and gives its index. @throws Unmodelled when there are too many */
  add(node: MachineNode): number {
    if (this.#nodes.length >= maxNodes)
      throw new Unmodelled(`its repetitions make more than ${maxNodes} nodes`);
    return this.#nodes.push(node) - 1;
  }

  /** A node that reads one character of a set. */
  read(ranges: Iterable<CodePointRange>, next: number): number {
    const set = unionOf(ranges);
    if (set.length === 0) return this.add({ kind: "split", next: [] });
    const key = set.join();
    const index = this.#setIndexes.get(key) ?? this.#sets.push(set) - 1;
    this.#setIndexes.set(key, index);
    return this.add({ kind: "read", set: index, next });
  }

  /** The node that asks whether a word character comes next. */
  wordAhead(): number {
    this.#wordAhead ??= this.read(wordCharacters, accept);
    return this.#wordAhead;
  }

  /** Forgets the nodes from a place on, when what they belong to was given up. */
  truncate(size: number): void {
    this.#nodes.length = size;
    if (this.#wordAhead !== undefined && this.#wordAhead >= size) this.#wordAhead = undefined;
  }
}
