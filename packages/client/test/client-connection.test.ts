import { ClientError, type ConnectionState, createClient } from "@hivewire/client";
import { describe, expect, it, vi } from "vitest";
import { chat } from "./support/chat.js";
import { settled } from "./support/fake-environment.js";
import { createBench } from "./support/fake-transport.js";

describe("createClient", () => {
  it("touches nothing until connect", () => {
    const schedule = vi.fn(() => () => {});
    const makeSocket = vi.fn();
    const client = createClient(chat, { url: "/ws", WebSocket: makeSocket, environment: { schedule } });
    expect(client.state.getSnapshot()).toEqual({ status: "idle" });
    expect(schedule).not.toHaveBeenCalled();
    expect(makeSocket).not.toHaveBeenCalled();
  });

  it("refuses a contract whose messages are told apart by something else", () => {
    const make = (): unknown => createClient({ ...chat, discriminator: "op" }, { url: "ws://chat.test" });
    expect(make).toThrow('[unsupported-contract] Failed to create a client for "chat"');
  });

  const wrong: readonly [name: string, options: object][] = [
    ["requestTimeoutMs", { requestTimeoutMs: 0 }],
    ["connectTimeoutMs", { connectTimeoutMs: 2 ** 31 }],
    ["reconnect.maxDelayMs", { reconnect: { maxDelayMs: Number.NaN } }],
  ];
  it.each(wrong)("names the wrong option %s", (name, options) => {
    expect(() => createClient(chat, { url: "ws://chat.test", ...options })).toThrow(
      `[invalid-option] Failed to set ${name}:`,
    );
  });
});

describe("connect", () => {
  it("passes through connecting and negotiating to ready", async () => {
    const { client, transport } = createBench();
    const seen: string[] = [];
    client.state.subscribe(() => seen.push(client.state.getSnapshot().status));
    const connected = client.connect();
    await settled();
    transport.open();
    expect(client.contractVersion).toBeUndefined();
    transport.receive({
      type: "connection_established",
      connection_id: "c7",
      contract_version: "2.0.0",
      subscriptions: [],
    });
    await connected;
    expect(seen).toEqual(["connecting", "negotiating", "ready"]);
    expect(client.state.getSnapshot()).toEqual({
      status: "ready",
      connectionId: "c7",
      contractVersion: "2.0.0",
    });
    expect(client.contractVersion).toBe("2.0.0");
  });

  it("keeps the snapshot's reference while nothing changes", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const snapshot = client.state.getSnapshot();
    transport.receive({ type: "pong" });
    expect(client.state.getSnapshot()).toBe(snapshot);
  });

  it("hands out state functions that work on their own", async () => {
    const { client } = createBench();
    const { subscribe, getSnapshot } = client.state;
    const listener = vi.fn();
    const stop = subscribe(listener);
    void client.connect();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(getSnapshot().status).toBe("connecting");
    stop();
    client.close();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("dials once for many calls", async () => {
    const { client, transport, ready } = createBench();
    void client.connect();
    await ready();
    await client.connect();
    expect(transport.dialled).toHaveLength(1);
  });

  it("takes a server that says no version for 1.0.0 and stops when it does not speak it", async () => {
    const { client, transport } = createBench();
    const connected = client.connect();
    await settled();
    transport.open();
    transport.receive({ type: "connection_established", connection_id: "c" });
    await expect(connected).rejects.toMatchObject({ code: "version-mismatch" });
    expect(transport.hangUps).toBe(1);
  });

  it("stops without a retry when the server closes with 4406", async () => {
    const { client, transport, environment } = createBench();
    const connected = client.connect();
    await settled();
    const errors: string[] = [];
    client.on("error", (frame) => {
      errors.push(frame.message);
    });
    transport.open();
    transport.receive({ type: "error", message: "Unsupported contract version" });
    transport.lose(4406);
    await expect(connected).rejects.toMatchObject({ code: "version-mismatch", closeCode: 4406 });
    expect(errors).toEqual(["Unsupported contract version"]);
    expect(environment.timers).toBe(0);
  });

  it("gives an attempt up when no connection_established comes in time", async () => {
    const { client, transport, environment } = createBench({ connectTimeoutMs: 3_000 });
    void client.connect();
    await settled();
    transport.open();
    environment.advance(3_000);
    expect(client.state.getSnapshot()).toMatchObject({
      status: "waiting",
      attempt: 1,
      cause: { code: "connect-timeout" },
    });
    expect(transport.hangUps).toBe(1);
  });

  it("times out while a provider hangs and asks it again", async () => {
    const accessToken = vi.fn(() => new Promise<string>(() => {}));
    const { client, environment } = createBench({ accessToken });
    void client.connect();
    environment.advance(10_000 + 2_500);
    expect(accessToken).toHaveBeenCalledTimes(2);
    expect(client.state.getSnapshot()).toEqual({ status: "connecting", attempt: 1 });
  });

  it("tries again after a provider rejected", async () => {
    const accessToken = vi.fn<() => Promise<string>>();
    accessToken.mockRejectedValueOnce(new Error("offline")).mockResolvedValue("t2");
    const { client, transport, environment } = createBench({ accessToken });
    void client.connect();
    await settled();
    expect(client.state.getSnapshot()).toMatchObject({
      status: "waiting",
      cause: { code: "provider-failed", cause: new Error("offline") },
    });
    environment.advance(2_500);
    await settled();
    expect(transport.dialled[0]?.searchParams.get("access_token")).toBe("t2");
  });

  it("ignores an attempt's late credentials once the attempt was given up", async () => {
    const answers: ((token: string) => void)[] = [];
    const accessToken = (): Promise<string> => new Promise((resolve) => answers.push(resolve));
    const { client, transport, environment } = createBench({ accessToken });
    void client.connect();
    environment.advance(10_000 + 2_500);
    answers[0]?.("late");
    answers[1]?.("fresh");
    await settled();
    expect(transport.dialled.map((url) => url.searchParams.get("access_token"))).toEqual(["fresh"]);
  });

  it("rejects with a clear sentence where there is no WebSocket", async () => {
    vi.stubGlobal("WebSocket", undefined);
    const client = createClient(chat, { url: "ws://chat.test" });
    await expect(client.connect()).rejects.toThrow(
      "[no-websocket] Failed to connect: this runtime has no WebSocket. Please pass one",
    );
    vi.unstubAllGlobals();
  });

  it("rejects with the cause when no socket can be made for the URL", async () => {
    const { client, transport } = createBench();
    const connected = client.connect();
    const insecure = new Error("mixed content");
    transport.refuse(insecure);
    await expect(connected).rejects.toMatchObject({ code: "invalid-url", cause: insecure });
  });
});

describe("reconnect", () => {
  it("waits, dials and resubscribes to exactly the current topics", async () => {
    const { client, transport, environment, ready } = createBench();
    client.subscribe("rooms", () => {});
    await ready({ subscriptions: ["rooms"] });
    transport.lose(1006);
    const waiting = client.state.getSnapshot();
    expect(waiting).toMatchObject({ status: "waiting", attempt: 1, cause: { closeCode: 1006 } });
    client.subscribe("people", () => {});
    environment.advance(2_500);
    await settled();
    expect(transport.dialled[1]?.searchParams.get("subscriptions")).toBe("rooms,people");
    transport.greet({ subscriptions: ["rooms", "people"] });
    expect(client.state.getSnapshot().status).toBe("ready");
    expect(transport.sent).toEqual([]);
  });

  it("widens the spread when a notice says so", async () => {
    const { client, transport, environment, ready } = createBench();
    await ready();
    transport.receive({ type: "disconnect_notice", reason: "restart", reconnect_after_ms: 60_000 });
    transport.lose(1012);
    expect(environment.nextMs).toBe(30_000);
    expect(client.state.getSnapshot()).toMatchObject({ untilMs: environment.now() + 30_000 });
  });

  it("fetches a token again after 4401 and stops at the second", async () => {
    const accessToken = vi.fn(() => `t${accessToken.mock.calls.length}`);
    const { client, transport, environment } = createBench({ accessToken });
    const connected = client.connect();
    await settled();
    transport.open();
    transport.lose(4401);
    environment.advance(5_000);
    await settled();
    expect(transport.dialled.map((url) => url.searchParams.get("access_token"))).toEqual(["t1", "t2"]);
    transport.open();
    transport.lose(4401);
    await expect(connected).rejects.toMatchObject({ code: "unauthorized", closeCode: 4401 });
    expect(environment.timers).toBe(0);
  });
});

describe("close", () => {
  const moments: readonly [
    title: string,
    reach: (bench: ReturnType<typeof createBench>) => Promise<unknown>,
  ][] = [
    ["idle", async () => {}],
    ["connecting", async ({ client }) => void client.connect()],
    [
      "negotiating",
      async ({ client, transport }) => {
        void client.connect();
        await settled();
        transport.open();
      },
    ],
    ["ready", ({ ready }) => ready()],
    [
      "waiting",
      async ({ ready, transport }) => {
        await ready();
        transport.lose(1006);
      },
    ],
  ];
  it.each(moments)("is final and leaves nothing behind while %s", async (status, reach) => {
    const bench = createBench();
    await reach(bench);
    const { client, transport, environment } = bench;
    expect(client.state.getSnapshot().status).toBe(status);
    const dials = transport.dialled.length;
    client.close();
    client.close();
    await settled();
    expect(client.state.getSnapshot()).toMatchObject({ status: "closed", cause: { code: "closed" } });
    expect(environment.timers).toBe(0);
    expect(transport.hangUps).toBe(1);
    transport.open();
    transport.lose(1006);
    environment.advance(100_000);
    await settled();
    expect(transport.dialled).toHaveLength(status === "connecting" ? 0 : dials);
    await expect(client.connect()).rejects.toMatchObject({ code: "closed" });
  });

  it("rejects pending requests", async () => {
    const { client, ready } = createBench();
    await ready();
    const reply = client.request("ping", {});
    client.close();
    await expect(reply).rejects.toBeInstanceOf(ClientError);
    await expect(reply).rejects.toMatchObject({ code: "closed" });
  });

  it("lets every listener hear of one change before the next", async () => {
    const { client } = createBench();
    const seen: string[] = [];
    client.state.subscribe(() => {
      seen.push("first");
      client.close();
    });
    client.state.subscribe(() => seen.push("second"));
    void client.connect();
    expect(seen).toEqual(["first", "second", "first", "second"]);
  });

  it("takes effect inside a state listener", async () => {
    const { client, transport, environment } = createBench();
    const seen: ConnectionState["status"][] = [];
    client.state.subscribe(() => {
      seen.push(client.state.getSnapshot().status);
      client.close();
      seen.push(client.state.getSnapshot().status);
    });
    await expect(client.connect()).rejects.toMatchObject({ code: "closed" });
    await settled();
    expect(seen).toEqual(["connecting", "closed", "closed", "closed"]);
    expect(transport.dialled).toEqual([]);
    expect(environment.timers).toBe(0);
  });
});
