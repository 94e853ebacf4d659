import { type CloseName, correlationIdOf } from "@hivewire/protocol";
import { disconnectNotice, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import type { MetricName } from "./metrics.js";
import type { RefusedFrame, SessionEffect, SessionStep } from "./session-types.js";

/** Adds to a counter. */
export const count = (metric: MetricName, by = 1): SessionEffect => ({ type: "count", metric, by });

/** Sends a frame. */
export function send(frame: OutgoingFrame, correlationId?: string): SessionEffect {
  return { type: "send", frame, correlationId };
}

/** What is counted when the server ends a session. */
const closeMetrics: Readonly<Partial<Record<CloseName, MetricName>>> = {
  flooding: "rate_limit_disconnects_total",
  idle: "idle_disconnects_total",
  no_pong: "pong_timeouts_total",
  slow_consumer: "backpressure_disconnects_total",
};

/** Ends the session, after the effects that lead to it. */
export function end(close: CloseName, before: readonly SessionEffect[] = []): SessionStep {
  const metric = closeMetrics[close];
  const counted = metric === undefined ? [] : [count(metric)];
  return { session: { phase: "closed", close }, effects: [...before, ...counted, { type: "close", close }] };
}

/** Ends the session with a `disconnect_notice`. */
export function endWithNotice(close: CloseName, reason: string, reconnectAfterMs?: number): SessionStep {
  return end(close, [send(disconnectNotice(reason, close, reconnectAfterMs))]);
}

const quotable = 64;

/** What a frame says of itself, as far as a log line may repeat it. */
export function describeFrame(
  frame: IncomingFrame,
): Pick<RefusedFrame, "type" | "subscription" | "correlationId"> {
  const short = (value: unknown): string | undefined =>
    typeof value === "string" ? value.slice(0, quotable) : undefined;
  return {
    type: short(frame.type),
    subscription: short(frame.subscription),
    correlationId: correlationIdOf(frame),
  };
}

/** A frame that was not read: nothing is known of it. */
export const unread = { type: undefined, subscription: undefined, correlationId: undefined } as const;

/** Tells the log that something was refused. */
export function refused(
  code: RefusedFrame["code"],
  about: Omit<RefusedFrame, "code" | "pointer">,
  pointer?: string,
): SessionEffect {
  return { type: "refused", refusal: { code, ...about, pointer } };
}

/** The step with other effects before its own. */
export function after(effects: readonly SessionEffect[], step: SessionStep): SessionStep {
  return { session: step.session, effects: [...effects, ...step.effects] };
}
