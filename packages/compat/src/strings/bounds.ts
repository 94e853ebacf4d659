/** Most strings that one call gives. */
export const maxTexts = 64;

/** Longest string that is written out, in code points. */
export const maxTextLength = 100_000;

/** Most nodes that all patterns of one call may have once their counted repetitions are written out. */
export const maxNodes = 10_000;

/** Most states of the automaton that all conditions make together. */
export const maxStates = 6_000;

/** Most kinds of characters that the patterns may tell apart. */
export const maxKinds = 1_000;

/** Most steps of building the automaton: decision diagram operations. */
export const maxDiagramSteps = 500_000;

/** Most edges walked while the lengths that lead to acceptance are worked out. */
export const maxLayerSteps = 5_000_000;

/** Most characters tried while strings are written out. */
export const maxWriteSteps = 10_000_000;

/** Most strings tried where a pattern is only known roughly; excluded ones do not count. */
export const maxCandidates = 400;

/** Most steps that the checks of one call may take a backtracking engine, as estimated before it runs. */
export const maxEngineSteps = 100_000_000;

/** Thrown inside this folder when one of these bounds is reached; its message becomes the reason of an answer. */
export class BoundReached extends Error {
  override readonly name: string = "BoundReached";
}

/** Thrown inside this folder for a pattern, or a part of one, that has no exact model. */
export class Unmodelled extends BoundReached {
  override readonly name = "Unmodelled";
}

/** Counts steps down from a bound. */
export class Budget {
  readonly #reason: string;
  #left: number;

  constructor(steps: number, reason: string) {
    this.#left = steps;
    this.#reason = reason;
  }

  /** Takes steps off what is left. @throws BoundReached when nothing is */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BoundReached(this.#reason);
  }
}
