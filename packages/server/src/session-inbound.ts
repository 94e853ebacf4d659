import { correlationIdOf, type ErrorCode, isErrorCode } from "@hivewire/protocol";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import { answerControl, type TopicRights } from "./inbound-control.js";
import { parseFrame } from "./inbound-parse.js";
import { type RateVerdict, takeToken } from "./inbound-rate.js";
import { checkSize } from "./inbound-size.js";
import { validateFrame } from "./inbound-validate.js";
import { after, count, describeFrame, end, refused, send, unread } from "./session-effects.js";
import type {
  OpenSession,
  RefusedFrame,
  SessionEffect,
  SessionEvent,
  SessionRules,
  SessionStep,
} from "./session-types.js";

const handled = count("messages_handled_total");
const dropped = count("messages_dropped_rate_limit_total");
const invalid = count("messages_invalid_total");

/** What the buckets say of a frame or a ping: undefined when it passes. */
function overRate(session: OpenSession, verdict: RateVerdict): SessionStep | undefined {
  if (verdict.kind === "pass") return undefined;
  if (verdict.kind === "drop")
    return { session, effects: [dropped, { type: "pause", forMs: verdict.pauseMs }] };
  const { retryAfterMs } = verdict;
  const told = [dropped, send(errorFrame("rate_limited", { retryAfterMs })), refused("rate_limited", unread)];
  if (verdict.kind === "flood") return end("flooding", told);
  return { session, effects: [...told, { type: "pause", forMs: verdict.pauseMs }] };
}

/** Refuses a frame; too many in a row end the session. */
function refuse(
  session: OpenSession,
  error: OutgoingFrame,
  code: ErrorCode,
  about: Omit<RefusedFrame, "code" | "pointer">,
  { limits }: SessionRules,
): SessionStep {
  const invalidInARow = session.invalidInARow + 1;
  const pointer = typeof error.pointer === "string" ? error.pointer : undefined;
  const told = [invalid, send(error, about.correlationId), refused(code, about, pointer)];
  if (invalidInARow >= limits.invalidMessagesBeforeClose) return end("too_many_invalid", told);
  return { session: { ...session, invalidInARow }, effects: told };
}

/** A frame arrived. */
export function onFrame(
  session: OpenSession,
  event: Extract<SessionEvent, { readonly type: "frame" }>,
  rules: SessionRules,
  rights: TopicRights,
): SessionStep {
  const { limits } = rules;
  if (event.text === null) return end("unsupported_data", [invalid, refused("unsupported_data", unread)]);
  const { state: rate, verdict } = takeToken(session.rate, event.nowMs, event.bytes, limits);
  const open = { ...session, rate, activeAtMs: event.nowMs };
  const over = overRate(open, verdict);
  if (over) return over;
  const tooLarge = checkSize(event.bytes, limits);
  if (tooLarge) return refuse(open, tooLarge, "message_too_large", unread, rules);
  const parsed = parseFrame(event.text, limits.maxNesting);
  if (parsed.kind === "invalid")
    return refuse(open, errorFrame("invalid_json"), "invalid_json", unread, rules);
  if (parsed.kind === "too_deep") return end("policy", [invalid, refused("policy", unread)]);
  const valid = validateFrame(parsed.frame, session.version, rules);
  if (!valid.ok) return refuse(open, valid.error, valid.code, describeFrame(parsed.frame), rules);
  return onRequest({ ...open, invalidInARow: 0 }, valid.type, valid.frame, rules, rights);
}

/** Answers a frame that keeps the contract, or says who does. */
function onRequest(
  session: OpenSession,
  type: string,
  frame: IncomingFrame,
  rules: SessionRules,
  rights: TopicRights,
): SessionStep {
  const correlationId = correlationIdOf(frame);
  const stay = (...effects: SessionEffect[]): SessionStep => ({ session, effects: [handled, ...effects] });
  const outcome = answerControl(frame, session.topics, rules, rights);
  if (!outcome) return stay({ type: "handle", messageType: type, frame, correlationId });
  switch (outcome.kind) {
    case "authenticate":
      return stay({ type: "authenticate", accessToken: outcome.accessToken, correlationId });
    case "answer":
      return stay(...outcome.frames.flatMap((answer) => answerEffects(answer, frame)));
    case "topics": {
      const { topics, resume, errors } = outcome;
      const added = topics.filter((topic) => !session.topics.includes(topic));
      const told = errors.flatMap((error) => answerEffects(error, frame));
      return {
        session: { ...session, topics },
        effects: [handled, ...told, { type: "subscribe", topics, added, resume, correlationId }],
      };
    }
  }
}

/** Sends an answer; an error is told to the log, too. */
function answerEffects(answer: OutgoingFrame, request: IncomingFrame): readonly SessionEffect[] {
  const about = describeFrame(request);
  const sent = send(answer, about.correlationId);
  return isErrorCode(answer.code) ? [sent, refused(answer.code, about, "/subscriptions")] : [sent];
}

/** An RFC 6455 ping, or a pong that nobody asked for, is a frame as any other to the buckets. */
export function onControlFrame(
  session: OpenSession,
  nowMs: number,
  bytes: number,
  { limits }: SessionRules,
  ...effects: readonly SessionEffect[]
): SessionStep {
  const { state: rate, verdict } = takeToken(session.rate, nowMs, bytes, limits);
  const open = { ...session, rate };
  const step = overRate(open, verdict) ?? { session: open, effects: [handled, ...effects] };
  return after([count("messages_received_total"), count("bytes_received_total", bytes)], step);
}

/** An RFC 6455 pong arrived. */
export function onPong(session: OpenSession, nowMs: number, rules: SessionRules): SessionStep {
  if (session.pongDueAtMs === undefined) return onControlFrame(session, nowMs, 0, rules);
  const latencyMs = nowMs - session.pingedAtMs;
  return { session: { ...session, pongDueAtMs: undefined, latencyMs }, effects: [] };
}
