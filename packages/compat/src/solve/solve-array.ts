import type { Json } from "@hivewire/codegen";
import { type Item, not } from "../formula/node.js";
import { type Answer, empty, firstOf, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
import { type Count, countItems, type States, type Twins } from "./count-items.js";
import { distinctValues } from "./distinct-values.js";
import type { Solver } from "./solver.js";

interface Wanted {
  readonly items: { readonly index: number; readonly value: Item }[];
  readonly tails: { readonly from: number; readonly value: Item }[];
  /** Some item from that index on has to be this. */
  readonly existing: { readonly from: number; readonly value: Item }[];
  readonly counts: Count[];
  isUnique: boolean | undefined;
  least: number;
  most: number;
}

/** Longest array that is written out. */
const maxItems = 10_000;

/** Longest array in which items are counted. */
const maxCounted = 40;

/** Longest array in which items are only told apart. */
const maxDifferent = 300;

function read(literals: readonly Item[]): Wanted {
  const wanted: Wanted = {
    items: [],
    tails: [],
    existing: [],
    counts: [],
    isUnique: undefined,
    least: 0,
    most: Number.POSITIVE_INFINITY,
  };
  for (const { node, positive } of literals) {
    if (node.kind === "minItems") {
      if (positive) wanted.least = Math.max(wanted.least, node.least);
      else wanted.most = Math.min(wanted.most, node.least - 1);
    } else if (node.kind === "item") {
      if (!positive) wanted.least = Math.max(wanted.least, node.index + 1);
      wanted.items.push({ index: node.index, value: positive ? node.value : not(node.value) });
    } else if (node.kind === "tail") {
      if (positive) wanted.tails.push({ from: node.from, value: node.value });
      else wanted.existing.push({ from: node.from, value: not(node.value) });
    } else if (node.kind === "atLeast")
      wanted.counts.push({
        value: node.value,
        isLeast: positive,
        limit: positive ? node.least : node.least - 1,
      });
    else if (node.kind === "unique") wanted.isUnique = positive;
  }
  return wanted;
}

/** An array that meets the literals of a branch. */
export function solveArray(solver: Solver, branch: Branch): Answer {
  const wanted = read(branch.literals);
  if (wanted.least > wanted.most) return empty;
  if (wanted.least > maxItems) return unknown(`it needs over ${maxItems} items`);
  return new ArraySearch(solver, wanted, branch.doubt).run();
}

class ArraySearch {
  /** From here on all items fall under the same rules. */
  readonly #same: number;
  /** What is asked of the item at an index, as the array alone says. */
  readonly #asked: (readonly Item[])[] = [];

  constructor(
    readonly solver: Solver,
    readonly wanted: Wanted,
    readonly doubt: string | undefined,
  ) {
    const { items, tails, existing } = wanted;
    const ends = [...items.map(({ index }) => index + 1), ...[...tails, ...existing].map(({ from }) => from)];
    this.#same = Math.max(0, ...ends);
  }

  run(): Answer {
    return this.#place(0, new Map());
  }

  /** Everything that is asked of the item at an index. */
  #at(index: number): readonly Item[] {
    const at = Math.min(index, this.#same);
    this.#asked[at] ??= [
      ...this.wanted.items.filter((item) => item.index === at).map(({ value }) => value),
      ...this.wanted.tails.filter(({ from }) => from <= at).map(({ value }) => value),
    ];
    return this.#asked[at] ?? [];
  }

  /** Finds an index for each item that has to be somewhere. */
  #place(next: number, extra: ReadonlyMap<number, readonly Item[]>): Answer {
    const existing = this.wanted.existing[next];
    if (!existing)
      return this.wanted.isUnique === false ? this.#twins(extra) : this.#lengths(extra, undefined);
    const last = Math.max(existing.from, this.#same + next);
    const ways: (() => Answer)[] = [];
    for (let index = existing.from; index <= last && index < this.wanted.most; index++) {
      const items = [...(extra.get(index) ?? []), existing.value];
      ways.push(() => {
        const answer = this.solver.solve([...this.#at(index), ...items]);
        return answer.kind === "value" ? this.#place(next + 1, new Map([...extra, [index, items]])) : answer;
      });
    }
    return firstOf(ways);
  }

  /** Two items have to be equal: each pair of indexes is a way. */
  #twins(extra: ReadonlyMap<number, readonly Item[]>): Answer {
    const end = Math.max(this.#same, ...[...extra.keys()].map((index) => index + 1));
    const ways: (() => Answer)[] = [];
    for (let first = 0; first <= end; first++) {
      for (let second = first + 1; second <= end + 1 && second < this.wanted.most; second++)
        ways.push(() => {
          const shared = [first, second].flatMap((index) => [
            ...this.#at(index),
            ...(extra.get(index) ?? []),
          ]);
          const answer = this.solver.solve(shared);
          return answer.kind === "value" ? this.#lengths(extra, [first, second]) : answer;
        });
    }
    return firstOf(ways);
  }

  /** Tries lengths from the least that can do: a longer array only asks for more. */
  #lengths(extra: ReadonlyMap<number, readonly Item[]>, twins: Twins | undefined): Answer {
    const ends = [...extra.keys(), ...(twins ?? [])].map((index) => index + 1);
    const least = Math.max(this.wanted.least, ...ends, 0);
    const slack = this.wanted.counts.reduce((sum, { isLeast, limit }) => sum + (isLeast ? limit : 0), 0);
    const most = Math.min(
      this.wanted.most,
      Math.max(least, this.wanted.counts.length > 0 ? this.#same : 0) + slack,
    );
    const needsCare = this.wanted.counts.length > 0 || this.wanted.isUnique === true;
    const limit = this.wanted.counts.length > 0 ? maxCounted : maxDifferent;
    if (needsCare && most > limit) return unknown(`it counts among over ${limit} items`);
    if (least > most) return empty;
    const ways: (() => Answer)[] = [];
    for (let length = least; length <= most; length++) ways.push(() => this.#count(length, extra, twins));
    return firstOf(ways);
  }

  /** What each item of an array of that length is asked for. */
  #count(length: number, extra: ReadonlyMap<number, readonly Item[]>, twins: Twins | undefined): Answer {
    const states = Array.from({ length }, (_, index) => [...this.#at(index), ...(extra.get(index) ?? [])]);
    if (twins) {
      const [first, second] = twins;
      const shared = [...(states[first] ?? []), ...(states[second] ?? [])];
      states[first] = shared;
      states[second] = shared;
    }
    const { counts, isUnique } = this.wanted;
    const write = (decided: States): Answer => this.#write(decided, twins);
    return countItems(this.solver, { counts, twins, isFree: !twins && isUnique !== true, write }, states);
  }

  #write(states: States, twins: Twins | undefined): Answer {
    if (this.wanted.isUnique === true) return distinctValues(this.solver, states, this.doubt);
    const values: Json[] = [];
    let doubt = this.doubt;
    const [first, second] = twins ?? [];
    const shared =
      first === undefined || second === undefined
        ? []
        : [...(states[first] ?? []), ...(states[second] ?? [])];
    for (const [index, state] of states.entries()) {
      const answer = this.solver.solve(index === first || index === second ? shared : state);
      if (answer.kind !== "value") return answer;
      doubt ??= answer.doubt;
      values.push(answer.value);
    }
    return found(values, doubt);
  }
}
