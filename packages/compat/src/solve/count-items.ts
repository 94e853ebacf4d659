import { type Item, not } from "../formula/node.js";
import { type Answer, empty, firstOf, unknown } from "./answer.js";
import type { Solver } from "./solver.js";

/** A number of items that have to be, or at most may be, something. */
export interface Count {
  readonly value: Item;
  /** At least `limit` when true, at most `limit` when false. */
  readonly isLeast: boolean;
  readonly limit: number;
}

/** What each item of an array is asked for. */
export type States = readonly (readonly Item[])[];

/** Two items that have to be equal, by their indexes. */
export type Twins = readonly [number, number];

/** An array whose items are to be counted. */
export interface Counting {
  readonly counts: readonly Count[];
  readonly twins: Twins | undefined;
  /** Whether what one item is makes no difference to the others. */
  readonly isFree: boolean;
  /** Writes the array, once it is decided what each item is. */
  readonly write: (states: States) => Answer;
}

/** Most kinds of items that are counted. */
const maxCounts = 10;

/** Looks that a way of counting one item is worth. */
const wayCost = 2;

/** Decides for each item which of the counted things it is. */
export function countItems(solver: Solver, counting: Counting, states: States): Answer {
  const { counts } = counting;
  if (counts.length === 0) return counting.write(states);
  if (counts.length > maxCounts) return unknown(`it counts over ${maxCounts} kinds of items`);
  return new ItemCounter(solver, counting).assign(
    states,
    0,
    counts.map(({ limit }) => limit),
  );
}

class ItemCounter {
  /** What became of the rest of the array, by what was left to count. */
  readonly #rests = new Map<string, Answer>();

  constructor(
    readonly solver: Solver,
    readonly counting: Counting,
  ) {}

  assign(states: States, index: number, left: readonly number[]): Answer {
    const { counts, isFree, write } = this.counting;
    if (index >= states.length)
      return counts.every(({ isLeast }, at) => !isLeast || (left[at] ?? 0) <= 0) ? write(states) : empty;
    const remaining = states.length - index;
    if (counts.some(({ isLeast }, at) => isLeast && (left[at] ?? 0) > remaining)) return empty;
    const key = `${index}:${left.join(",")}`;
    const known = isFree ? this.#rests.get(key) : undefined;
    if (known) return known;
    const answer = firstOf(this.#ways(states, index, left));
    if (answer.kind !== "value") this.#rests.set(key, answer);
    return answer;
  }

  *#ways(states: States, index: number, left: readonly number[]): Generator<() => Answer> {
    const { counts, twins } = this.counting;
    const second = twins && twins[1] === index ? twins[0] : undefined;
    for (let signs = 0; signs < 1 << counts.length; signs++) {
      if (!this.solver.effort.spend(wayCost)) {
        yield () => unknown(this.solver.spentReason);
        return;
      }
      const asked = this.#asked(signs, left);
      if (!asked) continue;
      const { items, rest } = asked;
      const state = [...(states[index] ?? []), ...items];
      yield () => {
        const answer = this.solver.solve(state);
        if (answer.kind !== "value") return answer;
        const next = states.map((before, at) =>
          at === index ? state : at === second ? [...before, ...items] : before,
        );
        return this.assign(next, index + 1, rest);
      };
    }
  }

  /** What an item is asked for that is some of the counted things, a zero bit each; undefined where it cannot be. */
  #asked(
    signs: number,
    left: readonly number[],
  ): { readonly items: readonly Item[]; readonly rest: readonly number[] } | undefined {
    const items: Item[] = [];
    const rest = [...left];
    for (const [at, { value, isLeast }] of this.counting.counts.entries()) {
      const count = left[at] ?? 0;
      if (((signs >> at) & 1) === 1) {
        if (!isLeast) items.push(not(value));
        continue;
      }
      // Once enough are counted it makes no difference what else an item is; once too many would be, it does.
      if (count <= 0) return undefined;
      rest[at] = count - 1;
      if (isLeast) items.push(value);
    }
    return { items, rest };
  }
}
