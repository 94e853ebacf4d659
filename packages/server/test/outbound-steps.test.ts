import { resolveLimits } from "@hivewire/protocol";
import { MemoryBus } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { readHandshake } from "../src/handshake.js";
import { encodeFrame } from "../src/outbound-encode.js";
import { judgeQueue } from "../src/outbound-queue.js";
import { TopicIndex } from "../src/topic-index.js";

describe("judgeQueue", () => {
  const limits = resolveLimits();
  const rows: readonly [title: string, failures: number, waiting: number, want: string][] = [
    ["sends while little waits", 0, 65_536, "send"],
    ["drops when too much waits", 0, 65_537, "drop"],
    ["gives up at the fifth in a row", 4, 65_537, "disconnect"],
    ["gives up at once over the hard bound", 0, 1_048_577, "disconnect"],
    ["forgives when the queue drained", 4, 0, "send"],
  ];
  it.each(rows)("%s", (_title, failures, waiting, want) => {
    const { verdict, state } = judgeQueue({ failures }, waiting, limits);
    expect(verdict).toBe(want);
    expect(state.failures).toBe(want === "send" ? 0 : failures + 1);
  });
});

describe("encodeFrame", () => {
  it("encodes once per version, when asked", () => {
    let encoded = 0;
    const frame = {
      type: "news",
      toJSON: () => {
        encoded++;
        return { type: "news" };
      },
    };
    const text = encodeFrame(frame, undefined);
    expect(encoded).toBe(0);
    expect([text("1.1.0"), text("1.1.0"), text("1.0.0")]).toEqual(Array(3).fill('{"type":"news"}'));
    expect(encoded).toBe(2);
  });

  it("has no text for a version that lacks the message", () => {
    const text = encodeFrame({ type: "news" }, { name: "News", sender: "server", since: "1.1.0" });
    expect(text("1.0.0")).toBeUndefined();
  });
});

describe("encodeFrame with converters", () => {
  const frame = { type: "news", text: "hello", position: { epoch: "e", offset: 1 } };
  const failures: unknown[] = [];
  const encode = (convert: (frame: object) => object | undefined, added?: Record<string, string>) =>
    encodeFrame(
      frame,
      { name: "News", sender: "server", ...(added ? { added } : {}) },
      {
        lookup: (version, type) => (version === "1.0.0" && type === "news" ? convert : undefined),
        failed: (cause, version, { type }) => failures.push([String(cause), version, type]),
      },
    );

  it("converts for the version that has a converter, and for no other", () => {
    const text = encode(() => ({ type: "news", text: "bye" }));
    expect([text("1.1.0"), text("1.0.0")]).toEqual([JSON.stringify(frame), '{"type":"news","text":"bye"}']);
  });

  it("leaves out what was added later after it converted", () => {
    const text = encode((given) => ({ ...given, text: "bye" }), { position: "1.1.0" });
    expect(text("1.0.0")).toBe('{"type":"news","text":"bye"}');
  });

  it("sends nothing where the converter gives nothing, and calls it once", () => {
    let calls = 0;
    const text = encode(() => {
      calls++;
      return undefined;
    });
    expect([text("1.0.0"), text("1.0.0"), calls]).toEqual([undefined, undefined, 1]);
  });

  it("sends nothing where the converter throws, says so once, and serves the others", () => {
    const text = encode(() => {
      throw new TypeError("no");
    });
    expect([text("1.0.0"), text("1.0.0"), text("1.1.0")]).toEqual([
      undefined,
      undefined,
      JSON.stringify(frame),
    ]);
    expect(failures).toEqual([["TypeError: no", "1.0.0", "news"]]);
  });
});

describe("readHandshake", () => {
  const read = (query: string, header?: string) =>
    readHandshake(new URLSearchParams(query), header, ["1.1.0", "1.0.0"]);
  const rows: readonly [title: string, query: string, header: string | undefined, want: object][] = [
    ["leaves topics to the route when none are named", "", undefined, { topics: undefined }],
    ["takes an empty list for no topics", "subscriptions=", undefined, { topics: [] }],
    ["reads topics", "subscriptions=a, b,", undefined, { topics: ["a", "b"] }],
    ["reads a token of the query", "access_token=t", undefined, { accessToken: "t" }],
    ["prefers the header", "access_token=t", "Bearer h", { accessToken: "h" }],
    ["ignores other schemes", "", "Basic h", { accessToken: undefined }],
    [
      "gives an old client the oldest version",
      "",
      undefined,
      { negotiation: { agreed: true, version: "1.0.0" } },
    ],
    [
      "negotiates",
      "contract_versions=2.0.0,1.1.0",
      undefined,
      { negotiation: { agreed: true, version: "1.1.0" } },
    ],
    [
      "tells that nothing is in common",
      "contract_versions=2.0.0",
      undefined,
      { negotiation: { agreed: false } },
    ],
  ];
  it.each(rows)("%s", (_title, query, header, want) => {
    expect(read(query, header)).toMatchObject(want);
  });
});

describe("TopicIndex", () => {
  it("follows the topics of its members", () => {
    const index = new TopicIndex<string>();
    index.set("ann", ["a", "b"]);
    index.set("bob", ["b"]);
    expect([...index.of("b")]).toEqual(["ann", "bob"]);
    index.set("ann", ["a"]);
    expect([index.size("a"), index.size("b")]).toEqual([1, 1]);
    index.set("ann", []);
    index.set("bob", []);
    expect([index.size("a"), index.size("b")]).toEqual([0, 0]);
  });
});

describe("MemoryBus", () => {
  it("counts offsets by one per topic within its epoch", async () => {
    const bus = new MemoryBus("e");
    const seen: unknown[] = [];
    const stop = bus.subscribe(({ topic, position }) => seen.push([topic, position.offset]));
    await bus.publish("a", { type: "x" });
    await bus.publish("b", { type: "x" });
    expect(await bus.publish("a", { type: "x" })).toEqual({ epoch: "e", offset: 1 });
    stop();
    await bus.publish("a", { type: "x" });
    expect(seen).toEqual([
      ["a", 0],
      ["b", 0],
      ["a", 1],
    ]);
  });
});
