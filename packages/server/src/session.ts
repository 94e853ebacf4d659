import { type CloseName, correlationIdOf } from "@hivewire/protocol";
import { disconnectNotice, errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import { answerControl, judgeTopics, type TopicRules } from "./inbound-control.js";
import { parseFrame } from "./inbound-parse.js";
import { type RateState, takeToken } from "./inbound-rate.js";
import { checkSize } from "./inbound-size.js";
import { type ContractRules, validateFrame } from "./inbound-validate.js";
import type { MetricName } from "./metrics.js";

/** A connection whose handshake is done. */
export interface OpenSession {
  readonly phase: "open";
  /** The negotiated contract version. */
  readonly version: string;
  /** Live topics, sorted. */
  readonly topics: readonly string[];
  readonly rate: RateState;
  /** When a frame last went either way; all times here are monotonic, in milliseconds. */
  readonly activeAtMs: number;
  /** When the last RFC 6455 ping was sent. */
  readonly pingedAtMs: number;
  /** Whether that ping is still unanswered. */
  readonly awaitsPong: boolean;
}

/** What a session is. `closed` is left by no event. */
export type Session = OpenSession | { readonly phase: "closed"; readonly close: CloseName };

/** What can happen to a session. */
export type SessionEvent =
  /** A frame arrived; `text` is null when it was binary. `bytes`: its payload in UTF-8. */
  | { readonly type: "frame"; readonly text: string | null; readonly bytes: number; readonly nowMs: number }
  | { readonly type: "pong" }
  /** A topic frame was sent. */
  | { readonly type: "delivered"; readonly nowMs: number }
  /** The credentials changed: topics that they do not reach have to go. */
  | { readonly type: "rights" }
  /** Time passed. */
  | { readonly type: "tick"; readonly nowMs: number }
  /** The server wants the connection to go; with a reason, a notice is sent before. */
  | {
      readonly type: "end";
      readonly close: CloseName;
      readonly notice?: string;
      readonly reconnectAfterMs?: number;
    }
  /** The socket is gone. */
  | { readonly type: "gone" };

/** What has to be done after a transition, in this order. */
export type SessionEffect =
  | { readonly type: "send"; readonly frame: OutgoingFrame; readonly correlationId: string | undefined }
  /** Hand a valid frame to the contract's handler. */
  | {
      readonly type: "handle";
      readonly messageType: string;
      readonly frame: IncomingFrame;
      readonly correlationId: string | undefined;
    }
  /** Check new credentials; the outcome comes back as frames or an `end`. */
  | {
      readonly type: "authenticate";
      readonly accessToken: string;
      readonly correlationId: string | undefined;
    }
  /** Send an RFC 6455 ping. */
  | { readonly type: "ping" }
  /** The live topics changed. */
  | { readonly type: "topics"; readonly topics: readonly string[] }
  | { readonly type: "count"; readonly metric: MetricName; readonly by: number }
  | { readonly type: "close"; readonly close: CloseName };

/** What does not change by events. */
export type SessionRules = ContractRules & TopicRules;

/** The next session and what has to be done. */
export interface SessionStep {
  readonly session: Session;
  readonly effects: readonly SessionEffect[];
}

const count = (metric: MetricName, by = 1): SessionEffect => ({ type: "count", metric, by });

function send(frame: OutgoingFrame, correlationId?: string): SessionEffect {
  return { type: "send", frame, correlationId };
}

/** Ends the session, after the effects that lead to it. */
function end(close: CloseName, before: readonly SessionEffect[] = []): SessionStep {
  return { session: { phase: "closed", close }, effects: [...before, { type: "close", close }] };
}

function onFrame(
  session: OpenSession,
  event: Extract<SessionEvent, { readonly type: "frame" }>,
  rules: SessionRules,
): SessionStep {
  const { limits } = rules;
  const received = [count("messages_received_total"), count("bytes_received_total", event.bytes)];
  if (event.text === null) return end("unsupported_data", received);
  const { state: rate, verdict } = takeToken(session.rate, event.nowMs, limits);
  const open = { ...session, rate, activeAtMs: event.nowMs };
  const stay = (...effects: SessionEffect[]): SessionStep => ({
    session: open,
    effects: [...received, ...effects],
  });
  const refuse = (frame: OutgoingFrame, id?: string): SessionStep =>
    stay(count("messages_invalid_total"), send(frame, id));
  if (verdict.kind !== "pass") {
    const dropped = count("messages_dropped_rate_limit_total");
    if (verdict.kind === "drop") return stay(dropped);
    const error = send(errorFrame("rate_limited", { retryAfterMs: verdict.retryAfterMs }));
    return verdict.kind === "notify" ? stay(dropped, error) : end("flooding", [...received, dropped, error]);
  }
  const tooLarge = checkSize(event.bytes, limits);
  if (tooLarge) return refuse(tooLarge);
  const parsed = parseFrame(event.text, limits.maxNesting);
  if (parsed.kind === "invalid") return refuse(errorFrame("invalid_json"));
  if (parsed.kind === "too_deep") return end("policy", [...received, count("messages_invalid_total")]);
  const id = correlationIdOf(parsed.frame);
  const valid = validateFrame(parsed.frame, session.version, rules);
  if (!valid.ok) return refuse(valid.error, id);
  const control = answerControl(valid.frame, session.topics, rules);
  if (!control)
    return stay({ type: "handle", messageType: valid.type, frame: valid.frame, correlationId: id });
  if (control.kind === "authenticate") {
    return stay({ type: "authenticate", accessToken: control.accessToken, correlationId: id });
  }
  const answers = control.frames.map((frame) => send(frame, id));
  if (control.topics === session.topics) return stay(...answers);
  return {
    session: { ...open, topics: control.topics },
    effects: [...received, ...answers, { type: "topics", topics: control.topics }],
  };
}

function onRights(session: OpenSession, rules: SessionRules): SessionStep {
  const { valid, errors } = judgeTopics(session.topics, rules);
  if (errors.length === 0) return { session, effects: [] };
  const told = errors.map((error) => send(error));
  return { session: { ...session, topics: valid }, effects: [...told, { type: "topics", topics: valid }] };
}

function onTick(session: OpenSession, nowMs: number, { limits }: SessionRules): SessionStep {
  if (session.awaitsPong && nowMs - session.pingedAtMs > limits.pongTimeoutMs) return end("no_pong");
  if (nowMs - session.activeAtMs > limits.idleMs) {
    return end("idle", [send(disconnectNotice("idle_timeout", "idle")), count("idle_disconnects_total")]);
  }
  if (session.awaitsPong || nowMs - session.pingedAtMs < limits.heartbeatMs) return { session, effects: [] };
  return { session: { ...session, pingedAtMs: nowMs, awaitsPong: true }, effects: [{ type: "ping" }] };
}

/** The whole life of a connection after its handshake. Pure: time comes with the events. */
export function transition(session: Session, event: SessionEvent, rules: SessionRules): SessionStep {
  if (session.phase === "closed") return { session, effects: [] };
  switch (event.type) {
    case "frame":
      return onFrame(session, event, rules);
    case "pong":
      return { session: { ...session, awaitsPong: false }, effects: [] };
    case "delivered":
      return { session: { ...session, activeAtMs: event.nowMs }, effects: [] };
    case "rights":
      return onRights(session, rules);
    case "tick":
      return onTick(session, event.nowMs, rules);
    case "end": {
      const { close, notice, reconnectAfterMs } = event;
      return end(
        close,
        notice === undefined ? [] : [send(disconnectNotice(notice, close, reconnectAfterMs))],
      );
    }
    case "gone":
      return { session: { phase: "closed", close: "abnormal" }, effects: [] };
  }
}
