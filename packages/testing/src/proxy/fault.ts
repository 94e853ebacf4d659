/** A way through the proxy: `up` from clients to the target, `down` back. */
export type Direction = "up" | "down";

/** What the proxy does to the connections that go through it: one thing at a time. */
export type Fault =
  /** Everything goes through. */
  | { readonly kind: "pass" }
  /** Bytes arrive this much later, in order. */
  | { readonly kind: "delay"; readonly delayMs: number; readonly directions: readonly Direction[] }
  /** Bytes are accepted and never arrive; neither does an end. */
  | { readonly kind: "half-open"; readonly directions: readonly Direction[] }
  /** After this many bytes of one direction, counted from now or from the connection's begin, it is reset. */
  | { readonly kind: "cut"; readonly afterBytes: number; readonly direction: Direction }
  /** Nobody listens: new connections are refused. Those that are open stay. */
  | { readonly kind: "refuse" }
  /** New connections get this HTTP status, and an end. Those that are open stay. */
  | { readonly kind: "answer"; readonly status: number };

/** What a fault does to the bytes of one direction of an open connection. */
export type LaneRule =
  | { readonly kind: "pass" }
  | { readonly kind: "delay"; readonly delayMs: number }
  | { readonly kind: "swallow" }
  | { readonly kind: "cut"; readonly afterBytes: number };

const pass: LaneRule = { kind: "pass" };

/** The rule for one direction. */
export function laneRule(fault: Fault, direction: Direction): LaneRule {
  switch (fault.kind) {
    case "delay":
      return fault.directions.includes(direction) ? { kind: "delay", delayMs: fault.delayMs } : pass;
    case "half-open":
      return fault.directions.includes(direction) ? { kind: "swallow" } : pass;
    case "cut":
      return fault.direction === direction ? { kind: "cut", afterBytes: fault.afterBytes } : pass;
    default:
      return pass;
  }
}
