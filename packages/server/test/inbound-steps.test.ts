import { createMessageLookup, defaultLimits, resolveLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { answerControl } from "../src/inbound-control.js";
import { parseFrame } from "../src/inbound-parse.js";
import { fullBucket, type RateVerdict, takeToken } from "../src/inbound-rate.js";
import { validateFrame } from "../src/inbound-validate.js";
import { chat, chatValidators } from "./support/chat.js";

describe("takeToken", () => {
  const limits = resolveLimits({ rateTokensPerSecond: 10, rateBurst: 2, rateViolationsBeforeClose: 4 });
  const verdicts = (atMs: readonly number[]): readonly RateVerdict[] => {
    let state = fullBucket(limits, 0);
    return atMs.map((nowMs) => {
      const step = takeToken(state, nowMs, 1, limits);
      state = step.state;
      return step.verdict;
    });
  };
  const pass = { kind: "pass" };
  const drop = { kind: "drop" };
  /** Without the pause, which has its own test. */
  const withoutPause = (verdict: RateVerdict): object => {
    const { pauseMs: _, ...rest } = { pauseMs: 0, ...verdict };
    return rest;
  };
  const rows: readonly [title: string, atMs: readonly number[], want: readonly object[]][] = [
    [
      "lets a burst through and tells once",
      [0, 0, 0, 0],
      [pass, pass, { kind: "notify", retryAfterMs: 100 }, drop],
    ],
    ["refills with time", [0, 0, 100, 100], [pass, pass, pass, { kind: "notify", retryAfterMs: 100 }]],
    ["says how long the next token takes", [0, 0, 50], [pass, pass, { kind: "notify", retryAfterMs: 50 }]],
    [
      "holds no more than a burst",
      [0, 60_000, 60_000, 60_000],
      [pass, pass, pass, { kind: "notify", retryAfterMs: 100 }],
    ],
    [
      "tells again after the cooldown",
      [0, 0, 0, 5_000, 5_000, 5_000],
      [pass, pass, { kind: "notify", retryAfterMs: 100 }, pass, pass, { kind: "notify", retryAfterMs: 100 }],
    ],
    [
      "calls it a flood after the allowed violations",
      [0, 0, 0, 0, 0, 0],
      [pass, pass, { kind: "notify", retryAfterMs: 100 }, drop, drop, { kind: "flood", retryAfterMs: 100 }],
    ],
    [
      "forgives once the bucket was full again",
      [0, 0, 0, 0, 0, 6_000, 6_000, 6_000],
      [
        pass,
        pass,
        { kind: "notify", retryAfterMs: 100 },
        drop,
        drop,
        pass,
        pass,
        { kind: "notify", retryAfterMs: 100 },
      ],
    ],
    [
      "takes a clock that went back for one that stood still",
      [1_000, 0, 0],
      [pass, pass, { kind: "notify", retryAfterMs: 100 }],
    ],
  ];
  it.each(rows)("%s", (_title, atMs, want) => {
    expect(verdicts(atMs).map(withoutPause)).toEqual(want);
  });

  it("stops reading until the bucket is full again, at most two seconds", () => {
    expect(verdicts([0, 0, 0, 150]).map((verdict) => "pauseMs" in verdict && verdict.pauseMs)).toEqual([
      false,
      false,
      200,
      false,
    ]);
    const slow = resolveLimits({ rateTokensPerSecond: 0.1, rateBurst: 1 });
    const empty = takeToken(fullBucket(slow, 0), 0, 1, slow).state;
    expect(takeToken(empty, 0, 1, slow).verdict).toEqual({
      kind: "notify",
      pauseMs: 2_000,
      retryAfterMs: 10_000,
    });
  });

  it("takes bytes out of a bucket of their own, which may be owed", () => {
    const few = resolveLimits({ rateBytesPerSecond: 1_024, rateBytesBurst: 2_048 });
    const first = takeToken(fullBucket(few, 0), 0, 4_096, few);
    expect([first.verdict.kind, first.state.bytes]).toEqual(["pass", -2_048]);
    const second = takeToken(first.state, 0, 1, few);
    expect(second.verdict).toEqual({ kind: "notify", pauseMs: 2_000, retryAfterMs: 2_001 });
    expect(takeToken(second.state, 2_001, 1, few).verdict.kind).toBe("pass");
  });
});

describe("parseFrame", () => {
  const nested = (depth: number): string => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
  const rows: readonly [title: string, text: string, want: string][] = [
    ["takes an object", ' \n{"type":"ping"}', "frame"],
    ["takes brackets within strings for text", `{"a":"${"[{".repeat(200)}\\""}`, "frame"],
    [
      "finds the end of a string behind escaped quotes",
      `{"a":"\\"","b":${"[".repeat(127)}${"]".repeat(127)}}`,
      "frame",
    ],
    [
      "counts brackets behind a string that ends in a backslash",
      `{"a":"\\\\","b":${"[".repeat(128)}${"]".repeat(128)}}`,
      "too_deep",
    ],
    ["takes brackets behind an escaped quote for text", `{"a":"\\"${"[".repeat(400)}"}`, "frame"],
    ["takes nesting up to the bound", nested(128), "frame"],
    ["refuses nesting over the bound", nested(129), "too_deep"],
    ["refuses 10,000 levels of objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, "too_deep"],
    [
      "refuses an array of any depth without reading it",
      `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
      "invalid",
    ],
    ["refuses what is no JSON", "not-json", "invalid"],
    ["refuses a broken object", '{"type":', "invalid"],
    ["refuses a text", '"ping"', "invalid"],
    ["refuses null", "null", "invalid"],
    ["refuses nothing", "", "invalid"],
    ["refuses two objects", "{}{}", "invalid"],
  ];
  it.each(rows)("%s", (_title, text, want) => {
    expect(parseFrame(text, 128).kind).toBe(want);
  });

  it("keeps __proto__ a key without touching any prototype", () => {
    const parsed = parseFrame('{"__proto__":{"type":"ping"}}', 128);
    expect(parsed.kind === "frame" && Object.keys(parsed.frame)).toEqual(["__proto__"]);
    expect(parsed.kind === "frame" && Object.hasOwn(parsed.frame, "type")).toBe(false);
  });
});

describe("validateFrame", () => {
  const rules = {
    lookup: createMessageLookup(chat),
    clientTypes: ["say", "who"],
    validate: chatValidators.client,
  };
  const rows: readonly [title: string, frame: Record<string, unknown>, version: string, want: object][] = [
    ["accepts a frame of the contract", { type: "say", text: "hi" }, "1.1.0", { ok: true, type: "say" }],
    [
      "accepts the protocol's own requests, which this contract leaves out",
      { type: "ping" },
      "1.0.0",
      { ok: true, type: "ping" },
    ],
    ["blames a missing type", {}, "1.1.0", { error: { code: "invalid_message", pointer: "/type" } }],
    [
      "blames a type that is only inherited",
      JSON.parse('{"__proto__":{"type":"say"}}'),
      "1.1.0",
      { error: { code: "invalid_message", pointer: "/type" } },
    ],
    [
      "blames a type that is no text",
      { type: 5 },
      "1.1.0",
      { error: { message: "Invalid message: /type must be string" } },
    ],
    [
      "names an unknown type and what was meant",
      { type: "sya" },
      "1.1.0",
      { error: { message: "Unknown message type: sya", hint: 'did you mean "say"?' } },
    ],
    [
      "does not know what only servers send",
      { type: "said" },
      "1.1.0",
      { error: { code: "unknown_message_type" } },
    ],
    [
      "does not know a message of a later version",
      { type: "who" },
      "1.0.0",
      { error: { message: "Unknown message type: who" } },
    ],
    [
      "quotes no more than 64 characters of a type",
      { type: "x".repeat(500) },
      "1.1.0",
      { error: { message: `Unknown message type: ${"x".repeat(64)}` } },
    ],
    [
      "points at what breaks the contract",
      { type: "say", text: 5 },
      "1.1.0",
      { error: { message: "Invalid message: /text must be string", pointer: "/text", hint: "mend /text" } },
    ],
    [
      "ignores a property of a later version",
      { type: "say", text: "hi", mood: 5 },
      "1.0.0",
      { ok: true, frame: { type: "say", text: "hi" } },
    ],
    [
      "judges that property in its version",
      { type: "say", text: "hi", mood: 5 },
      "1.1.0",
      { error: { pointer: "/mood" } },
    ],
  ];
  it.each(rows)("%s", (_title, frame, version, want) => {
    expect(validateFrame(frame, version, rules)).toMatchObject(want);
  });
});

describe("answerControl", () => {
  const rules = {
    limits: resolveLimits({ maxSubscriptions: 3 }),
    topics: new Set(["a", "b", "c", "secret"]),
  };
  const rights = { mayRead: (topic: string) => topic !== "secret" };
  const answer = (...frames: object[]) => ({ kind: "answer", frames });
  const change = (topics: readonly string[], more: object = {}) => ({
    kind: "topics",
    topics,
    errors: [],
    resume: {},
    ...more,
  });
  const position = { epoch: "e", offset: 1 };
  const rows: readonly [title: string, frame: Record<string, unknown>, want: object][] = [
    ["answers ping", { type: "ping" }, answer({ type: "pong" })],
    [
      "sorts and counts each topic once",
      { type: "subscribe", subscriptions: ["c", "a", "c"] },
      change(["a", "b", "c"]),
    ],
    ["takes a subscribe that changes nothing", { type: "subscribe", subscriptions: ["b"] }, change(["b"])],
    [
      "lists all unknown topics, sorted, and takes the valid ones",
      { type: "subscribe", subscriptions: ["z", "a"] },
      change(["a", "b"], {
        errors: [{ message: "Invalid subscription(s): z", code: "invalid_subscription" }],
      }),
    ],
    [
      "withholds a topic that the credentials do not reach",
      { type: "subscribe", subscriptions: ["secret", "a"], resume: { secret: position } },
      change(["a", "b"], { errors: [{ message: "Forbidden: secret", code: "forbidden" }] }),
    ],
    [
      "refuses a request over the bound whole",
      { type: "subscribe", subscriptions: ["a", "c", "z"] },
      answer({ message: "Too many subscriptions requested" }),
    ],
    ["unsubscribes", { type: "unsubscribe", subscriptions: ["b"] }, change([])],
    [
      "takes positions of topics that are live from now on",
      { type: "subscribe", subscriptions: ["a"], resume: { a: position, c: position } },
      change(["a", "b"], { resume: { a: position } }),
    ],
    [
      "blames a list that is none",
      { type: "subscribe", subscriptions: "a" },
      answer({ code: "invalid_message", pointer: "/subscriptions" }),
    ],
  ];
  it.each(rows)("%s", (_title, frame, want) => {
    expect(answerControl(frame, ["b"], rules, rights)).toMatchObject(want);
  });

  it("hands credentials on", () => {
    expect(answerControl({ type: "authenticate", access_token: "t" }, [], rules, rights)).toEqual({
      kind: "authenticate",
      accessToken: "t",
    });
  });

  it("leaves other types to the contract", () => {
    expect(answerControl({ type: "say" }, [], rules, rights)).toBeUndefined();
  });

  it("holds ten topics by default", () => {
    expect(defaultLimits.maxSubscriptions).toBe(10);
  });
});
