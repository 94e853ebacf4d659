import type { Limits } from "@hivewire/protocol";

/** Two token buckets, of frames and of their bytes, and what was said about them. Time comes from outside; there is no timer. */
export interface RateState {
  /** Frames left at `atMs`; each inbound frame takes one. */
  readonly tokens: number;
  /** Bytes left at `atMs`. A frame that finds any may take more: the rest is owed. */
  readonly bytes: number;
  readonly atMs: number;
  /** When the last `rate_limited` error was sent. */
  readonly notifiedAtMs: number | undefined;
  /** Frames dropped since the bucket of frames was last full. */
  readonly violations: number;
}

/** What becomes of a frame. `pauseMs`: how long the peer is not to be read. */
export type RateVerdict =
  | { readonly kind: "pass" }
  /** Dropped without a word: the peer was told less than a cooldown ago. */
  | { readonly kind: "drop"; readonly pauseMs: number }
  /** Dropped, and the peer is told when the next frame passes. */
  | { readonly kind: "notify"; readonly pauseMs: number; readonly retryAfterMs: number }
  /** Dropped, and the connection goes. */
  | { readonly kind: "flood"; readonly retryAfterMs: number };

/** Longest time that a peer is not read, in milliseconds: it has to be seen that it left, and its pongs count. */
const maxPauseMs = 2_000;

/** Full buckets. */
export function fullBucket(limits: Limits, nowMs: number): RateState {
  return {
    tokens: limits.rateBurst,
    bytes: limits.rateBytesBurst,
    atMs: nowMs,
    notifiedAtMs: undefined,
    violations: 0,
  };
}

function refill(state: RateState, nowMs: number, limits: Limits): RateState {
  const seconds = Math.max(0, nowMs - state.atMs) / 1_000;
  const tokens = Math.min(limits.rateBurst, state.tokens + seconds * limits.rateTokensPerSecond);
  const bytes = Math.min(limits.rateBytesBurst, state.bytes + seconds * limits.rateBytesPerSecond);
  const violations = tokens >= limits.rateBurst ? 0 : state.violations;
  return { ...state, tokens, bytes, violations, atMs: nowMs };
}

/** Time until both buckets hold that much, in milliseconds. */
function timeUntil(state: RateState, tokens: number, bytes: number, limits: Limits): number {
  const forTokens = ((tokens - state.tokens) * 1_000) / limits.rateTokensPerSecond;
  const forBytes = ((bytes - state.bytes) * 1_000) / limits.rateBytesPerSecond;
  return Math.max(0, Math.ceil(Math.max(forTokens, forBytes)));
}

/**
 * Takes a frame out of the buckets, or says why it is dropped (PROTOCOL.md, "Errors", `rate_limited`).
 * @param bytes - payload of the frame
 */
export function takeToken(
  state: RateState,
  nowMs: number,
  bytes: number,
  limits: Limits,
): { readonly state: RateState; readonly verdict: RateVerdict } {
  const refilled = refill(state, nowMs, limits);
  if (refilled.tokens >= 1 && refilled.bytes > 0) {
    const left = { ...refilled, tokens: refilled.tokens - 1, bytes: refilled.bytes - bytes };
    return { state: left, verdict: { kind: "pass" } };
  }
  const retryAfterMs = timeUntil(refilled, 1, 1, limits);
  const dropped = { ...refilled, violations: refilled.violations + 1 };
  if (dropped.violations >= limits.rateViolationsBeforeClose) {
    return { state: dropped, verdict: { kind: "flood", retryAfterMs } };
  }
  const pauseMs = Math.min(maxPauseMs, timeUntil(refilled, limits.rateBurst, limits.rateBytesBurst, limits));
  const isQuiet =
    state.notifiedAtMs !== undefined && nowMs - state.notifiedAtMs < limits.rateNotifyCooldownMs;
  if (isQuiet) return { state: dropped, verdict: { kind: "drop", pauseMs } };
  return { state: { ...dropped, notifiedAtMs: nowMs }, verdict: { kind: "notify", pauseMs, retryAfterMs } };
}
