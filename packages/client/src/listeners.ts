import { type ClientError, failure } from "./client-error.js";
import type { Frame } from "./read-frame.js";
import type { Gap } from "./topic-positions.js";

/** What is called with a value; what it throws, or rejects with, is reported. */
export type Listener<T> = (value: T) => void;

/** What can be listened to, by key, and what comes with it. */
interface Happenings {
  readonly state: undefined;
  readonly fault: ClientError;
  readonly gap: Gap;
  /** Round trip in milliseconds. */
  readonly heartbeat: number;
  readonly frame: Frame;
  readonly [type: `type ${string}`]: Frame;
  readonly [topic: `topic ${string}`]: Frame;
}

/** All listeners of one client. */
export interface Listeners {
  /** Adds a listener, the same function as often as it is given. The returned function removes it. */
  readonly add: <K extends keyof Happenings>(key: K, call: Listener<Happenings[K]>) => () => void;
  /** Calls the listeners of a key that were there before the call, in their order. Never throws. */
  readonly emit: <K extends keyof Happenings>(key: K, value: Happenings[K]) => void;
  /** Tells a fault: to its listeners, or to the console while there is none. Never throws. */
  readonly report: (fault: ClientError) => void;
  /** Whether a key has a listener. */
  readonly has: (key: keyof Happenings) => boolean;
}

interface Row {
  readonly key: string;
  readonly call: (value: never) => unknown;
  isThere: boolean;
}

/**
 * Makes the listeners of one client. One that throws is reported and never keeps the next from its
 * turn; one that was removed meanwhile is not called any more.
 */
export function createListeners(): Listeners {
  // Replaced, never changed: a round that goes on keeps its own list.
  let rows: readonly Row[] = [];

  const has: Listeners["has"] = (key) => rows.some((row) => row.key === key);
  const emit: Listeners["emit"] = (key, value) => {
    const failed = (cause: unknown): void => {
      const fault = failure("handler-failed", "run a handler", "it threw", "see the cause", { cause });
      if (key === "fault") console.error(fault);
      else report(fault);
    };
    for (const row of rows) {
      if (row.key !== key || !row.isThere) continue;
      try {
        // The key vouches for the value: `add` takes them together.
        const result = row.call(value as never);
        if (result instanceof Promise) result.catch(failed);
      } catch (error) {
        failed(error);
      }
    }
  };
  const report = (fault: ClientError): void => {
    if (has("fault")) emit("fault", fault);
    else console.error(fault);
  };
  return {
    add: (key, call) => {
      const row: Row = { key, call, isThere: true };
      rows = [...rows, row];
      return () => {
        row.isThere = false;
        rows = rows.filter(({ isThere }) => isThere);
      };
    },
    emit,
    report,
    has,
  };
}
