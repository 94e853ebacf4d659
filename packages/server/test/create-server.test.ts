import {
  type Converters,
  type ConvertFrame,
  convertBySlot,
  convertBySteps,
  dropFrame,
  removeMembers,
} from "@hivewire/protocol";
import { ServerError } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { chat } from "./support/chat.js";
import { createHarness } from "./support/harness.js";

const said = { type: "said", subscription: "room", data: { text: "hi" } } as const;
const newest = "contract_versions=1.1.0";

describe("the handshake", () => {
  it("sends connection_established first, also when a publish races it", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect(newest);
    await Promise.all([server.publish("room", said), settle()]);
    await server.publish("room", said);
    expect(client.types().slice(0, 1)).toEqual(["connection_established"]);
    expect(client.types()).toContain("said");
  });

  it("stops reading until it is done, and then answers what was read before", async () => {
    const { connect, settle, advance } = createHarness({ authenticate: async (token) => token });
    const client = connect("access_token=t");
    expect(client.paused).toBe(true);
    for (let count = 0; count < 60; count++) client.send({ type: "ping" });
    expect(client.types()).toEqual([]);
    await settle();
    expect(client.types()).toEqual(["connection_established", ...Array(40).fill("pong"), "error"]);
    expect(client.paused).toBe(true);
    await advance(2_000);
    expect(client.paused).toBe(false);
  });

  it("answers nothing of a client that is refused", async () => {
    const { connect, settle } = createHarness({ authenticate: async () => undefined });
    const client = connect();
    client.send({ type: "ping" });
    await settle();
    client.send({ type: "ping" });
    expect(client.types()).toEqual(["error"]);
  });

  const rows: readonly [
    title: string,
    query: string,
    types: readonly string[],
    version: string | undefined,
    code: number | undefined,
  ][] = [
    ["speaks 1.0.0 with a client that offers nothing", "", ["connection_established"], "1.0.0", undefined],
    [
      "speaks the newest in common",
      "contract_versions=3.0.0,1.1.0,1.0.0",
      ["connection_established"],
      "1.1.0",
      undefined,
    ],
    [
      "answers with the client's own name of a version whose patch number differs",
      "contract_versions=1.1.4",
      ["connection_established"],
      "1.1.4",
      undefined,
    ],
    ["closes with 4406 when nothing is in common", "contract_versions=3.0.0", ["error"], undefined, 4406],
    [
      "tells unknown topics after the first frame",
      "subscriptions=nope,room",
      ["connection_established", "error"],
      "1.0.0",
      undefined,
    ],
  ];
  it.each(rows)("%s", async (_title, query, types, version, code) => {
    const { connect, settle } = createHarness();
    const client = connect(query);
    await settle();
    expect(client.types()).toEqual(types);
    expect(client.frames[0]?.contract_version).toBe(version);
    expect(client.closed?.code).toBe(code);
  });

  it("names its versions when it closes with 4406", async () => {
    const { connect, settle } = createHarness();
    const client = connect("contract_versions=3.0.0");
    await settle();
    expect(client.last()).toMatchObject({
      code: "unsupported_contract_version",
      supported_versions: ["1.1.0", "1.0.0"],
    });
  });
});

describe("converters", () => {
  const louder = convertBySlot((frame: { data: { text: string } }) => ({
    ...frame,
    data: { text: frame.data.text.toUpperCase() },
  }));
  const broken = convertBySlot(() => {
    throw new TypeError("no");
  });
  const only = (messages: Readonly<Record<string, ConvertFrame>>): Converters => ({
    "1.0.0": { messages, patterns: [] },
  });

  it("make the frames of an older version, and leave those of the newest alone", async () => {
    const { server, connect, settle } = createHarness({ converters: only({ said: louder }) });
    const [old, current] = [connect(), connect(newest)];
    await settle();
    await server.publish("room", said);
    expect([old.last()?.data, current.last()?.data]).toEqual([{ text: "HI" }, { text: "hi" }]);
    expect([old.last()?.position, current.last()?.position]).toMatchObject([undefined, { offset: 1 }]);
  });

  it("make answers and errors, too", async () => {
    const short = convertBySteps(removeMembers([], ["hint", "pointer"]));
    const { connect, settle } = createHarness({ converters: only({ error: short }) });
    const [old, current] = [connect(), connect(newest)];
    await settle();
    for (const client of [old, current]) client.send({ type: "sa" });
    expect(old.last()).not.toHaveProperty("pointer");
    expect(current.last()).toMatchObject({ pointer: "/type", hint: expect.any(String) });
  });

  it("that throw are logged and counted once per frame; nobody else and nothing else suffers", async () => {
    const { server, connect, settle, lines } = createHarness({ converters: only({ said: broken }) });
    const [first, second, current] = [connect(), connect(), connect(newest)];
    await settle();
    await server.publish("room", said);
    for (const client of [first, second]) client.send({ type: "ping" });
    expect([first.types(), second.types()]).toEqual(Array(2).fill(["connection_established", "pong"]));
    expect(current.types()).toEqual(["connection_established", "said"]);
    expect(server.stats().counts.conversion_failures_total).toBe(1);
    expect(lines.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { type: "said", contract_version: "1.0.0" }, message: "a conversion failed" },
    ]);
  });

  it("send nothing where an older version has no such message", async () => {
    const { server, connect, settle } = createHarness({ converters: only({ said: dropFrame }) });
    const old = connect();
    await settle();
    await server.publish("room", said);
    expect(old.types()).toEqual(["connection_established"]);
    expect(server.stats().counts).toMatchObject({
      conversion_failures_total: 0,
      messages_send_failures_total: 0,
    });
  });
});

describe("publish", () => {
  it("reaches subscribers only, each in its version, in one order", async () => {
    const { server, connect, settle } = createHarness();
    const [old, current, other] = [connect(), connect(newest), connect("subscriptions=lobby")];
    await settle();
    const { reached } = await server.publish("room", said);
    await server.publish("room", said);
    expect(reached).toBe(2);
    expect(old.frames.slice(1).map(({ position }) => position)).toEqual([undefined, undefined]);
    expect(current.frames.slice(1).map(({ position }) => position)).toMatchObject([
      { offset: 1 },
      { offset: 2 },
    ]);
    expect(other.types()).toEqual(["connection_established"]);
    expect(old.last()?.correlation_id).toBe(current.last()?.correlation_id);
  });

  const rows: readonly [
    title: string,
    topic: string,
    frame: unknown,
    code: string,
    pointer: string | undefined,
  ][] = [
    ["a topic that the contract lacks", "nope", said, "unknown_topic", undefined],
    ["a frame that breaks the contract", "room", { ...said, data: {} }, "invalid_frame", "/data/text"],
    ["a frame of another topic", "lobby", said, "invalid_frame", "/subscription"],
    ["what is no frame", "room", "hi", "invalid_frame", "/type"],
    [
      "a frame that belongs to no topic",
      "room",
      { type: "members", names: [], subscription: "room" },
      "invalid_frame",
      "/subscription",
    ],
    ["what JSON cannot hold", "room", { ...said, data: { text: "hi", n: 1n } }, "invalid_frame", ""],
    [
      "what JSON makes something else of",
      "room",
      { ...said, data: { text: "hi", toJSON: () => 5 } },
      "invalid_frame",
      "/data/text",
    ],
  ];
  it.each(rows)("refuses %s and sends nothing", async (_title, topic, frame, code, pointer) => {
    const { server, connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    await expect(server.publishUnknown(topic, frame)).rejects.toMatchObject({
      name: "ServerError",
      code,
      pointer,
    });
    expect(client.types()).toEqual(["connection_established"]);
  });
});

describe("a refused publish", () => {
  it("takes no position: the next frame follows the one before", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    await server.publish("room", said);
    await expect(server.publishUnknown("room", { ...said, data: { text: 1n } })).rejects.toThrow(ServerError);
    await server.publish("room", said);
    expect(client.frames.slice(1)).toMatchObject([{ position: { offset: 1 } }, { position: { offset: 2 } }]);
  });
});

describe("handlers", () => {
  it("that answer after the end send nothing", async () => {
    let answer = (): void => {};
    const who = () =>
      new Promise<{ type: "members"; names: string[] }>((resolve) => {
        answer = () => resolve({ type: "members", names: [] });
      });
    const { connect, settle, server } = createHarness({}, { say: () => undefined, who });
    const client = connect(newest);
    await settle();
    client.send({ type: "who" });
    await settle();
    server.disconnect(String(client.frames[0]?.connection_id), "bye");
    const sent = server.stats().counts.messages_sent_total;
    answer();
    await settle();
    expect(client.types()).toEqual(["connection_established", "disconnect_notice"]);
    expect(server.stats().counts.messages_sent_total).toBe(sent);
  });

  it("answer under the request's correlation id", async () => {
    const { connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    client.send({ type: "who", correlation_id: "mine" });
    await settle();
    expect(client.last()).toMatchObject({ type: "members", names: ["ann"], correlation_id: "mine" });
  });

  const failing: readonly [title: string, who: () => never][] = [
    [
      "throw",
      () => {
        throw new Error("secret cause");
      },
    ],
    ["reject", (() => Promise.reject(new Error("secret cause"))) as () => never],
    ["break the contract", (() => ({ type: "members", names: "secret cause" })) as unknown as () => never],
    ["return no frame", (() => 5) as unknown as () => never],
  ];
  it.each(failing)("that %s are answered with internal, the cause only in the log", async (_title, who) => {
    const { connect, settle, lines, server } = createHarness({}, { say: () => undefined, who });
    const client = connect(newest);
    await settle();
    client.send({ type: "who", correlation_id: "mine" });
    await settle();
    expect(client.last()).toMatchObject({
      type: "error",
      message: "Internal error",
      code: "internal",
      correlation_id: "mine",
    });
    expect(JSON.stringify(client.frames)).not.toContain("secret");
    expect(lines.find(({ level }) => level === "error")?.fields).toMatchObject({
      correlation_id: "mine",
      type: "who",
    });
    expect(server.stats().counts.handler_failures_total).toBe(1);
  });
});

describe("credentials", () => {
  const options = {
    authenticate: async (token: string | undefined) => (token === "good" ? { admin: false } : undefined),
    authorizeTopic: (_identity: { readonly admin: boolean } | undefined, topic: string) => topic !== "lobby",
  };

  it.each([
    ["the query", "access_token=good", undefined],
    ["the header", "", "Bearer good"],
  ])("are taken from %s", async (_title, query, header) => {
    const { connect, settle } = createHarness(options);
    const client = connect(query, header);
    await settle();
    expect(client.types()).toEqual(["connection_established"]);
  });

  it.each(["", "access_token=bad"])("that are refused (%j) get an error and 4401", async (query) => {
    const { connect, settle, lines, server } = createHarness(options);
    const client = connect(query);
    await settle();
    expect(client.last()).toMatchObject({ type: "error", code: "unauthorized" });
    expect(client.closed?.code).toBe(4401);
    expect(JSON.stringify(lines)).not.toContain("bad");
    expect(server.stats().counts).toMatchObject({
      auth_denied_total: 1,
      connections_total: 0,
      disconnections_total: 0,
    });
  });

  it("that take too long are refused", async () => {
    const { connect, advance } = createHarness({ authenticate: () => new Promise<undefined>(() => {}) });
    const client = connect();
    await advance(5_000);
    expect(client.closed?.code).toBe(4401);
  });

  it("that nobody can judge cost a newcomer 1011, and a live connection nothing", async () => {
    let isDown = false;
    const { connect, settle, server, lines } = createHarness({
      authenticate: async (token) => {
        if (isDown) throw new TypeError("no keys");
        return token;
      },
    });
    const client = connect("access_token=good");
    await settle();
    isDown = true;
    const newcomer = connect("access_token=good");
    client.send({ type: "authenticate", access_token: "newer" });
    client.send({ type: "ping" });
    await settle();
    expect([newcomer.last()?.code, newcomer.closed?.code]).toEqual(["internal", 1011]);
    expect([client.types().slice(1), client.closed]).toEqual([["error", "pong"], undefined]);
    expect(server.stats().counts.auth_denied_total).toBe(0);
    expect(JSON.stringify(lines)).not.toMatch(/good|newer/);
  });

  it("withhold a topic", async () => {
    const { connect, settle } = createHarness(options);
    const client = connect("access_token=good&subscriptions=room,lobby");
    await settle();
    expect(client.frames).toMatchObject([{ subscriptions: ["room"] }, { code: "forbidden" }]);
  });

  it("that lose a topic in band have it withheld at once", async () => {
    let mayRead = true;
    const { server, connect, settle } = createHarness({
      authenticate: async (token) => token,
      authorizeTopic: () => mayRead,
    });
    const client = connect("access_token=t&contract_versions=1.1.0");
    await settle();
    mayRead = false;
    client.send({ type: "authenticate", access_token: "t" });
    await settle();
    await server.publish("room", said);
    expect(client.types()).toEqual(["connection_established", "authenticated", "error"]);
    expect(client.last()).toMatchObject({ code: "forbidden", message: "Forbidden: room" });
  });

  it("are denied a topic when the application throws, and the process goes on", async () => {
    const authorizeTopic = (): boolean => {
      throw new Error("database down");
    };
    const { connect, settle, lines } = createHarness({ authorizeTopic });
    const client = connect();
    await settle();
    client.send({ type: "subscribe", subscriptions: ["lobby"] });
    client.send({ type: "ping" });
    expect(client.types()).toEqual([
      "connection_established",
      "error",
      "error",
      "subscription_updated",
      "pong",
    ]);
    expect(lines.filter(({ level }) => level === "error")).not.toEqual([]);
    expect(JSON.stringify(client.frames)).not.toContain("database");
  });

  it("are refreshed in band, and a bad refresh ends the connection", async () => {
    const { connect, settle } = createHarness(options);
    const client = connect("access_token=good&contract_versions=1.1.0");
    await settle();
    client.send({ type: "authenticate", access_token: "good" });
    await settle();
    expect(client.last()?.type).toBe("authenticated");
    client.send({ type: "authenticate", access_token: "bad" });
    await settle();
    expect(client.last()).toMatchObject({ code: "unauthorized" });
    expect(client.closed?.code).toBe(4401);
  });
});

describe("a connection", () => {
  it("that does not read is closed with 4430 after a notice", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = 100_000;
    for (let count = 0; count < 5; count++) await server.publish("room", said);
    expect(client.types()).toEqual(["connection_established", "disconnect_notice"]);
    expect(client.last()).toMatchObject({ reason: "backpressure", code: 4430 });
    expect(client.closed?.code).toBe(4430);
    expect(server.stats()).toMatchObject({ subscriptions: { room: 0 }, counts: { disconnections_total: 1 } });
  });

  it("that is idle is closed with 4408 after a notice", async () => {
    const { connect, advance } = createHarness({ limits: { heartbeatMs: 3_600_000 } });
    const client = connect();
    await advance(599_000);
    expect(client.closed).toBeUndefined();
    await advance(2_000);
    expect(client.last()).toMatchObject({ reason: "idle_timeout" });
    expect(client.closed?.code).toBe(4408);
  });

  it("that answers no ping is closed with 4431", async () => {
    const { connect, advance } = createHarness();
    const [silent, alive] = [connect(), connect()];
    await advance(26_000);
    expect([silent.pings, alive.pings]).toEqual([1, 1]);
    alive.events.ponged();
    await advance(11_000);
    expect(silent.closed?.code).toBe(4431);
    expect(alive.closed).toBeUndefined();
  });

  it("can be disconnected by an administrator", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect();
    await settle();
    expect(server.disconnect(String(client.frames[0]?.connection_id), "maintenance")).toBe(true);
    expect(client.last()).toMatchObject({ reason: "maintenance" });
    expect(client.closed?.code).toBe(4409);
    expect(server.disconnect("nobody", "x")).toBe(false);
  });
});

describe("close", () => {
  it("tells everybody, closes with 1012, and waits until they are gone", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    let isDone = false;
    const closing = server.close().then(() => {
      isDone = true;
    });
    await settle();
    expect(client.last()).toMatchObject({ reason: "server_shutdown", code: 1012, reconnect_after_ms: 5_000 });
    expect(client.closed?.code).toBe(1012);
    expect(isDone).toBe(false);
    client.events.closed(1001);
    await closing;
    expect(server.stats().activeConnections).toBe(0);
    await expect(server.publish("room", said)).rejects.toMatchObject({ code: "server_closed" });
  });

  it("speaks each client's version to the last word", async () => {
    const { server, connect, settle } = createHarness({
      contract: {
        ...chat,
        messages: {
          ...chat.messages,
          disconnect_notice: {
            name: "N",
            sender: "server",
            added: { code: "1.1.0", reconnect_after_ms: "1.1.0" },
          },
        },
      },
    });
    const client = connect("contract_versions=1.0.0");
    await settle();
    void server.close();
    expect(client.last()).toEqual({
      type: "disconnect_notice",
      reason: "server_shutdown",
      timestamp: expect.any(String),
      correlation_id: expect.any(String),
    });
    client.events.closed(1001);
  });

  it("can be called again while it goes on", async () => {
    const { server, connect, settle } = createHarness();
    const client = connect();
    await settle();
    const both = Promise.all([server.close(), server.close()]);
    client.events.closed(1001);
    await both;
    await server.close();
    expect(client.types().filter((type) => type === "disconnect_notice")).toHaveLength(1);
  });

  it("drops who does not go in time", async () => {
    const { server, connect, advance, settle } = createHarness();
    const client = connect();
    await settle();
    const closing = server.close(1_000);
    await advance(1_000);
    await closing;
    expect(client.terminated).toBe(true);
  });

  it("turns newcomers away", async () => {
    const { server, connect, settle } = createHarness();
    await server.close();
    const client = connect();
    await settle();
    expect(client.closed?.code).toBe(1012);
    expect(client.types()).not.toContain("connection_established");
  });
});

describe("createServer", () => {
  it("refuses a contract that type does not discriminate", () => {
    const contract = { ...chat, discriminator: "event" };
    expect(() => createHarness({ contract })).toThrow(ServerError);
    expect(() => createHarness({ contract })).toThrow('told apart by "event"');
  });

  it("refuses a contract whose clients send what only a pattern recognises", () => {
    const contract = { ...chat, patterns: [{ name: "Any", sender: "client", pattern: "_x$" } as const] };
    expect(() => createHarness({ contract })).toThrow('clients send "Any", which only a pattern recognises');
  });
});
