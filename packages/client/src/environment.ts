/** Clock, timers, chance and identifiers, handed in so that a test decides what they say. */
export interface Environment {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Runs a callback once after that many milliseconds; the returned function calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** A number from 0 (included) to 1 (excluded): spreads reconnects. */
  readonly random: () => number;
  /** A fresh identifier, up to 128 characters: the `correlation_id` of a request. */
  readonly uuid: () => string;
}

/** A random text of 10 or 11 characters. */
function chance(): string {
  return Math.random().toString(36).slice(2);
}

/** The real ones. Reading this touches nothing: no timer, no random number. */
export const realEnvironment: Environment = {
  now: () => Date.now(),
  schedule: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  // `crypto.randomUUID` exists only in secure contexts, and a dashboard on plain HTTP in a local network is none.
  uuid: () => chance() + chance(),
};
