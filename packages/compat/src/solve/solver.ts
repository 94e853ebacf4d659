import type { Formulas } from "../formula/formulas.js";
import { type Item, type JsonType, jsonTypes, not, signed } from "../formula/node.js";
import { type Answer, empty, firstOf, unknown } from "./answer.js";
import { Branch } from "./branch.js";
import { Effort } from "./effort.js";
import { firstListed } from "./first-listed.js";
import { Memory } from "./memory.js";
import { solveArray } from "./solve-array.js";
import { solveNumber } from "./solve-number.js";
import { solveObject } from "./solve-object.js";
import { solveString } from "./solve-string.js";
import { tellsApart } from "./tells-apart.js";
import { type Ways, waysOf } from "./ways.js";

/** Bounds of one question. */
export interface SolverBounds {
  /** Most steps, each a look at one combination of alternatives. @default 200000 */
  readonly maxSteps: number;
  /** Most looks at parts of what is asked, over all steps. @default 10000000 */
  readonly maxLooks: number;
  /** Deepest nesting of a value that is followed. @default 256 */
  readonly maxDepth: number;
}

/** What the solver does when nothing else is said. */
export const defaultBounds: SolverBounds = { maxSteps: 200_000, maxLooks: 10_000_000, maxDepth: 256 };

/** How many ways of what is denied are tried before one of what is asserted. */
const aside = 16;

/** Finds a value that meets a set of items, or proves that there is none. */
export class Solver {
  readonly #memory = new Memory();
  /** What of the bounds is left. */
  readonly effort: Effort;
  #steps = 0;

  constructor(
    readonly formulas: Formulas,
    readonly bounds: SolverBounds = defaultBounds,
  ) {
    this.effort = new Effort(bounds.maxLooks);
  }

  /** Begins a new question: its steps are counted anew, and nothing of one that was broken off is left. */
  restart(): void {
    this.#steps = 0;
    this.effort.restart();
    this.#memory.restart();
  }

  /** Steps since the question began. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether the steps or looks of this question are used up. */
  get isSpent(): boolean {
    return this.#steps > this.bounds.maxSteps || this.effort.isSpent;
  }

  /** The reason when they are. */
  get spentReason(): string {
    const { maxSteps, maxLooks } = this.bounds;
    return `it was not decided within ${this.effort.isSpent ? `${maxLooks} looks` : `${maxSteps} steps`}`;
  }

  /** A value that meets all items. */
  solve(items: readonly Item[]): Answer {
    const distinct = new Map<number, Item>();
    for (const item of items) {
      if (this.formulas.isAlways(item)) continue;
      if (this.formulas.isNever(item) || distinct.has(-signed(item))) return empty;
      distinct.set(signed(item), item);
    }
    this.effort.spend(distinct.size + 1);
    const key = [...distinct.keys()].sort((a, b) => a - b).join(",");
    const known = this.#memory.recall(key);
    if (known) return known;
    if (this.isSpent) return unknown(this.spentReason);
    if (this.#memory.depth >= this.bounds.maxDepth)
      return unknown(`it is nested over ${this.bounds.maxDepth} levels deep`);
    this.#memory.open(key);
    const answer = firstOf(jsonTypes.map((type) => () => this.#solveType(type, [...distinct.values()])));
    this.#memory.close(answer, !this.isSpent);
    return answer;
  }

  /** Up to `count` different values; `complete` when there are no others. */
  many(
    items: readonly Item[],
    count: number,
  ): { readonly values: readonly Answer[]; readonly complete: boolean; readonly reason?: string } {
    const values: Answer[] = [];
    const all = [...items];
    while (values.length < count) {
      const answer = this.solve(all);
      if (answer.kind === "empty") return { values, complete: true };
      if (answer.kind === "unknown") return { values, complete: false, reason: answer.reason };
      values.push(answer);
      all.push(not(this.formulas.constant(answer.value)));
    }
    return { values, complete: false };
  }

  #solveType(type: JsonType, items: readonly Item[]): Answer {
    const branch = Branch.start(type, this.effort);
    return items.every((item) => branch.add(item)) ? this.#search(branch) : empty;
  }

  /** Decides the alternatives of a branch, those with the fewest ways first, and then what is left. */
  #search(branch: Branch): Answer {
    this.#steps++;
    if (this.isSpent) return unknown(this.spentReason);
    for (;;) {
      let best: Ways | undefined;
      let bestAt = -1;
      let bestRank = Number.POSITIVE_INFINITY;
      let changed = false;
      for (let index = 0; index < branch.pending.length; index++) {
        const item = branch.pending[index];
        const ways = item && waysOf(this.formulas, branch, item);
        if (item && ways && ways.count > 1) {
          const rank = this.#rank(item, ways);
          if (rank < bestRank) {
            best = ways;
            bestAt = index;
            bestRank = rank;
          }
          continue;
        }
        if (ways?.count === 0) return empty;
        branch.pending.splice(index--, 1);
        const [only] = ways?.list() ?? [];
        if (!only) continue;
        if (!only.every((part) => branch.add(part))) return empty;
        changed = true;
      }
      if (changed) continue;
      if (!best) return this.#leaf(branch);
      branch.pending.splice(bestAt, 1);
      return this.#fork(branch, best.list());
    }
  }

  /**
   * Alternatives of a lower rank are decided earlier: unions of kinds, since those settle most of the rest, then what
   * is denied. Denials come from the question; to follow them first leaves aside whatever has no part in it.
   */
  #rank(item: Item, { count }: Ways): number {
    if (!item.positive) return count;
    return tellsApart(item, this.effort) ? 0 : count * aside;
  }

  #fork(branch: Branch, ways: readonly (readonly Item[])[]): Answer {
    return firstOf(
      ways.map((way) => () => {
        // Most ways fail by one member alone, which shows without a copy of everything.
        const [first] = way;
        const asked = first && branch.askedOf(first);
        if (asked && this.solve(asked).kind === "empty") return empty;
        const next = branch.copy();
        return way.every((item) => next.add(item)) ? this.#search(next) : empty;
      }),
    );
  }

  #leaf(branch: Branch): Answer {
    if (branch.type === "null") return firstListed(branch, [null]);
    if (branch.type === "boolean") return firstListed(branch, [true, false]);
    if (branch.type === "number") return solveNumber(branch);
    if (branch.type === "string") return solveString(branch);
    return branch.type === "array" ? solveArray(this, branch) : solveObject(this, branch);
  }
}
