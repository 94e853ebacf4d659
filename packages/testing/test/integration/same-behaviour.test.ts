import { type Client, createClient } from "@hivewire/client";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Backend, backends } from "../support/backends.js";
import { openPeer, type Peer } from "../support/peer.js";

const newest = { contract_versions: "1.1.0,1.0.0", subscriptions: "" };

describe.each(backends)("$name", ({ start }) => {
  let backend: Backend;
  const cleanups: (() => void)[] = [];

  beforeEach(async () => {
    backend = await start();
  });
  afterEach(async () => {
    for (const clean of cleanups.splice(0)) clean();
    await backend.close();
  });

  function open(query: Readonly<Record<string, string>> = newest): Peer {
    const peer = openPeer(backend.url, query);
    cleanups.push(peer.close);
    return peer;
  }

  async function greeted(query?: Readonly<Record<string, string>>): Promise<Peer> {
    const peer = open(query);
    await peer.next();
    return peer;
  }

  async function connect(): Promise<Client<DashboardTypes>> {
    const client = createClient(contract, { url: backend.url });
    cleanups.push(() => client.close());
    await client.connect();
    return client;
  }

  const publishTask = (id: string): Promise<void> =>
    backend.publish("tasks", "task_update", { tasks: [{ id, title: id, status: "running" }] });

  it("greets first, with what the connection is", async () => {
    const peer = open({ contract_versions: "1.1.0", subscriptions: "tasks,nonsense" });
    expect(await peer.nextPlain()).toEqual({
      type: "connection_established",
      connection_id: expect.any(String),
      subscriptions: ["tasks"],
      server_time: expect.stringMatching(/Z$/),
      contract_version: "1.1.0",
      supported_versions: ["1.1.0", "1.0.0"],
      heartbeat_ms: 25_000,
      session: expect.any(String),
      positions: { tasks: { epoch: expect.any(String), offset: 0 } },
    });
    expect(await peer.nextPlain()).toMatchObject({ type: "error", code: "invalid_subscription" });
  });

  it("answers a typed request with its reply, and refuses a wrong one", async () => {
    const client = await connect();
    const health = await client.request("request_data", { data_type: "system_health" });
    expect(health).toMatchObject({ type: "data_response", data: { overall_status: "healthy" } });
    const unknown = await client.request("request_data", { data_type: "weather" });
    expect(unknown).toMatchObject({ type: "data_error", error: "Unknown data type: weather" });
    await expect(client.request("request_data", { data_type: "x".repeat(129) })).rejects.toMatchObject({
      code: "request-refused",
      server: { code: "invalid_message", pointer: "/data_type" },
    });
  });

  it("sends a topic's frames to its subscribers, stamped and numbered from 1", async () => {
    const [subscriber, other] = [await greeted(), await greeted()];
    subscriber.send({ type: "subscribe", subscriptions: ["tasks"] });
    expect(await subscriber.nextPlain()).toEqual({
      type: "subscription_updated",
      subscriptions: ["tasks"],
      positions: { tasks: { epoch: expect.any(String), offset: 0 } },
    });
    await publishTask("a");
    await publishTask("b");
    const offsets = [await subscriber.next(), await subscriber.next()].map(({ position }) => position);
    expect(offsets).toEqual([1, 2].map((offset) => ({ epoch: expect.any(String), offset })));
    subscriber.send({ type: "unsubscribe", subscriptions: ["tasks"] });
    expect(await subscriber.nextPlain()).toEqual({ type: "subscription_updated", subscriptions: [] });
    other.send({ type: "ping", correlation_id: "only this" });
    expect(await other.next()).toMatchObject({ type: "pong", correlation_id: "only this" });
  });

  const refused: readonly {
    readonly title: string;
    readonly send: string | object;
    readonly want: object;
  }[] = [
    {
      title: "what is no JSON",
      send: "nonsense",
      want: { code: "invalid_json", message: "Invalid JSON message format" },
    },
    { title: "what is no object", send: "[1]", want: { code: "invalid_json" } },
    {
      title: "a type that is nearly one",
      send: { type: "subscribed", correlation_id: "c" },
      want: {
        code: "unknown_message_type",
        message: "Unknown message type: subscribed",
        pointer: "/type",
        hint: 'did you mean "subscribe"?',
        correlation_id: "c",
      },
    },
    {
      title: "a type of the server",
      send: { type: "agent_update" },
      want: { code: "unknown_message_type" },
    },
    {
      title: "no type",
      send: {},
      want: { code: "invalid_message", message: "Invalid message: /type is missing", pointer: "/type" },
    },
    {
      title: "a missing field",
      send: { type: "subscribe", correlation_id: "c" },
      want: { code: "invalid_message", pointer: "/subscriptions", correlation_id: "c" },
    },
    {
      title: "a wrong position",
      send: { type: "subscribe", subscriptions: [], resume: { tasks: { epoch: "e" } } },
      want: { code: "invalid_message", pointer: "/resume/tasks/offset" },
    },
    {
      title: "too large a frame",
      send: { type: "ping", correlation_id: "x".repeat(65_536) },
      want: { code: "message_too_large", hint: "send at most 65536 bytes" },
    },
    {
      title: "too many topics",
      send: { type: "subscribe", subscriptions: Array.from({ length: 11 }, (_, index) => `t${index}`) },
      want: { code: "too_many_subscriptions", hint: "at most 10 topics per connection" },
    },
  ];
  it.each(refused)("refuses $title and stays open", async ({ send, want }) => {
    const peer = await greeted();
    peer.send(send);
    expect(await peer.next()).toMatchObject({ type: "error", ...want });
    peer.send({ type: "ping" });
    expect(await peer.next()).toMatchObject({ type: "pong" });
  });

  it("lists unknown topics in one error, and takes the others", async () => {
    const peer = await greeted();
    peer.send({ type: "subscribe", subscriptions: ["zebras", "tasks", "apes"] });
    expect(await peer.nextPlain()).toEqual({
      type: "error",
      message: "Invalid subscription(s): apes, zebras",
      code: "invalid_subscription",
      pointer: "/subscriptions",
      hint: "use agents, coordination, tasks, system, alerts, project_index",
    });
    expect(await peer.next()).toMatchObject({ type: "subscription_updated", subscriptions: ["tasks"] });
  });

  it("closes on a binary frame with 1003", async () => {
    const peer = await greeted();
    peer.send(new Uint8Array([1]));
    expect(await peer.closed).toBe(1003);
  });

  const negotiated = [
    { title: "the newest in common", offer: { contract_versions: "1.0.0,1.1.0" }, want: "1.1.0" },
    { title: "the older one when it is all there is", offer: { contract_versions: "1.0.0" }, want: "1.0.0" },
    { title: "the client's name of a patch", offer: { contract_versions: "1.1.7" }, want: "1.1.7" },
    { title: "the oldest without an offer", offer: {}, want: "1.0.0" },
  ];
  it.each(negotiated)("speaks $title", async ({ offer, want }) => {
    expect(await open(offer).next()).toMatchObject({ contract_version: want });
  });

  it("tells a client without a common version, then closes with 4406", async () => {
    const peer = open({ contract_versions: "9.0.0" });
    expect(await peer.nextPlain()).toEqual({
      type: "error",
      message: "Unsupported contract version: this server speaks 1.1.0, 1.0.0",
      code: "unsupported_contract_version",
      supported_versions: ["1.1.0", "1.0.0"],
    });
    expect(await peer.closed).toBe(4406);
  });

  it("leaves out what an older version has not, and knows no later messages", async () => {
    const peer = await greeted({ contract_versions: "1.0.0", subscriptions: "tasks" });
    await publishTask("a");
    expect(await peer.next()).not.toHaveProperty("position");
    peer.send({ type: "authenticate", access_token: "t" });
    const error = await peer.nextPlain();
    expect(error).toEqual({ type: "error", message: "Unknown message type: authenticate" });
  });

  it("takes credentials in band", async () => {
    const peer = await greeted();
    peer.send({ type: "authenticate", access_token: "t", correlation_id: "c" });
    expect(await peer.next()).toMatchObject({ type: "authenticated", correlation_id: "c" });
  });

  it("replays what was missed, in order, before what follows", async () => {
    const first = await greeted({ ...newest, subscriptions: "tasks" });
    await publishTask("a");
    const { position } = await first.next();
    first.close();
    await first.closed;
    await publishTask("b");
    await publishTask("c");
    const second = await greeted();
    second.send({ type: "subscribe", subscriptions: ["tasks"], resume: { tasks: position } });
    expect(await second.nextPlain()).toEqual({
      type: "subscription_updated",
      subscriptions: ["tasks"],
      recovered: { tasks: { complete: true, replayed: 2 } },
    });
    await publishTask("d");
    const frames = [await second.next(), await second.next(), await second.next()];
    expect(frames).toMatchObject(
      ["b", "c", "d"].map((id, index) => ({ data: { tasks: [{ id }] }, position: { offset: index + 2 } })),
    );
  });

  it("says that frames are missing for a position of another epoch", async () => {
    await publishTask("a");
    const peer = await greeted();
    const resume = { tasks: { epoch: "another", offset: 1 } };
    peer.send({ type: "subscribe", subscriptions: ["tasks"], resume });
    expect(await peer.next()).toMatchObject({ recovered: { tasks: { complete: false, replayed: 1 } } });
    expect(await peer.next()).toMatchObject({ data: { tasks: [{ id: "a" }] }, position: { offset: 1 } });
  });

  it("ends one connection with 4409, and no other", async () => {
    const peer = open();
    const { connection_id } = await peer.next();
    const other = await greeted();
    await backend.disconnect(String(connection_id));
    expect(await peer.nextPlain()).toEqual({ type: "disconnect_notice", reason: "test", code: 4409 });
    expect(await peer.closed).toBe(4409);
    other.send({ type: "ping" });
    expect(await other.next()).toMatchObject({ type: "pong" });
  });
});
