/** What is called with a value; what it throws, or rejects with, is reported. */
export type Listener<T> = (value: T) => void;

/**
 * Listeners by key, called in the order of their registration. One that throws is reported and
 * never keeps the next from its turn; one that was removed meanwhile is not called any more.
 */
export class Listeners<T> {
  readonly #byKey = new Map<string, Set<{ readonly call: Listener<T> }>>();
  readonly #report: (reason: unknown) => void;

  /** @param report - called with what a listener threw or rejected with */
  constructor(report: (reason: unknown) => void) {
    this.#report = report;
  }

  /** Adds a listener, the same function as often as it is given. The returned function removes it. */
  add(key: string, call: Listener<T>): () => void {
    const row = { call };
    const rows = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, rows.add(row));
    return () => {
      if (rows.delete(row) && rows.size === 0 && this.#byKey.get(key) === rows) this.#byKey.delete(key);
    };
  }

  /** Calls the listeners of a key that were there before the call. Never throws. */
  emit(key: string, value: T): void {
    const rows = this.#byKey.get(key);
    for (const row of [...(rows ?? [])]) {
      if (!rows?.has(row)) continue;
      try {
        const result: unknown = row.call(value);
        if (result instanceof Promise) result.catch(this.#report);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  /** Keys with at least one listener, in the order of their first. */
  keys(): readonly string[] {
    return [...this.#byKey.keys()];
  }

  /** Whether a key has a listener. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }
}
