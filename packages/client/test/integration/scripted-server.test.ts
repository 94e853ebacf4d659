import { once } from "node:events";
import type { Client, ClientOptions, ConnectionState, createClient } from "@hivewire/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { type ChatTypes, chat } from "../support/chat.js";
import { type Peer, ScriptedServer } from "../support/scripted-server.js";
import { clients as makers } from "../support/transports.js";

/** Reconnects without the spread, so that a test waits for events only. */
const atOnce = { firstSpreadMs: 0, minDelayMs: 0, maxDelayMs: 0 };

let make: typeof createClient;
let server: ScriptedServer;
const clients: Client<ChatTypes>[] = [];

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
});

function create(options: Partial<ClientOptions> = {}): Client<ChatTypes> {
  const client = make(chat, { url: server.url, WebSocket, reconnect: atOnce, ...options });
  clients.push(client);
  return client;
}

function reach<S extends ConnectionState["status"]>(
  client: Client<ChatTypes>,
  status: S,
): Promise<Extract<ConnectionState, { status: S }>> {
  return vi.waitUntil(
    () => {
      const state = client.state.getSnapshot();
      return state.status === status ? (state as Extract<ConnectionState, { status: S }>) : undefined;
    },
    { interval: 1, timeout: 10_000 },
  );
}

async function readyPair(options?: Partial<ClientOptions>): Promise<[Client<ChatTypes>, Peer]> {
  const client = create(options);
  const connected = client.connect();
  const peer = await server.accept();
  peer.greet();
  await connected;
  return [client, peer];
}

describe.each(makers)("a client on a real socket, on %s", (_name, maker) => {
  beforeEach(() => {
    make = maker;
  });

  it("offers its versions, its topics and its token, and is ready after the greeting only", async () => {
    const client = create({ accessToken: async () => "secret" });
    client.subscribe("rooms", () => {});
    const connected = client.connect();
    const peer = await server.accept();
    expect(Object.fromEntries(peer.query)).toEqual({
      contract_versions: "2.1.0,2.0.0",
      subscriptions: "rooms",
      access_token: "secret",
    });
    await reach(client, "negotiating");
    expect(client.send({ type: "say", room: "a", text: "early" })).toMatchObject({ status: "queued" });
    peer.greet({ contract_version: "2.0.0" });
    await connected;
    expect(client.contractVersion).toBe("2.0.0");
    expect(await peer.next()).toEqual({ type: "say", room: "a", text: "early" });
  });

  it("gets the reply to a request", async () => {
    const [client, peer] = await readyPair();
    const reply = client.request("get_history", { room: "a" });
    const { correlation_id } = await peer.next();
    peer.send({ type: "history", messages: ["x"], timestamp: "", correlation_id });
    expect(await reply).toMatchObject({ type: "history", messages: ["x"] });
  });

  it("comes back with exactly its current topics after the connection was cut", async () => {
    const [client, first] = await readyPair();
    const texts: string[] = [];
    const stopPeople = client.subscribe("people", () => {});
    client.subscribe("rooms", (frame) => {
      if (frame.type === "room_message") texts.push(frame.data.text);
    });
    expect(await first.next()).toEqual({ type: "subscribe", subscriptions: ["rooms", "people"] });
    stopPeople();
    first.socket.terminate();
    const second = await server.accept();
    expect(second.query.get("subscriptions")).toBe("rooms");
    second.greet();
    second.send({ type: "room_message", subscription: "rooms", data: { room: "a", text: "again" } });
    await vi.waitUntil(() => texts.length > 0, { interval: 1 });
    expect(texts).toEqual(["again"]);
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  it("survives twenty cuts in a row", async () => {
    const [client, first] = await readyPair();
    let peer = first;
    for (let cut = 0; cut < 20; cut++) {
      peer.socket.terminate();
      peer = await server.accept();
      peer.greet();
      await reach(client, "ready");
    }
    expect(server.connections).toBe(21);
  });

  it("sees 1006 for a cut and for a refused upgrade", async () => {
    const [client, peer] = await readyPair({ reconnect: { firstSpreadMs: 0, minDelayMs: 60_000 } });
    await server.stop();
    const cut = await vi.waitUntil(
      () => {
        const state = client.state.getSnapshot();
        return state.status === "waiting" && state.attempt === 2 ? state : undefined;
      },
      { interval: 1, timeout: 10_000 },
    );
    expect(peer.socket.readyState).toBe(WebSocket.CLOSED);
    expect(cut.cause).toMatchObject({ code: "connection-lost", closeCode: 1006 });
    client.close();
    server = await ScriptedServer.start();
  });

  it("connects once the server is up again", async () => {
    const { port } = server;
    const [client] = await readyPair();
    await server.stop();
    await reach(client, "waiting");
    server = await ScriptedServer.start(port);
    (await server.accept()).greet();
    await reach(client, "ready");
  });

  it("fetches a new token after 4401 and stops at the second one", async () => {
    const accessToken = vi.fn(() => `t${accessToken.mock.calls.length}`);
    const client = create({ accessToken });
    const connected = client.connect();
    for (const token of ["t1", "t2"]) {
      const peer = await server.accept();
      expect(peer.query.get("access_token")).toBe(token);
      peer.socket.close(4401);
    }
    await expect(connected).rejects.toMatchObject({ code: "unauthorized", closeCode: 4401 });
    expect(server.connections).toBe(2);
  });

  it("stops at 4406 with version-mismatch", async () => {
    const client = create();
    const connected = client.connect();
    const peer = await server.accept();
    peer.send({ type: "error", message: "Unsupported contract version", supported_versions: ["9.0.0"] });
    peer.socket.close(4406);
    await expect(connected).rejects.toMatchObject({ code: "version-mismatch", closeCode: 4406 });
    expect(client.state.getSnapshot()).toMatchObject({ status: "closed" });
    expect(server.connections).toBe(1);
  });

  it("gives up on a server that never greets and dials anew", async () => {
    const timers: { run: () => void; delayMs: number }[] = [];
    const schedule = (run: () => void, delayMs: number): (() => void) => {
      const timer = { run, delayMs };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    };
    const client = create({ connectTimeoutMs: 7_777, environment: { schedule } });
    void client.connect();
    const silent = await server.accept();
    await reach(client, "negotiating");
    const closed = once(silent.socket, "close");
    timers.find(({ delayMs }) => delayMs === 7_777)?.run();
    expect(client.state.getSnapshot()).toMatchObject({
      status: "waiting",
      cause: { code: "connect-timeout" },
    });
    await closed;
    timers.find(({ delayMs }) => delayMs === 0)?.run();
    (await server.accept()).greet();
    await reach(client, "ready");
  });

  it("outlives a token provider that rejects once", async () => {
    const accessToken = vi.fn<() => Promise<string>>();
    accessToken.mockRejectedValueOnce(new Error("offline")).mockResolvedValue("t2");
    const client = create({ accessToken });
    const connected = client.connect();
    const peer = await server.accept();
    expect(peer.query.get("access_token")).toBe("t2");
    peer.greet();
    await connected;
  });

  it("is closed for good while it connects, and the server sees no greeting answered", async () => {
    const client = create();
    const connected = client.connect();
    const peer = await server.accept();
    const closed = once(peer.socket, "close");
    client.close();
    await expect(connected).rejects.toMatchObject({ code: "closed" });
    await closed;
    expect(client.state.getSnapshot()).toMatchObject({ status: "closed", cause: { code: "closed" } });
    expect(server.connections).toBe(1);
  });

  it("closes with 1000", async () => {
    const [client, peer] = await readyPair();
    const closed = once(peer.socket, "close");
    client.close();
    expect((await closed)[0]).toBe(1000);
  });

  it("takes a binary frame for a fault and stays connected", async () => {
    const [client, peer] = await readyPair();
    const fault = new Promise((resolve) => client.onFault(resolve));
    peer.socket.send(Buffer.from([1, 2]));
    expect(await fault).toMatchObject({ code: "malformed-frame" });
    const reply = client.request("ping", {});
    peer.send({ type: "pong", correlation_id: (await peer.next()).correlation_id });
    expect(await reply).toMatchObject({ type: "pong" });
  });
});
