/** What the honest clients are asked: figures since the last time; to ping no more; to go. */
export type HonestRequest = "measure" | "finish" | "end";

/** How honest clients fared. */
export interface HonestReport {
  /** Round trips since the last report. */
  readonly latenciesMs: readonly number[];
  /** Pings that wait for their pong. */
  readonly unanswered: number;
  /** What went wrong since the start: errors, closes, gaps, frames that break the contract. */
  readonly faults: readonly string[];
  /** Broadcasts that each client got since the start. */
  readonly broadcasts: readonly number[];
}

/** The value below which a share of the values lies; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
