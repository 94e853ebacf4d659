import { createMessageLookup, defaultLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { fullBucket } from "../src/inbound-rate.js";
import { type OpenSession, type Session, type SessionEvent, transition } from "../src/session.js";
import { chat, chatValidators } from "./support/chat.js";

const rules = {
  limits: defaultLimits,
  topics: new Set(chat.topics),
  mayRead: () => true,
  lookup: createMessageLookup(chat),
  clientTypes: ["say", "who"],
  validate: chatValidators.client,
};
const open: OpenSession = {
  phase: "open",
  version: "1.1.0",
  topics: ["room"],
  rate: fullBucket(defaultLimits, 0),
  activeAtMs: 0,
  pingedAtMs: 0,
  awaitsPong: false,
};
const closed: Session = { phase: "closed", close: "normal" };
const text = (frame: unknown, nowMs = 0): SessionEvent => {
  const body = typeof frame === "string" ? frame : JSON.stringify(frame);
  return { type: "frame", text: body, bytes: Buffer.byteLength(body), nowMs };
};

/** What a transition leads to, in a word per effect. */
function run(session: Session, event: SessionEvent): string {
  const step = transition(session, event, rules);
  const words = step.effects.map((effect) => {
    if (effect.type === "send")
      return `send(${effect.frame.reason ?? effect.frame.code ?? effect.frame.type})`;
    if (effect.type === "close") return `close(${effect.close})`;
    if (effect.type === "count") return `count(${effect.metric.replace(/_total$/, "")})`;
    return effect.type === "topics" ? `topics(${effect.topics})` : effect.type;
  });
  return [step.session.phase, ...words].join(" ");
}

const received = "count(messages_received) count(bytes_received)";
const emptyBucket = { ...open, rate: { ...open.rate, tokens: 0 } };

describe("transition", () => {
  const rows: readonly [title: string, session: Session, event: SessionEvent, want: string][] = [
    ["answers a ping", open, text({ type: "ping" }), `open ${received} send(pong)`],
    [
      "tells the index about new topics",
      open,
      text({ type: "subscribe", subscriptions: ["lobby"] }),
      `open ${received} send(subscription_updated) topics(lobby,room)`,
    ],
    ["hands a message to its handler", open, text({ type: "say", text: "hi" }), `open ${received} handle`],
    [
      "hands credentials to be checked",
      open,
      text({ type: "authenticate", access_token: "t" }),
      `open ${received} authenticate`,
    ],
    [
      "closes on a binary frame",
      open,
      { type: "frame", text: null, bytes: 3, nowMs: 0 },
      `closed ${received} close(unsupported_data)`,
    ],
    [
      "refuses a frame over the limit and stays",
      open,
      text("x".repeat(65_537)),
      `open ${received} count(messages_invalid) send(message_too_large)`,
    ],
    [
      "reads a frame at the limit",
      open,
      text("x".repeat(65_536)),
      `open ${received} count(messages_invalid) send(invalid_json)`,
    ],
    [
      "closes on nesting over the bound",
      open,
      text(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`),
      `closed ${received} count(messages_invalid) close(policy)`,
    ],
    [
      "refuses what breaks the contract",
      open,
      text({ type: "say" }),
      `open ${received} count(messages_invalid) send(invalid_message)`,
    ],
    [
      "says once that the bucket is empty",
      emptyBucket,
      text({ type: "ping" }),
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited)`,
    ],
    [
      "drops silently within the cooldown",
      { ...emptyBucket, rate: { ...emptyBucket.rate, notifiedAtMs: 0 } },
      text({ type: "ping" }),
      `open ${received} count(messages_dropped_rate_limit)`,
    ],
    [
      "judges the rate before it reads",
      emptyBucket,
      text("not-json"),
      `open ${received} count(messages_dropped_rate_limit) send(rate_limited)`,
    ],
    [
      "closes on a flood",
      { ...emptyBucket, rate: { ...emptyBucket.rate, violations: 199 } },
      text({ type: "ping" }),
      `closed ${received} count(messages_dropped_rate_limit) send(rate_limited) close(flooding)`,
    ],
    ["pings when the heartbeat is due", open, { type: "tick", nowMs: 25_000 }, "open ping"],
    ["does not ping before", open, { type: "tick", nowMs: 24_999 }, "open"],
    ["waits for a pong", { ...open, awaitsPong: true }, { type: "tick", nowMs: 10_000 }, "open"],
    [
      "closes when no pong came",
      { ...open, awaitsPong: true },
      { type: "tick", nowMs: 10_001 },
      "closed close(no_pong)",
    ],
    ["takes a pong", { ...open, awaitsPong: true }, { type: "pong" }, "open"],
    [
      "closes an idle connection after a notice",
      open,
      { type: "tick", nowMs: 600_001 },
      "closed send(idle_timeout) count(idle_disconnects) close(idle)",
    ],
    [
      "counts a delivered frame as activity",
      { ...open, activeAtMs: 1, pingedAtMs: 600_001 },
      { type: "tick", nowMs: 600_001 },
      "open",
    ],
    [
      "ends after a notice",
      open,
      { type: "end", close: "going_away", notice: "server_shutdown" },
      "closed send(server_shutdown) close(going_away)",
    ],
    ["ends without a notice", open, { type: "end", close: "unauthorized" }, "closed close(unauthorized)"],
    ["closes nothing when the socket is gone", open, { type: "gone" }, "closed"],
    ["does nothing once closed", closed, text({ type: "ping" }), "closed"],
    ["pings nobody once closed", closed, { type: "tick", nowMs: 1e12 }, "closed"],
    ["ends only once", closed, { type: "end", close: "replaced", notice: "x" }, "closed"],
  ];
  it.each(rows)("%s", (_title, session, event, want) => {
    expect(run(session, event)).toBe(want);
  });

  it("answers under the request's correlation id", () => {
    const { effects } = transition(open, text({ type: "ping", correlation_id: "mine" }), rules);
    expect(effects).toContainEqual({ type: "send", frame: { type: "pong" }, correlationId: "mine" });
  });
});
