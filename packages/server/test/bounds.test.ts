import { describe, expect, it } from "vitest";
import { chat } from "./support/chat.js";
import { createHarness } from "./support/harness.js";

const said = { type: "said", subscription: "room", data: { text: "hi" } } as const;
const newest = "contract_versions=1.1.0";
const full = 70_000;

/** What `authenticate` returns. */
interface Guest {
  readonly name: string;
}

describe("a flooder", () => {
  it("is not read until its bucket is full again, and told once", async () => {
    const { connect, settle, advance, server } = createHarness();
    const client = connect(newest);
    await settle();
    for (let count = 0; count < 45; count++) client.send({ type: "ping" });
    expect([client.paused, client.types().filter((type) => type === "error")]).toEqual([true, ["error"]]);
    await advance(1_900);
    expect(client.paused).toBe(true);
    await advance(100);
    expect(client.paused).toBe(false);
    client.send({ type: "ping" });
    expect(client.last()?.type).toBe("pong");
    const { counts } = server.stats();
    expect([counts.read_pauses_total, counts.messages_dropped_rate_limit_total]).toEqual([1, 5]);
  });

  it("that does not read either is read again only when both are over", async () => {
    const { connect, settle, advance } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = full;
    for (let count = 0; count < 45; count++) client.send({ type: "ping" });
    await advance(2_500);
    expect(client.paused).toBe(true);
    client.waitingBytes = 0;
    client.events.drained();
    expect(client.paused).toBe(false);
  });

  it("is closed with 4429 at the 200th violation", async () => {
    const { connect, settle, server } = createHarness();
    const client = connect(newest);
    await settle();
    for (let count = 0; count < 239; count++) client.send({ type: "ping" });
    expect(client.closed).toBeUndefined();
    client.send({ type: "ping" });
    expect(client.closed?.code).toBe(4429);
    expect(server.stats().counts.rate_limit_disconnects_total).toBe(1);
  });

  it("pays for RFC 6455 pings, which are answered with their payload", async () => {
    const { connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    for (let count = 0; count < 60; count++) client.events.pinged(Buffer.from(`p${count}`));
    expect([client.pongs.length, client.pongs[0], client.types().at(-1)]).toEqual([40, "p0", "error"]);
  });

  it("of broken frames is closed with 4422", async () => {
    const { connect, settle } = createHarness({ limits: { invalidMessagesBeforeClose: 3 } });
    const client = connect(newest);
    await settle();
    for (const frame of ["x", "x", { type: "ping" }, "x", "x", "x"]) client.send(frame);
    expect(client.closed?.code).toBe(4422);
    expect(client.types().filter((type) => type === "error")).toHaveLength(5);
  });
});

describe("a connection that was hung up on", () => {
  it("is read no more when it flooded, and dropped after a second", async () => {
    const { connect, settle, advance } = createHarness();
    const client = connect(newest);
    await settle();
    for (let count = 0; count < 240; count++) client.send({ type: "ping" });
    expect(client.closed).toMatchObject({ code: 4429, isLast: true });
    expect([client.paused, client.terminated]).toEqual([true, false]);
    await advance(1_000);
    expect(client.terminated).toBe(true);
  });

  it("is read to its own close frame otherwise, but not for ever", async () => {
    const { connect, settle, server, advance } = createHarness();
    const client = connect(newest);
    await settle();
    server.disconnect(String(client.frames[0]?.connection_id), "bye");
    expect([client.closed?.isLast, client.paused]).toEqual([false, false]);
    for (let count = 0; count < 64; count++) client.send({ type: "ping" });
    expect([client.paused, client.last()?.type]).toEqual([true, "disconnect_notice"]);
    await advance(5_000);
    expect(client.terminated).toBe(true);
  });

  it("is dropped at once when it answered no ping", async () => {
    const { connect, settle, advance } = createHarness();
    const client = connect(newest);
    await settle();
    await advance(37_000);
    expect([client.closed?.code, client.terminated]).toEqual([4431, true]);
  });

  it("leaves no timer once it is gone", async () => {
    const { connect, settle, server, advance } = createHarness();
    const client = connect(newest);
    await settle();
    server.disconnect(String(client.frames[0]?.connection_id), "bye");
    client.events.closed(4409);
    await advance(6_000);
    expect(client.terminated).toBe(false);
  });
});

describe("a client that does not read", () => {
  it("is not read while its answers wait, and loses none of them", async () => {
    const { connect, settle } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = full;
    client.send({ type: "ping" });
    expect([client.paused, client.last()?.type]).toEqual([true, "pong"]);
    client.waitingBytes = 0;
    client.events.drained();
    expect(client.paused).toBe(false);
  });

  it("is closed with 4430 when nothing drains for as long as a pong may take", async () => {
    const { connect, settle, advance } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = full;
    client.send({ type: "ping" });
    await advance(9_000);
    expect(client.closed).toBeUndefined();
    await advance(3_000);
    expect([client.last()?.reason, client.closed?.code]).toEqual(["backpressure", 4430]);
  });

  it("is closed with 4430 over the hard bound", async () => {
    const { connect, settle, server } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = 1_100_000;
    await server.publish("room", said);
    await settle();
    expect(client.closed?.code).toBe(4430);
  });

  it("is read again although its socket never told that it drained", async () => {
    const { connect, settle, advance } = createHarness();
    const client = connect(newest);
    await settle();
    client.waitingBytes = full;
    client.send({ type: "ping" });
    client.waitingBytes = 0;
    await advance(1_000);
    expect(client.paused).toBe(false);
  });

  it("gets the newest of frames that replace each other, when it reads again", async () => {
    const contract = {
      ...chat,
      messages: { ...chat.messages, said: { ...chat.messages.said, coalesce: "/data/text" } },
    } as typeof chat;
    const { connect, settle, server } = createHarness({ contract });
    const client = connect(newest);
    await settle();
    client.waitingBytes = full;
    for (const text of ["a", "b", "a", "a", "b", "a", "a"]) {
      await server.publish("room", { ...said, data: { text } });
      await settle();
    }
    expect([client.closed, client.types()]).toEqual([undefined, ["connection_established"]]);
    client.waitingBytes = 0;
    client.events.drained();
    expect(client.frames.slice(1).map(({ data, position }) => ({ data, position }))).toMatchObject([
      { data: { text: "b" }, position: { offset: 5 } },
      { data: { text: "a" }, position: { offset: 7 } },
    ]);
    expect(server.stats().counts.messages_coalesced_total).toBe(5);
  });

  it("does not keep frames from others", async () => {
    const { connect, settle, server } = createHarness();
    const [slow, other] = [connect(newest), connect(newest)];
    await settle();
    slow.waitingBytes = full;
    for (let count = 0; count < 6; count++) {
      await server.publish("room", said);
      await settle();
    }
    expect(slow.closed?.code).toBe(4430);
    expect(other.types().filter((type) => type === "said")).toHaveLength(6);
    expect(server.stats().subscriptions.room).toBe(1);
  });
});

describe("credentials", () => {
  const create = (limits = {}) =>
    createHarness<Guest>({
      limits,
      authenticate: (name) => (name === undefined ? undefined : { name }),
      credentialKey: ({ name }) => name,
    });

  it("are counted: one connection too many is closed with 4429", async () => {
    const { connect, settle, server } = create({ maxConnectionsPerCredential: 1 });
    const [first, second, other] = [
      connect("access_token=ann"),
      connect("access_token=ann"),
      connect("access_token=bob"),
    ];
    await settle();
    expect([first.closed, second.closed?.code, other.closed]).toEqual([undefined, 4429, undefined]);
    expect(second.types()).toEqual(["error"]);
    expect(server.stats().counts.connections_refused_total).toBe(1);
    first.events.closed(1000);
    const again = connect("access_token=ann");
    await settle();
    expect(again.closed).toBeUndefined();
  });
});

describe("credentials that end", () => {
  const create = () => {
    const start = Date.UTC(2026, 0, 1);
    return createHarness<number>({
      authenticate: (token) => (token === undefined ? undefined : start + Number(token)),
      credentialsExpireAt: (endsAt) => endsAt,
    });
  };

  it("close the connection with 4401, and are told before", async () => {
    const { connect, settle, advance } = create();
    const client = connect(`${newest}&access_token=30000`);
    await settle();
    expect(client.frames[0]).toMatchObject({ expires_at: "2026-01-01T00:00:30.000Z" });
    await advance(29_000);
    expect(client.closed).toBeUndefined();
    await advance(2_000);
    expect(client.last()).toMatchObject({
      code: "unauthorized",
      message: "Unauthorized: the credentials expired",
    });
    expect(client.closed?.code).toBe(4401);
  });

  it("are replaced in band, without a reconnect", async () => {
    const { connect, settle, advance } = create();
    const client = connect(`${newest}&access_token=30000`);
    await settle();
    await advance(20_000);
    client.send({ type: "authenticate", access_token: "90000" });
    await settle();
    expect(client.last()).toMatchObject({ type: "authenticated", expires_at: "2026-01-01T00:01:30.000Z" });
    await advance(12_000);
    expect(client.closed).toBeUndefined();
  });
});

describe("limits", () => {
  it("change for live connections", async () => {
    const { connect, settle, server } = createHarness();
    const client = connect(newest);
    await settle();
    expect(server.changeLimits({ maxMessageBytes: 1_024 }).maxMessageBytes).toBe(1_024);
    client.send({ type: "say", text: "x".repeat(2_000) });
    expect(client.last()?.code).toBe("message_too_large");
    expect(server.limits.maxMessageBytes).toBe(1_024);
  });

  it("stay as they are when one of them is out of range", () => {
    const { server } = createHarness();
    expect(() => server.changeLimits({ maxMessageBytes: 2_048, rateBurst: 0 })).toThrow("[invalid_limit]");
    expect(server.limits.maxMessageBytes).toBe(65_536);
  });
});

describe("figures", () => {
  it("of connections tell what each of them does", async () => {
    const { connect, settle, advance, server } = createHarness();
    const client = connect(newest);
    await settle();
    await advance(25_100);
    client.events.ponged();
    client.send({ type: "ping" });
    expect(server.connections()).toMatchObject([
      {
        contractVersion: "1.1.0",
        ageMs: 25_100,
        topics: ["room"],
        tokensLeft: 39,
        isPaused: false,
        queueBytes: 0,
        sendFailures: 0,
        latencyMs: expect.any(Number),
      },
    ]);
  });

  it("reconcile after valid, invalid, dropped and undelivered frames", async () => {
    const { connect, settle, advance, server } = createHarness();
    const [client, slow, gone] = [connect(newest), connect(newest), connect(newest)];
    await settle();
    for (let count = 0; count < 60; count++) client.send(count % 3 === 0 ? "x" : { type: "ping" });
    client.events.pinged(Buffer.from("p"));
    client.events.message(null, 3);
    slow.waitingBytes = full;
    for (let count = 0; count < 7; count++) {
      await server.publish("room", said);
      await settle();
    }
    gone.events.closed(1006);
    await advance(60_000);
    const { counts, gauges, activeConnections } = server.stats();
    expect(counts.messages_received_total).toBe(
      counts.messages_handled_total +
        counts.messages_dropped_rate_limit_total +
        counts.messages_invalid_total,
    );
    expect(counts.messages_attempted_total).toBe(
      counts.messages_sent_total + counts.messages_send_failures_total + counts.messages_coalesced_total,
    );
    expect(activeConnections).toBe(counts.connections_total - counts.disconnections_total);
    expect([counts.connections_total, gauges.connections_active]).toEqual([3, activeConnections]);
    expect(counts.messages_send_failures_total).toBe(5);
  });
});

describe("the log", () => {
  it("says of each refused frame what is wrong with it, and not what was in it", async () => {
    const { connect, settle, lines } = createHarness();
    const client = connect(newest);
    await settle();
    client.send({ type: "say", text: 5, correlation_id: "mine", subscription: "room" });
    expect(lines.at(-1)).toEqual({
      level: "warn",
      message: "a frame was refused",
      fields: {
        code: "invalid_message",
        correlation_id: "mine",
        type: "say",
        subscription: "room",
        pointer: "/text",
        connection_id: client.frames[0]?.connection_id,
      },
    });
  });
});
