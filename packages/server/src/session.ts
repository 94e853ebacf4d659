import { errorFrame } from "./frames.js";
import { judgeTopics, type TopicRights } from "./inbound-control.js";
import { after, count, end, endWithNotice, refused, send, unread } from "./session-effects.js";
import { onControlFrame, onFrame, onPong } from "./session-inbound.js";
import type { OpenSession, Session, SessionEvent, SessionRules, SessionStep } from "./session-types.js";

function onRights(
  session: OpenSession,
  credentialsEndAtMs: number | undefined,
  rules: SessionRules,
  rights: TopicRights,
): SessionStep {
  const { valid, errors } = judgeTopics(session.topics, rules, rights);
  const open = { ...session, credentialsEndAtMs };
  if (errors.length === 0) return { session: open, effects: [] };
  const told = errors.map((error) => send(error));
  return { session: { ...open, topics: valid }, effects: [...told, { type: "topics", topics: valid }] };
}

function onTick(
  session: OpenSession,
  { nowMs, deliveredAtMs, isRead, stalledAtMs }: Extract<SessionEvent, { readonly type: "tick" }>,
  { limits }: SessionRules,
): SessionStep {
  const { credentialsEndAtMs, pongDueAtMs } = session;
  if (credentialsEndAtMs !== undefined && nowMs >= credentialsEndAtMs) {
    const told = errorFrame("unauthorized", {
      about: "the credentials expired",
      hint: "authenticate in time",
    });
    return end("unauthorized", [count("auth_denied_total"), send(told), refused("unauthorized", unread)]);
  }
  if (stalledAtMs !== undefined && nowMs - stalledAtMs > limits.pongTimeoutMs) {
    return endWithNotice("slow_consumer", "backpressure");
  }
  if (pongDueAtMs !== undefined && isRead && nowMs > pongDueAtMs) return end("no_pong");
  if (nowMs - Math.max(session.activeAtMs, deliveredAtMs) > limits.idleMs) {
    return endWithNotice("idle", "idle_timeout");
  }
  const pongDue = nowMs + limits.pongTimeoutMs;
  if (pongDueAtMs !== undefined) {
    // Nobody reads the pong: its time begins anew.
    return { session: isRead ? session : { ...session, pongDueAtMs: pongDue }, effects: [] };
  }
  if (nowMs - session.pingedAtMs < limits.heartbeatMs) return { session, effects: [] };
  return { session: { ...session, pingedAtMs: nowMs, pongDueAtMs: pongDue }, effects: [{ type: "ping" }] };
}

/** The whole life of a connection after its handshake. Pure: time comes with the events. */
export function transition(
  session: Session,
  event: SessionEvent,
  rules: SessionRules,
  rights: TopicRights,
): SessionStep {
  if (session.phase === "closed") return { session, effects: [] };
  switch (event.type) {
    case "frame":
      return after(
        [count("messages_received_total"), count("bytes_received_total", event.bytes)],
        onFrame(session, event, rules, rights),
      );
    case "ping":
      return onControlFrame(session, event.nowMs, event.payload.byteLength, rules, {
        type: "pong",
        payload: event.payload,
      });
    case "pong":
      return onPong(session, event.nowMs, rules);
    case "rights":
      return onRights(session, event.credentialsEndAtMs, rules, rights);
    case "tick":
      return onTick(session, event, rules);
    case "end": {
      const { close, notice, reconnectAfterMs } = event;
      return notice === undefined ? end(close) : endWithNotice(close, notice, reconnectAfterMs);
    }
    case "gone":
      return { session: { phase: "closed", close: "abnormal" }, effects: [] };
  }
}
