import type { Environment } from "@hivewire/client";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that moves when it is told to, and timers that can be counted. */
export class FakeEnvironment implements Environment {
  #nowMs = 1_000_000;
  #lastId = 0;
  readonly #timers = new Set<Timer>();
  /** What `random` says. */
  chance = 0.5;

  readonly now = (): number => this.#nowMs;
  readonly random = (): number => this.chance;
  readonly uuid = (): string => `id-${++this.#lastId}`;
  readonly schedule = (run: () => void, delayMs: number): (() => void) => {
    const timer = { at: this.#nowMs + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Timers that have not fired. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer fires. */
  get nextMs(): number | undefined {
    const next = this.#next();
    return next && next.at - this.#nowMs;
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0];
  }

  /** Moves the clock and fires what is due, in order. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (let timer = this.#next(); timer && timer.at <= end; timer = this.#next()) {
      this.#timers.delete(timer);
      this.#nowMs = timer.at;
      timer.run();
    }
    this.#nowMs = end;
  }
}

/** Lets promises that are already settled run their callbacks. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
