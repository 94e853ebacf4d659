import {
  type Contract,
  correlationIdOf,
  createMessageLookup,
  downConvert,
  type MessageInfo,
  readControlRequest,
  readEstablished,
  stamp,
  unversioned,
} from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

const info: MessageInfo = { name: "News", sender: "server", added: { position: "1.1.0", mood: "1.2.0" } };

describe("downConvert", () => {
  const frame = { type: "news", data: {}, position: 1, mood: "good" };
  const rows: readonly [title: string, version: string, info: MessageInfo, want: object | undefined][] = [
    ["keeps everything for the newest version", "1.2.0", info, frame],
    ["drops what the version does not have yet", "1.1.0", info, { type: "news", data: {}, position: 1 }],
    ["drops all additions for the oldest version", "1.0.0", info, { type: "news", data: {} }],
    ["drops a message the version does not have", "1.0.0", { ...info, since: "1.1.0" }, undefined],
  ];
  it.each(rows)("%s", (_title, version, row, want) => {
    expect(downConvert(frame, row, version)).toEqual(want);
  });

  it("returns the same object when nothing has to go", () => {
    expect(downConvert(frame, { name: "News", sender: "server" }, "1.0.0")).toBe(frame);
  });
});

describe("createMessageLookup", () => {
  const contract: Contract = {
    name: "test",
    version: "1.0.0",
    supportedVersions: ["1.0.0"],
    identity: "",
    discriminator: "type",
    topics: [],
    messages: { agent_update: { name: "AgentUpdate", sender: "server" } },
    patterns: [{ name: "CustomUpdate", sender: "server", pattern: "_update$" }],
  };
  const rows: readonly [type: string, want: string | undefined][] = [
    ["agent_update", "AgentUpdate"],
    ["fleet_update", "CustomUpdate"],
    ["fleet_update\n", undefined],
    ["update", undefined],
    ["__proto__", undefined],
    ["toString", undefined],
  ];
  it.each(rows)("finds for %j %s", (type, want) => {
    expect(createMessageLookup(contract)(type)?.name).toBe(want);
  });
});

describe("stamp", () => {
  const source = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6), uuid: () => "fresh" };
  it("puts time and a fresh id on a frame that answers none", () => {
    expect(stamp({ type: "pong" }, source)).toEqual({
      type: "pong",
      timestamp: "2026-01-02T03:04:05.006Z",
      correlation_id: "fresh",
    });
  });
  it("keeps the request's id", () => {
    expect(stamp({ type: "pong" }, source, "mine").correlation_id).toBe("mine");
  });
});

describe("correlationIdOf", () => {
  const rows: readonly [given: object, want: string | undefined][] = [
    [{ correlation_id: "a" }, "a"],
    [{ correlation_id: "" }, undefined],
    [{ correlation_id: 5 }, undefined],
    [{ correlation_id: "x".repeat(128) }, "x".repeat(128)],
    [{ correlation_id: "x".repeat(129) }, undefined],
    [{}, undefined],
  ];
  it.each(rows)("reads %o", (given, want) => {
    expect(correlationIdOf(given)).toBe(want);
  });
});

describe("readControlRequest", () => {
  const resume = { agents: { epoch: "e", offset: 3 } };
  const rows: readonly [title: string, frame: Record<string, unknown>, want: unknown][] = [
    ["reads a ping", { type: "ping" }, { type: "ping" }],
    [
      "reads a subscribe",
      { type: "subscribe", subscriptions: ["a"] },
      { type: "subscribe", subscriptions: ["a"], resume: {} },
    ],
    [
      "reads positions",
      { type: "subscribe", subscriptions: [], resume },
      { type: "subscribe", subscriptions: [], resume },
    ],
    ["blames a missing list", { type: "subscribe" }, expect.objectContaining({ pointer: "/subscriptions" })],
    [
      "blames a mixed list",
      { type: "unsubscribe", subscriptions: ["a", 1] },
      expect.objectContaining({ pointer: "/subscriptions" }),
    ],
    [
      "blames a broken position",
      { type: "subscribe", subscriptions: [], resume: { a: { epoch: "e", offset: -1 } } },
      expect.objectContaining({ pointer: "/resume" }),
    ],
    [
      "blames a missing token",
      { type: "authenticate" },
      expect.objectContaining({ pointer: "/access_token" }),
    ],
    ["leaves other types to the contract", { type: "request_data" }, undefined],
  ];
  it.each(rows)("%s", (_title, frame, want) => {
    expect(readControlRequest(frame)).toEqual(want);
  });
});

describe("readEstablished", () => {
  it("takes a server that names no version as 1.0.0", () => {
    const frame = { type: "connection_established", connection_id: "c", subscriptions: ["a"] };
    expect(readEstablished(frame, unversioned)).toEqual({
      connectionId: "c",
      contractVersion: "1.0.0",
      subscriptions: ["a"],
      heartbeatMs: undefined,
    });
  });
  it("reads no other frame", () => {
    expect(readEstablished({ type: "pong" }, unversioned)).toBeUndefined();
  });
});
