import type { Formulas } from "../formula/formulas.js";
import { type Item, type JsonType, jsonTypes, not, signed } from "../formula/node.js";
import { type Answer, empty, firstOf, found, unknown } from "./answer.js";
import { Branch } from "./branch.js";
import { solveArray } from "./solve-array.js";
import { solveNumber } from "./solve-number.js";
import { solveObject } from "./solve-object.js";
import { solveString } from "./solve-string.js";

/** Bounds of one question. */
export interface SolverBounds {
  /** Most steps, each a look at one combination of alternatives. @default 200000 */
  readonly maxSteps: number;
  /** Deepest nesting of a value that is followed. @default 120 */
  readonly maxDepth: number;
}

/** What the solver does when nothing else is said. */
export const defaultBounds: SolverBounds = { maxSteps: 200_000, maxDepth: 120 };

/** A question that is being answered: found again inside itself, it adds nothing smaller. */
interface Frame {
  readonly depth: number;
  /** The outermost question that the answer leaned on. */
  lowest: number;
  /** How many provisional answers there were when it began. */
  readonly provisional: number;
}

/** Finds a value that meets a set of items, or proves that there is none. */
export class Solver {
  readonly #answers = new Map<string, Answer>();
  readonly #active = new Map<string, number>();
  readonly #frames: Frame[] = [];
  /** Keys of "empty" answers that hold only if a question which is still open has no value either. */
  readonly #provisional: string[] = [];
  #steps = 0;

  constructor(
    readonly formulas: Formulas,
    readonly bounds: SolverBounds = defaultBounds,
  ) {}

  /** Begins a new question: its steps are counted anew. */
  restart(): void {
    this.#steps = 0;
  }

  /** Steps since the question began. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether the steps of this question are used up. */
  get isSpent(): boolean {
    return this.#steps > this.bounds.maxSteps;
  }

  /** The reason when they are. */
  get spentReason(): string {
    return `it was not decided within ${this.bounds.maxSteps} steps`;
  }

  /**
   * A value that meets all items. Recursion is answered by induction: a value of least depth does not contain
   * one that meets the same items, so that the question found inside itself has no value there.
   */
  solve(items: readonly Item[]): Answer {
    const distinct = new Map<number, Item>();
    for (const item of items) {
      if (this.formulas.isAlways(item)) continue;
      if (this.formulas.isNever(item) || distinct.has(-signed(item))) return empty;
      distinct.set(signed(item), item);
    }
    const key = [...distinct.keys()].sort((a, b) => a - b).join(",");
    const known = this.#answers.get(key);
    if (known) return known;
    const active = this.#active.get(key);
    if (active !== undefined) {
      const frame = this.#frames.at(-1);
      if (frame) frame.lowest = Math.min(frame.lowest, active);
      return empty;
    }
    if (this.isSpent) return unknown(this.spentReason);
    const depth = this.#frames.length;
    if (depth >= this.bounds.maxDepth)
      return unknown(`it is nested over ${this.bounds.maxDepth} levels deep`);
    const frame: Frame = { depth, lowest: depth, provisional: this.#provisional.length };
    this.#frames.push(frame);
    this.#active.set(key, depth);
    const answer = firstOf(jsonTypes.map((type) => () => this.#solveType(type, [...distinct.values()])));
    this.#active.delete(key);
    this.#frames.pop();
    this.#settle(key, answer, frame);
    return answer;
  }

  #settle(key: string, answer: Answer, frame: Frame): void {
    const leans = frame.lowest < frame.depth;
    const outer = this.#frames.at(-1);
    if (leans && outer) outer.lowest = Math.min(outer.lowest, frame.lowest);
    if (answer.kind === "value") {
      // What was called empty because this question was open may not be.
      for (const stale of this.#provisional.splice(frame.provisional)) this.#answers.delete(stale);
      this.#answers.set(key, answer);
      return;
    }
    if (answer.kind === "unknown") {
      if (leans) for (const stale of this.#provisional.splice(frame.provisional)) this.#answers.delete(stale);
      else if (!this.isSpent) this.#answers.set(key, answer);
      return;
    }
    this.#answers.set(key, answer);
    if (leans) this.#provisional.push(key);
    else this.#provisional.length = frame.provisional;
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
    const branch = Branch.start(type);
    return items.every((item) => branch.add(item)) ? this.#search(branch) : empty;
  }

  /** Decides the alternatives of a branch, those with the fewest ways first, and then what is left. */
  #search(branch: Branch): Answer {
    if (++this.#steps > this.bounds.maxSteps) return unknown(this.spentReason);
    for (;;) {
      let best: readonly (readonly Item[])[] | undefined;
      let bestAt = -1;
      let changed = false;
      for (let index = 0; index < branch.pending.length; index++) {
        const item = branch.pending[index];
        const ways = item && this.#waysOf(branch, item);
        if (ways?.length === 0) return empty;
        const [only] = ways ?? [];
        if (ways && only && ways.length > 1) {
          if (!best || ways.length < best.length) {
            best = ways;
            bestAt = index;
          }
          continue;
        }
        branch.pending.splice(index--, 1);
        if (!only) continue;
        if (!only.every((part) => branch.add(part))) return empty;
        changed = true;
      }
      if (changed) continue;
      if (!best) return this.#leaf(branch);
      branch.pending.splice(bestAt, 1);
      return this.#fork(branch, best);
    }
  }

  #fork(branch: Branch, ways: readonly (readonly Item[])[]): Answer {
    return firstOf(
      ways.map((way) => () => {
        const next = branch.copy();
        return way.every((item) => next.add(item)) ? this.#search(next) : empty;
      }),
    );
  }

  /** The ways in which an alternative can hold here; undefined when it does already. */
  #waysOf(branch: Branch, item: Item): readonly (readonly Item[])[] | undefined {
    const { node, positive } = item;
    if (node.kind !== "all" && node.kind !== "any" && node.kind !== "one") return undefined;
    if (node.kind !== "one") {
      const options = positive ? node.items : node.items.map(not);
      const open: Item[] = [];
      for (const option of options) {
        const known = branch.quick(option);
        if (known === true) return undefined;
        if (known === undefined) open.push(option);
      }
      return open.map((option) => [option]);
    }
    const open: Item[] = [];
    const certain: Item[] = [];
    for (const option of node.items) {
      const known = branch.quick(option);
      if (known === undefined) open.push(option);
      else if (known) certain.push(option);
    }
    return positive ? exactlyOne(open, certain) : notExactlyOne(open, certain);
  }

  #leaf(branch: Branch): Answer {
    if (branch.type === "null") return solveConstants(branch, [null]);
    if (branch.type === "boolean") return solveConstants(branch, [true, false]);
    if (branch.type === "number") return solveNumber(branch);
    if (branch.type === "string") return solveString(branch);
    return branch.type === "array" ? solveArray(this, branch) : solveObject(this, branch);
  }
}

function exactlyOne(
  open: readonly Item[],
  certain: readonly Item[],
): readonly (readonly Item[])[] | undefined {
  if (certain.length > 1) return [];
  if (certain.length === 1) return open.length === 0 ? undefined : [open.map(not)];
  return open.map((chosen) => [chosen, ...open.filter((other) => other !== chosen).map(not)]);
}

function notExactlyOne(
  open: readonly Item[],
  certain: readonly Item[],
): readonly (readonly Item[])[] | undefined {
  if (certain.length > 1) return undefined;
  if (certain.length === 1) return open.map((other) => [other]);
  const pairs = open.flatMap((one, index) => open.slice(index + 1).map((other) => [one, other]));
  if (open.length === 0) return undefined;
  return [open.map(not), ...pairs];
}

function solveConstants(branch: Branch, values: readonly (boolean | null)[]): Answer {
  const left = values.find((value) =>
    branch.literals.every(
      ({ node, positive }) => node.kind !== "among" || node.values.has(value) === positive,
    ),
  );
  return left === undefined ? empty : found(left, branch.doubt);
}
