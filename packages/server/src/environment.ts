import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { StampSource } from "@hivewire/protocol";

/** Clock, timers and identifiers, handed in so that a test decides what they say. */
export interface Environment extends StampSource {
  /** Milliseconds that only ever grow: deadlines and buckets, which a corrected clock must not move. */
  readonly elapsed: () => number;
  /** Runs a callback again and again; the returned function ends that. It keeps no process alive. */
  readonly repeat: (run: () => void, everyMs: number) => () => void;
  /** Runs a callback when the events that are due have been handled. */
  readonly soon: (run: () => void) => void;
  /** Time for which the event loop was busy so far, in milliseconds. */
  readonly busy: () => number;
  /** Runs a callback once; the returned function calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}

/** The real ones. */
export const realEnvironment: Environment = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  uuid: () => randomUUID(),
  repeat: (run, everyMs) => {
    const timer = setInterval(run, everyMs);
    timer.unref();
    return () => clearInterval(timer);
  },
  soon: (run) => void setImmediate(run),
  busy: () => performance.eventLoopUtilization().active,
  schedule: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
