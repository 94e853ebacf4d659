/** How reconnects are spread, so that a fleet does not return in one instant. */
export interface ReconnectPolicy {
  /** The first attempt after a loss waits a random time up to this. A smaller value makes a herd. @default 5_000 */
  readonly firstSpreadMs: number;
  /** Ceiling of the second attempt's delay; it doubles with each further one. @default 2_000 */
  readonly minDelayMs: number;
  /** Ceiling of all later delays, unless the server asks for more. @default 10_000 */
  readonly maxDelayMs: number;
  /** A connection that was ready this long counts as healthy: the next loss starts at attempt 1. @default 60_000 */
  readonly stableMs: number;
}

/** What the server said about the next attempt (PROTOCOL.md, `reconnect_after_ms`, `retry_after_ms`). */
export interface ReconnectHint {
  /** Spread the attempt over at least this time, in milliseconds. */
  readonly spreadMs?: number;
  /** Wait at least this long, in milliseconds. */
  readonly floorMs?: number;
}

/** The policy with the smallest peak of those that were simulated, within 8 s of recovery. */
export const defaultReconnectPolicy: ReconnectPolicy = {
  firstSpreadMs: 5_000,
  minDelayMs: 2_000,
  maxDelayMs: 10_000,
  stableMs: 60_000,
};

/** The longest that a server can make a client wait, in milliseconds: a larger hint is cut to this. */
export const maxHintMs = 300_000;

function hinted(value: number | undefined): number {
  return value !== undefined && value > 0 ? Math.min(value, maxHintMs) : 0;
}

/**
 * The delay before an attempt, in milliseconds. The first is uniform over `firstSpreadMs`; the later
 * ones have equal jitter: half of a doubling ceiling is fixed, half is random.
 * @param attempt - 1 for the first after a loss
 * @param random - from 0 to 1
 */
export function reconnectDelay(
  policy: ReconnectPolicy,
  attempt: number,
  random: number,
  hint: ReconnectHint,
): number {
  const floor = hinted(hint.floorMs);
  const spread = hinted(hint.spreadMs);
  if (attempt <= 1) return floor + random * Math.max(policy.firstSpreadMs, spread);
  const doubled = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** (attempt - 2));
  return floor + (Math.max(doubled, spread) / 2) * (1 + random);
}
