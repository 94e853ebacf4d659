import type { Frame } from "../read-frame.js";
import type { TopicsAnswer } from "./hub-topics.js";

/** What the server said when the shared connection began. */
export interface HubGreeting {
  readonly frame: Frame;
  /** When it came (Unix epoch, ms). */
  readonly atMs: number;
}

/**
 * `connection_established` for a tab that joins now. Its `timestamp` is the server's clock of this moment, so that
 * `expires_at` leaves as much time as there is.
 */
export function greetingFor({ frame, atMs }: HubGreeting, answer: TopicsAnswer, nowMs: number): Frame {
  const { subscriptions, positions } = answer;
  const { recovered: _recovered, ...established } = frame;
  const serverMs = Date.parse(String(frame.timestamp)) + nowMs - atMs;
  const time = serverMs ? { timestamp: new Date(serverMs).toISOString() } : {};
  return { ...established, subscriptions, positions, ...time };
}

/** The greeting after `authenticated`: the credentials end later, or never. */
export function renewed(greeting: HubGreeting, { expires_at }: Frame): HubGreeting {
  const { expires_at: _old, ...frame } = greeting.frame;
  return {
    ...greeting,
    frame: { ...frame, type: greeting.frame.type, ...(expires_at !== undefined && { expires_at }) },
  };
}
