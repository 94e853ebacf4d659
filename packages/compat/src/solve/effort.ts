/**
 * Looks at parts of formulas that a question may still take. Steps count combinations of alternatives; looks count
 * what each of them costs, so that neither many small steps nor few large ones go on without end.
 */
export class Effort {
  #left: number;

  constructor(readonly maxLooks: number) {
    this.#left = maxLooks;
  }

  /** Takes looks off what is left; false when nothing is. */
  spend(looks = 1): boolean {
    this.#left -= looks;
    return this.#left >= 0;
  }

  /** Whether nothing is left. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Looks taken so far. */
  get taken(): number {
    return this.maxLooks - Math.max(this.#left, 0);
  }

  /** Begins anew. */
  restart(): void {
    this.#left = this.maxLooks;
  }
}
