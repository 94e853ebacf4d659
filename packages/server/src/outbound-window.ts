import type { Environment } from "./environment.js";
import { nextWindowMs } from "./flush-window.js";

/** Least time between two looks at the load of the event loop, in milliseconds. */
const sampleEveryMs = 50;

/** The clock and the timers of a window. */
export type WindowEnvironment = Pick<Environment, "busy" | "elapsed" | "schedule" | "soon">;

/**
 * Collects what is published until it is time to write it: at once when the event loop is idle, else up to 10 ms
 * later (FIELD.md, "Servers").
 */
export class OutboundWindow<Item> {
  readonly #environment: WindowEnvironment;
  readonly #write: (items: readonly Item[]) => void;
  #items: Item[] = [];
  #isPlanned = false;
  #windowMs = 0;
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #sampledAtMs = 0;
  #busyMs = 0;

  /** @param write - called with what was collected, in order; never with nothing */
  constructor(environment: WindowEnvironment, write: (items: readonly Item[]) => void) {
    this.#environment = environment;
    this.#write = write;
  }

  /** The window at the moment, in milliseconds; 0 when everything leaves at once. */
  get windowMs(): number {
    return this.#windowMs;
  }

  /** Adds an item to the next write. */
  add(item: Item): void {
    this.#items.push(item);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const { elapsed, schedule, soon } = this.#environment;
    const waitMs = this.#flushedAtMs + this.#windowMs - elapsed();
    const run = (): void => {
      this.#isPlanned = false;
      this.flush();
    };
    if (waitMs >= 1) schedule(run, waitMs);
    else soon(run);
  }

  /** Writes what was collected now. */
  flush(): void {
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.#flushedAtMs = this.#environment.elapsed();
    this.#write(items);
    this.#sample();
  }

  #sample(): void {
    const { elapsed, busy } = this.#environment;
    const passedMs = elapsed() - this.#sampledAtMs;
    if (passedMs < sampleEveryMs) return;
    const busyMs = busy();
    this.#windowMs = nextWindowMs(this.#windowMs, (busyMs - this.#busyMs) / passedMs);
    this.#sampledAtMs += passedMs;
    this.#busyMs = busyMs;
  }
}
