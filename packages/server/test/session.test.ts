import { createMessageLookup, defaultLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { fullBucket } from "../src/inbound-rate.js";
import { transition } from "../src/session.js";
import type { OpenSession, Session, SessionEvent } from "../src/session-types.js";
import { chat, chatValidators } from "./support/chat.js";

const rules = {
  limits: defaultLimits,
  topics: new Set(chat.topics),
  lookup: createMessageLookup(chat),
  clientTypes: ["say", "who"],
  validate: chatValidators.client,
};
const rights = { mayRead: () => true };
const open: OpenSession = {
  phase: "open",
  version: "1.1.0",
  topics: ["room"],
  rate: fullBucket(defaultLimits, 0),
  activeAtMs: 0,
  pingedAtMs: 0,
  pongDueAtMs: undefined,
  latencyMs: undefined,
  invalidInARow: 0,
  credentialsEndAtMs: undefined,
};
const closed: Session = { phase: "closed", close: "normal" };
const text = (frame: unknown, nowMs = 0): SessionEvent => {
  const body = typeof frame === "string" ? frame : JSON.stringify(frame);
  return { type: "frame", text: body, bytes: Buffer.byteLength(body), nowMs };
};

/** What a transition leads to, in a word per effect. */
function run(session: Session, event: SessionEvent): string {
  const step = transition(session, event, rules, rights);
  const words = step.effects.map((effect) => {
    if (effect.type === "send")
      return `send(${effect.frame.reason ?? effect.frame.code ?? effect.frame.type})`;
    if (effect.type === "close") return `close(${effect.close})`;
    if (effect.type === "count") return `count(${effect.metric.replace(/_total$/, "")})`;
    if (effect.type === "refused") return `refused(${effect.refusal.code})`;
    if (effect.type === "pause") return `pause(${effect.forMs})`;
    return "topics" in effect ? `${effect.type}(${effect.topics})` : effect.type;
  });
  return [step.session.phase, ...words].join(" ");
}

const received = "count(messages_received) count(bytes_received)";
const handled = `${received} count(messages_handled)`;
const waiting = { ...open, pongDueAtMs: 10_000 };
const tick = (nowMs: number, more: Partial<Extract<SessionEvent, { type: "tick" }>> = {}): SessionEvent => ({
  type: "tick",
  nowMs,
  deliveredAtMs: 0,
  isRead: true,
  stalledAtMs: undefined,
  ...more,
});
const emptyBucket = { ...open, rate: { ...open.rate, tokens: 0 } };

describe("transition", () => {
  const rows: readonly [title: string, session: Session, event: SessionEvent, want: string][] = [
    ["answers a ping", open, text({ type: "ping" }), `open ${handled} send(pong)`],
    [
      "tells the index about new topics",
      open,
      text({ type: "subscribe", subscriptions: ["lobby"] }),
      `open ${handled} subscribe(lobby,room)`,
    ],
    ["hands a message to its handler", open, text({ type: "say", text: "hi" }), `open ${handled} handle`],
    [
      "hands credentials to be checked",
      open,
      text({ type: "authenticate", access_token: "t" }),
      `open ${handled} authenticate`,
    ],
    [
      "closes on a binary frame",
      open,
      { type: "frame", text: null, bytes: 3, nowMs: 0 },
      `closed ${received} count(messages_invalid) refused(unsupported_data) close(unsupported_data)`,
    ],
    [
      "refuses a frame over the limit and stays",
      open,
      text("x".repeat(65_537)),
      `open ${received} count(messages_invalid) send(message_too_large) refused(message_too_large)`,
    ],
    [
      "reads a frame at the limit",
      open,
      text("x".repeat(65_536)),
      `open ${received} count(messages_invalid) send(invalid_json) refused(invalid_json)`,
    ],
    [
      "closes on nesting over the bound",
      open,
      text(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`),
      `closed ${received} count(messages_invalid) refused(policy) close(policy)`,
    ],
    [
      "refuses what breaks the contract",
      open,
      text({ type: "say" }),
      `open ${received} count(messages_invalid) send(invalid_message) refused(invalid_message)`,
    ],
    [
      "says once that the bucket is empty",
      emptyBucket,
      text({ type: "ping" }),
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited) refused(rate_limited) pause(2000)`,
    ],
    [
      "drops silently within the cooldown",
      { ...emptyBucket, rate: { ...emptyBucket.rate, notifiedAtMs: 0 } },
      text({ type: "ping" }),
      `open ${received} count(messages_dropped_rate_limit) pause(2000)`,
    ],
    [
      "judges the rate before it reads",
      emptyBucket,
      text("not-json"),
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited) refused(rate_limited) pause(2000)`,
    ],
    [
      "closes on a flood",
      { ...emptyBucket, rate: { ...emptyBucket.rate, violations: 199 } },
      text({ type: "ping" }),
      `closed ${received} count(messages_dropped_rate_limit) send(rate_limited) refused(rate_limited) count(rate_limit_disconnects) close(flooding)`,
    ],
    ["pings when the heartbeat is due", open, tick(25_000), "open ping"],
    ["does not ping before", open, tick(24_999), "open"],
    ["waits for a pong", waiting, tick(10_000), "open"],
    ["closes when no pong came", waiting, tick(10_001), "closed count(pong_timeouts) close(no_pong)"],
    ["takes a pong", waiting, { type: "pong", nowMs: 5 }, "open"],
    [
      "closes an idle connection after a notice",
      open,
      tick(600_001),
      "closed send(idle_timeout) count(idle_disconnects) close(idle)",
    ],
    [
      "counts a delivered frame as activity",
      { ...open, pingedAtMs: 600_001 },
      tick(600_001, { deliveredAtMs: 1 }),
      "open",
    ],
    [
      "ends after a notice",
      open,
      { type: "end", close: "going_away", notice: "server_shutdown" },
      "closed send(server_shutdown) close(going_away)",
    ],
    ["does not wait for a pong that nobody reads", waiting, tick(10_001, { isRead: false }), "open"],
    [
      "gives up on a peer whose socket does not drain",
      open,
      tick(10_001, { stalledAtMs: 0 }),
      "closed send(backpressure) count(backpressure_disconnects) close(slow_consumer)",
    ],
    [
      "closes when the credentials end",
      { ...open, credentialsEndAtMs: 5 },
      tick(5),
      "closed count(auth_denied) send(unauthorized) refused(unauthorized) close(unauthorized)",
    ],
    [
      "answers an RFC 6455 ping",
      open,
      { type: "ping", payload: Buffer.from("hi"), nowMs: 0 },
      `open ${handled} pong`,
    ],
    [
      "drops an RFC 6455 ping when the bucket is empty",
      emptyBucket,
      { type: "ping", payload: Buffer.from("hi"), nowMs: 0 },
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited) refused(rate_limited) pause(2000)`,
    ],
    [
      "takes a token for a pong that nobody asked for",
      emptyBucket,
      { type: "pong", nowMs: 0 },
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited) refused(rate_limited) pause(2000)`,
    ],
    [
      "closes after too many invalid frames in a row",
      { ...open, invalidInARow: 99 },
      text("not-json"),
      `closed ${received} count(messages_invalid) send(invalid_json) refused(invalid_json) close(too_many_invalid)`,
    ],
    ["ends without a notice", open, { type: "end", close: "unauthorized" }, "closed close(unauthorized)"],
    ["closes nothing when the socket is gone", open, { type: "gone" }, "closed"],
    ["does nothing once closed", closed, text({ type: "ping" }), "closed"],
    ["pings nobody once closed", closed, tick(1e12), "closed"],
    ["ends only once", closed, { type: "end", close: "replaced", notice: "x" }, "closed"],
  ];
  it.each(rows)("%s", (_title, session, event, want) => {
    expect(run(session, event)).toBe(want);
  });

  it("answers under the request's correlation id", () => {
    const { effects } = transition(open, text({ type: "ping", correlation_id: "mine" }), rules, rights);
    expect(effects).toContainEqual({ type: "send", frame: { type: "pong" }, correlationId: "mine" });
  });
});
