import type { Limits } from "@hivewire/protocol";

/** A token bucket and what was said about it. Time comes from outside; there is no timer. */
export interface RateState {
  /** Tokens left at `atMs`; each inbound frame takes one. */
  readonly tokens: number;
  readonly atMs: number;
  /** When the last `rate_limited` error was sent. */
  readonly notifiedAtMs: number | undefined;
  /** Frames dropped since the bucket was last full. */
  readonly violations: number;
}

/** What becomes of a frame. */
export type RateVerdict =
  | { readonly kind: "pass" }
  /** Dropped without a word: the peer was told less than a cooldown ago. */
  | { readonly kind: "drop" }
  /** Dropped, and the peer is told when the next token comes. */
  | { readonly kind: "notify"; readonly retryAfterMs: number }
  /** Dropped, and the connection goes. */
  | { readonly kind: "flood"; readonly retryAfterMs: number };

/** A full bucket. */
export function fullBucket(limits: Limits, nowMs: number): RateState {
  return { tokens: limits.rateBurst, atMs: nowMs, notifiedAtMs: undefined, violations: 0 };
}

/** Takes a token, or says why there is none (PROTOCOL.md, "Errors", `rate_limited`). */
export function takeToken(
  state: RateState,
  nowMs: number,
  limits: Limits,
): { readonly state: RateState; readonly verdict: RateVerdict } {
  const elapsedMs = Math.max(0, nowMs - state.atMs);
  const tokens = Math.min(limits.rateBurst, state.tokens + (elapsedMs * limits.rateTokensPerSecond) / 1_000);
  const violations = tokens >= limits.rateBurst ? 0 : state.violations;
  const refilled = { ...state, tokens, violations, atMs: nowMs };
  if (tokens >= 1) return { state: { ...refilled, tokens: tokens - 1 }, verdict: { kind: "pass" } };
  const retryAfterMs = Math.ceil(((1 - tokens) * 1_000) / limits.rateTokensPerSecond);
  const dropped = { ...refilled, violations: violations + 1 };
  if (dropped.violations >= limits.rateViolationsBeforeClose) {
    return { state: dropped, verdict: { kind: "flood", retryAfterMs } };
  }
  const isQuiet =
    state.notifiedAtMs !== undefined && nowMs - state.notifiedAtMs < limits.rateNotifyCooldownMs;
  if (isQuiet) return { state: dropped, verdict: { kind: "drop" } };
  return { state: { ...dropped, notifiedAtMs: nowMs }, verdict: { kind: "notify", retryAfterMs } };
}
