import type { Log } from "./log.js";
import type { RefusedFrame } from "./session-types.js";

/** Tells the log what was refused, and never what was in it. */
export function logRefused(
  { code, type, subscription, pointer, correlationId }: RefusedFrame,
  connectionId: string,
  log: Log,
): void {
  const about = { code, correlation_id: correlationId, type, subscription, pointer };
  log.warn({ ...about, connection_id: connectionId }, "a frame was refused");
}
