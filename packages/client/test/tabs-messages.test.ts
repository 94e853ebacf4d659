import { describe, expect, it } from "vitest";
import { greetingFor, renewed } from "../src/tabs/hub-greeting.js";
import { maxTabs, readTabMessage, writeTabMessage } from "../src/tabs/tab-message.js";

const valid = [
  { kind: "leader", from: "a" },
  { kind: "hello", from: "a", topics: ["rooms"] },
  { kind: "bye", from: "a" },
  { kind: "send", from: "a", to: ["b"], text: "{}" },
  { kind: "welcome", from: "a", to: ["b"] },
  { kind: "full", from: "a", to: ["b"] },
  { kind: "open", from: "a", to: ["b"] },
  { kind: "frame", from: "a", to: ["b", "c"], text: "{}" },
  { kind: "close", from: "a", to: ["b"], code: 1012, reason: "", chance: 0.5 },
] as const;

describe("readTabMessage", () => {
  it.each(valid)("reads $kind as it was written", (message) => {
    expect(readTabMessage(writeTabMessage(message))).toMatchObject(message);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "leader"],
    ["another version", { v: 2, kind: "leader", from: "a" }],
    ["no version", { kind: "leader", from: "a" }],
    ["an unknown kind", { v: 1, kind: "steal", from: "a" }],
    ["a kind that every object has", { v: 1, kind: "toString", from: "a" }],
    ["no sender", { v: 1, kind: "leader" }],
    ["a sender that is too long", { v: 1, kind: "leader", from: "a".repeat(65) }],
    ["topics that are no texts", { v: 1, kind: "hello", from: "a", topics: [1] }],
    ["too many topics", { v: 1, kind: "hello", from: "a", topics: Array(1_001).fill("t") }],
    ["a topic that is too long", { v: 1, kind: "hello", from: "a", topics: ["t".repeat(257)] }],
    ["a receiver that is no list", { v: 1, kind: "frame", from: "a", to: "b", text: "{}" }],
    ["too many receivers", { v: 1, kind: "frame", from: "a", to: Array(maxTabs + 1).fill("b"), text: "{}" }],
    ["a frame that is no text", { v: 1, kind: "frame", from: "a", to: ["b"], text: {} }],
    [
      "a frame that is too long",
      { v: 1, kind: "frame", from: "a", to: ["b"], text: " ".repeat(2 ** 24 + 1) },
    ],
    ["a code that is none", { v: 1, kind: "close", from: "a", to: ["b"], code: 7, reason: "", chance: 0 }],
    [
      "a reason that is too long",
      { v: 1, kind: "close", from: "a", to: [], code: 1000, reason: "r".repeat(124), chance: 0 },
    ],
    ["a chance out of range", { v: 1, kind: "close", from: "a", to: [], code: 1000, reason: "", chance: 2 }],
  ])("refuses %s", (_what, data) => {
    expect(readTabMessage(data)).toBeUndefined();
  });
});

describe("greetingFor", () => {
  const frame = {
    type: "connection_established",
    timestamp: "2026-01-01T00:00:00.000Z",
    expires_at: "2026-01-01T00:10:00.000Z",
    subscriptions: [],
  };
  const answer = { subscriptions: ["rooms"], positions: { rooms: { epoch: "e", offset: 3 } }, recovered: {} };

  it("tells the server's time of now, so that credentials end when they end", () => {
    expect(greetingFor({ frame, atMs: 1_000 }, answer, 61_000)).toEqual({
      ...frame,
      timestamp: "2026-01-01T00:01:00.000Z",
      subscriptions: ["rooms"],
      positions: { rooms: { epoch: "e", offset: 3 } },
    });
  });

  it.each([
    ["later", { expires_at: "2026-01-01T00:20:00.000Z" }, "2026-01-01T00:20:00.000Z"],
    ["never", {}, undefined],
  ])("after a renewal they end %s", (_when, fields, ends) => {
    const after = renewed({ frame, atMs: 0 }, { type: "authenticated", ...fields });
    expect(greetingFor(after, answer, 0).expires_at).toBe(ends);
  });
});
