import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Got, openPeer, type Peer } from "../support/peer.js";

let server: ReferenceServer;
const newest = "?contract_versions=1.1.0";

beforeAll(async () => {
  server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
});
afterAll(() => server.close());

async function greeted(query = newest): Promise<Peer> {
  const peer = await openPeer(server.webSocketUrl + query);
  await peer.next("connection_established");
  return peer;
}

const stamped = {
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  correlation_id: expect.any(String),
};
const ping = JSON.stringify({ type: "ping", correlation_id: "afterwards" });

describe("a frame that breaks a rule is answered, and the connection answers a ping afterwards", () => {
  const nested = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
  const rows: readonly [title: string, frame: string, want: object][] = [
    [
      "an error frame from a client",
      '{"type":"error"}',
      { message: "Unknown message type: error", code: "unknown_message_type" },
    ],
    ["what is no JSON", "not-json", { message: "Invalid JSON message format", code: "invalid_json" }],
    ["64 KiB and one byte", " ".repeat(65_537), { message: "Message too large", code: "message_too_large" }],
    [
      "64 KiB and one byte of two-byte letters",
      `{"type":"ping","x":"${"é".repeat(32_759)}"}`,
      { message: "Message too large", code: "message_too_large" },
    ],
    [
      "an unknown type",
      '{"type":"weather"}',
      { message: "Unknown message type: weather", code: "unknown_message_type", pointer: "/type" },
    ],
    [
      "a type that is nearly right",
      '{"type":"subscrbe"}',
      { message: "Unknown message type: subscrbe", hint: 'did you mean "subscribe"?' },
    ],
    [
      "a type that says how it becomes a text",
      '{"type":{"toString":1,"valueOf":1}}',
      { code: "invalid_message", pointer: "/type" },
    ],
    ["a missing type", "{}", { code: "invalid_message", pointer: "/type" }],
    ["a 10,000-deep array", nested, { message: "Invalid JSON message format", code: "invalid_json" }],
    ["an array", "[]", { message: "Invalid JSON message format", code: "invalid_json" }],
    [
      "__proto__ instead of a type",
      '{"__proto__":{"type":"ping"}}',
      { code: "invalid_message", pointer: "/type" },
    ],
    [
      "a broken subscribe",
      '{"type":"subscribe","subscriptions":"agents","correlation_id":"mine"}',
      {
        message: expect.stringMatching(/^Invalid message/),
        code: "invalid_message",
        pointer: "/subscriptions",
        correlation_id: "mine",
      },
    ],
    [
      "a property under a wrong name",
      '{"type":"subscribe","subscription":[]}',
      {
        code: "invalid_message",
        pointer: "/subscriptions",
        hint: 'did you mean "subscriptions" where "subscription" stands?',
      },
    ],
    [
      "an unknown data type",
      '{"type":"request_data","data_type":"weather","correlation_id":"mine"}',
      {
        type: "data_error",
        data_type: "weather",
        error: "Unknown data type: weather",
        correlation_id: "mine",
      },
    ],
    [
      "eleven topics",
      JSON.stringify({ type: "subscribe", subscriptions: "abcdefghijk".split("") }),
      { message: "Too many subscriptions requested", code: "too_many_subscriptions" },
    ],
  ];
  it.each(rows)("%s", async (_title, frame, want) => {
    const peer = await greeted();
    peer.send(frame);
    expect(await peer.next()).toMatchObject({ type: "error", ...stamped, ...want });
    peer.send(ping);
    expect(await peer.next()).toMatchObject({ type: "pong", ...stamped, correlation_id: "afterwards" });
    expect(peer.frames.filter(({ type }) => type === "error" || type === "data_error")).toHaveLength(1);
    peer.close();
  });

  it("an unknown topic: one error, sorted, and the valid topics of the request take effect", async () => {
    const peer = await greeted(`${newest}&subscriptions=system`);
    peer.send('{"type":"subscribe","subscriptions":["zzz","tasks","aaa"]}');
    expect(await peer.next("error")).toMatchObject({
      message: "Invalid subscription(s): aaa, zzz",
      code: "invalid_subscription",
      ...stamped,
    });
    expect(await peer.next("subscription_updated")).toMatchObject({
      subscriptions: ["system", "tasks"],
      ...stamped,
    });
    peer.send(ping);
    expect(await peer.next("pong")).toMatchObject({ correlation_id: "afterwards" });
    peer.close();
  });

  it("100 pings at once: a burst of pongs, one error, the rest dropped", async () => {
    const peer = await greeted();
    for (let count = 0; count < 100; count++) peer.send('{"type":"ping"}');
    const error = await peer.next("error");
    expect(error).toMatchObject({
      message: "Rate limit exceeded",
      code: "rate_limited",
      retry_after_ms: expect.any(Number),
    });
    expect(Number(error.retry_after_ms)).toBeGreaterThan(0);
    expect(Number(error.retry_after_ms)).toBeLessThanOrEqual(50);
    const isAnswered = (frame: Got): boolean => frame.correlation_id === "afterwards";
    const retry = setInterval(() => peer.send(ping), 60);
    await peer.next(isAnswered);
    clearInterval(retry);
    const pongs = peer.frames.filter((frame) => frame.type === "pong" && !isAnswered(frame)).length;
    expect(pongs).toBeGreaterThanOrEqual(40);
    expect(pongs).toBeLessThan(100);
    expect(peer.frames.filter(({ type }) => type === "error")).toHaveLength(1);
    peer.close();
  });
});

describe("a frame that ends the connection", () => {
  const rows: readonly [title: string, data: string | Buffer, code: number][] = [
    ["a binary frame", Buffer.from('{"type":"ping"}'), 1003],
    ["an object 10,000 levels deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, 1008],
    ["a frame over the hard cap", "x".repeat(1024 * 1024 + 1), 1009],
  ];
  it.each(rows)("%s", async (_title, data, code) => {
    const peer = await greeted();
    peer.send(data);
    expect((await peer.closed).code).toBe(code);
  });
});

describe("versions", () => {
  const rows: readonly [title: string, query: string, version: string][] = [
    ["a client that offers nothing speaks 1.0.0", "", "1.0.0"],
    ["the newest in common is spoken", "?contract_versions=9.0.0,1.1.0,1.0.0", "1.1.0"],
    ["an old client is spoken to in its version", "?contract_versions=1.0.0", "1.0.0"],
  ];
  it.each(rows)("%s", async (_title, query, version) => {
    const peer = await openPeer(server.webSocketUrl + query);
    expect(await peer.next("connection_established")).toMatchObject({
      contract_version: version,
      ...stamped,
    });
    expect(peer.frames[0]?.type).toBe("connection_established");
    peer.close();
  });

  it("nothing in common is an error and 4406", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?contract_versions=9.0.0`);
    expect(await peer.next("error")).toMatchObject({
      code: "unsupported_contract_version",
      message: expect.stringMatching(/^Unsupported contract version/),
      supported_versions: ["1.1.0", "1.0.0"],
    });
    expect((await peer.closed).code).toBe(4406);
  });

  it("a 1.0 client and a 1.1 client talk to one server at once, each in its version", async () => {
    const [old, current] = await Promise.all([
      openPeer(server.webSocketUrl),
      openPeer(server.webSocketUrl + newest),
    ]);
    const hello = [await old.next("connection_established"), await current.next("connection_established")];
    expect(Object.keys(hello[0] ?? {}).sort()).toEqual([
      "connection_id",
      "contract_version",
      "correlation_id",
      "server_time",
      "subscriptions",
      "timestamp",
      "type",
    ]);
    expect(hello[1]).toMatchObject({
      supported_versions: ["1.1.0", "1.0.0"],
      heartbeat_ms: 25_000,
      session: expect.any(String),
    });
    for (const peer of [old, current])
      peer.send('{"type":"authenticate","access_token":"t","correlation_id":"c"}');
    expect(await old.next("error")).toMatchObject({ message: "Unknown message type: authenticate" });
    expect(await old.next((frame) => frame.type === "system_update")).not.toHaveProperty("position");
    expect(await current.next("authenticated")).toMatchObject({ correlation_id: "c" });
    expect(await current.next((frame) => frame.type === "system_update")).toMatchObject({
      position: { epoch: expect.any(String), offset: expect.any(Number) },
    });
    expect(Object.keys(old.frames.find(({ type }) => type === "error") ?? {}).sort()).toEqual([
      "correlation_id",
      "message",
      "timestamp",
      "type",
    ]);
    old.close();
    current.close();
  });

  it("a resume is answered with what is kept: nothing", async () => {
    const peer = await greeted();
    peer.send('{"type":"subscribe","subscriptions":["tasks"],"resume":{"tasks":{"epoch":"e","offset":4}}}');
    expect(await peer.next("subscription_updated")).toMatchObject({
      recovered: { tasks: { complete: false, replayed: 0 } },
    });
    peer.close();
  });
});

describe("paths and topics", () => {
  const rows: readonly [path: string, want: readonly string[]][] = [
    ["dashboard", ["agents", "coordination", "project_index", "system", "tasks"]],
    ["dashboard?subscriptions=alerts,agents", ["agents", "alerts"]],
    ["dashboard?subscriptions=", []],
    ["agents", ["agents", "system"]],
    ["coordination", ["alerts", "coordination", "system"]],
    ["tasks", ["agents", "tasks"]],
    ["system", ["alerts", "system"]],
  ];
  it.each(rows)("/ws/%s starts with %j", async (path, want) => {
    const peer = await openPeer(
      server.webSocketUrl.replace("dashboard/ws/dashboard", `dashboard/ws/${path}`),
    );
    expect((await peer.next("connection_established")).subscriptions).toEqual(want);
    peer.close();
  });

  it("an unknown path is HTTP 404, a long URL 414", async () => {
    await expect(openPeer(server.webSocketUrl.replace("ws/dashboard", "ws/nope"))).rejects.toThrow(
      "HTTP 404",
    );
    await expect(openPeer(`${server.webSocketUrl}?x=${"x".repeat(9_000)}`)).rejects.toThrow("HTTP 414");
  });

  it("a connection id that a client proposes is ignored", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?connection_id=mine`);
    expect((await peer.next("connection_established")).connection_id).not.toBe("mine");
    peer.close();
  });
});

describe("data", () => {
  it.each([
    ["agent_status", { agents: [], summary: { total: 0 } }],
    ["coordination_metrics", { success_rate: expect.any(Number), trend: expect.any(String) }],
    ["system_health", { overall_status: expect.any(String), components: expect.any(Object) }],
  ])("request_data answers %s", async (data_type, data) => {
    const peer = await greeted();
    peer.send(JSON.stringify({ type: "request_data", data_type, correlation_id: "c" }));
    expect(await peer.next("data_response")).toMatchObject({ data_type, data, correlation_id: "c" });
    peer.close();
  });

  it("system_update tells this host's load", async () => {
    const peer = await greeted(`${newest}&subscriptions=system`);
    const { data } = await peer.next("system_update");
    expect(data).toMatchObject({ cpu: { cores: expect.any(Number) }, connections: expect.any(Number) });
    const { memory } = data as { memory: { process_rss_bytes: number; total_bytes: number } };
    expect(memory.process_rss_bytes).toBeGreaterThan(10_000_000);
    expect(memory.total_bytes).toBeGreaterThan(memory.process_rss_bytes);
    peer.close();
  });
});
