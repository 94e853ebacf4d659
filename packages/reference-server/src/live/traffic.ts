import type { Counts } from "@hivewire/server";

/** How traffic went in one stretch of time. */
export interface Traffic {
  /** Share of frames from clients that kept the rules, 0 to 1; 1 when none came. */
  readonly success_rate: number;
  readonly trend: "improving" | "stable" | "degrading";
}

/** Counters of which a stretch is made. */
type Counted = Pick<
  Counts,
  "messages_received_total" | "messages_invalid_total" | "messages_dropped_rate_limit_total"
>;

/** Changes of the rate below this are no trend. */
const noticeable = 0.01;

function rate(before: Counted, after: Counted): number {
  const received = after.messages_received_total - before.messages_received_total;
  const failed =
    after.messages_invalid_total -
    before.messages_invalid_total +
    (after.messages_dropped_rate_limit_total - before.messages_dropped_rate_limit_total);
  return received <= 0 ? 1 : Math.min(1, Math.max(0, 1 - failed / received));
}

/** Compares the traffic since the last reading with the stretch before it. */
export function judgeTraffic(before: Counted, after: Counted, previousRate: number): Traffic {
  const success_rate = rate(before, after);
  const change = success_rate - previousRate;
  const trend = Math.abs(change) < noticeable ? "stable" : change > 0 ? "improving" : "degrading";
  return { success_rate, trend };
}
