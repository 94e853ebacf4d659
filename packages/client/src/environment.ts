/** Clock, timers, chance and identifiers, handed in so that a test decides what they say. */
export interface Environment {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Runs a callback once after that many milliseconds; the returned function calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** A number from 0 (included) to 1 (excluded): spreads reconnects. */
  readonly random: () => number;
  /** A fresh identifier: the `correlation_id` of a request. */
  readonly uuid: () => string;
}

/**
 * A version 4 UUID (RFC 9562 section 5.4). `crypto.randomUUID` exists only in secure contexts, and a
 * dashboard on plain HTTP in a local network is none.
 */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The real ones. Reading this touches nothing: no timer, no random number. */
export const realEnvironment: Environment = {
  now: () => Date.now(),
  schedule: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  uuid,
};
