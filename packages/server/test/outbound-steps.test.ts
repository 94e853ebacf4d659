import { resolveLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { Audience } from "../src/audience.js";
import { readHandshake } from "../src/handshake.js";
import { encodeBusFrame, encodeFrame } from "../src/outbound-encode.js";
import { queueLevel } from "../src/outbound-queue.js";

describe("queueLevel", () => {
  const limits = resolveLimits();
  const rows: readonly [title: string, waiting: number, want: string][] = [
    ["has room up to the soft bound", 65_536, "free"],
    ["is full over it", 65_537, "full"],
    ["is full up to the hard bound", 1_048_576, "full"],
    ["is lost over it", 1_048_577, "lost"],
  ];
  it.each(rows)("%s", (_title, waiting, want) => {
    expect(queueLevel(waiting, limits)).toBe(want);
  });
});

describe("encodeFrame", () => {
  it("has no text for a version that lacks the message", () => {
    const lookup = () => ({ name: "News", sender: "server", since: "1.1.0" }) as const;
    expect(encodeFrame({ type: "news" }, "1.0.0", { lookup, conversions: undefined })).toBeUndefined();
    expect(encodeFrame({ type: "news" }, "1.1.0", { lookup, conversions: undefined })).toBe(
      '{"type":"news"}',
    );
  });
});

describe("encodeBusFrame with converters", () => {
  const position = { epoch: "e", offset: 1 };
  const whole = JSON.stringify({ type: "news", text: "hello", position });
  const failures: unknown[] = [];
  const encode = (convert: (frame: object) => object | undefined, added?: Record<string, string>) =>
    encodeBusFrame(
      { topic: "t", type: "news", text: '{"type":"news","text":"hello"}', position },
      {
        lookup: () => ({ name: "News", sender: "server", ...(added ? { added } : {}) }),
        newest: "1.1.0",
        conversions: {
          lookup: (version, type) => (version === "1.0.0" && type === "news" ? convert : undefined),
          failed: (cause, version, { type }) => failures.push([String(cause), version, type]),
        },
      },
    );

  it("converts for the version that has a converter, and for no other", () => {
    const text = encode(() => ({ type: "news", text: "bye" }));
    expect([text("1.1.0"), text("1.0.0")]).toEqual([whole, '{"type":"news","text":"bye"}']);
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
    expect([text("1.0.0"), text("1.0.0"), text("1.1.0")]).toEqual([undefined, undefined, whole]);
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

describe("encodeBusFrame", () => {
  const position = { epoch: "e", offset: 7 };
  const lookup = () => ({ name: "News", sender: "server", added: { position: "1.1.0" } }) as const;
  const rules = { lookup, newest: "1.1.0", conversions: undefined };
  const text = encodeBusFrame({ topic: "t", type: "news", text: '{"type":"news"}', position }, rules);

  it("puts the position into the text of the contract's own version", () => {
    expect(JSON.parse(text("1.1.0") ?? "")).toEqual({ type: "news", position });
  });

  it("leaves out what an older version does not know", () => {
    expect(text("1.0.0")).toBe('{"type":"news"}');
  });
});

describe("Audience", () => {
  const groups = (audience: Audience<string>) =>
    [...audience.groups()].map(({ version, topics, members }) => [version, [...topics], [...members]]);

  it("puts members with the same version and topics together", () => {
    const audience = new Audience<string>();
    audience.set("ann", "1", ["a", "b"]);
    audience.set("bob", "1", ["a", "b"]);
    audience.set("cid", "2", ["a", "b"]);
    expect(groups(audience)).toEqual([
      ["1", ["a", "b"], ["ann", "bob"]],
      ["2", ["a", "b"], ["cid"]],
    ]);
    expect([audience.size("a"), audience.size("c")]).toEqual([3, 0]);
  });

  it("follows the topics of its members, and keeps no empty group", () => {
    const audience = new Audience<string>();
    audience.set("ann", "1", ["a", "b"]);
    audience.set("ann", "1", ["b"]);
    expect(groups(audience)).toEqual([["1", ["b"], ["ann"]]]);
    audience.set("ann", "1", []);
    audience.set("ann", "1", []);
    expect([groups(audience), audience.size("a"), audience.size("b")]).toEqual([[], 0, 0]);
  });
});
