import type { ClientError } from "@hivewire/client";
import { describe, expect, it, vi } from "vitest";
import { settled } from "./support/fake-environment.js";
import { createBench } from "./support/fake-transport.js";

/** Timers of a client that is ready and has nothing else to wait for. */
const onlyHeartbeat = 1;

const stamped = { timestamp: "2026-01-01T00:00:00.000Z", correlation_id: "s1" };
const roomMessage = {
  type: "room_message",
  subscription: "rooms",
  data: { room: "a", text: "hi" },
  ...stamped,
};

describe("subscribe", () => {
  it("shares one subscription among the handlers of a topic", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const [first, second] = [vi.fn(), vi.fn()];
    const stopFirst = client.subscribe("rooms", first);
    const stopSecond = client.subscribe("rooms", second);
    await settled();
    transport.receive(roomMessage);
    expect(first).toHaveBeenCalledExactlyOnceWith(roomMessage);
    expect(second).toHaveBeenCalledExactlyOnceWith(roomMessage);
    stopFirst();
    stopFirst();
    await settled();
    expect(transport.sent).toEqual([{ type: "subscribe", subscriptions: ["rooms"] }]);
    stopSecond();
    await settled();
    expect(transport.sent.slice(1)).toEqual([{ type: "unsubscribe", subscriptions: ["rooms"] }]);
  });

  it("sends the changes of one turn as one frame and nothing for those that cancel out", async () => {
    const { client, transport, ready } = createBench();
    const stop = client.subscribe("rooms", () => {});
    await ready({ subscriptions: ["rooms"] });
    stop();
    client.subscribe("rooms", () => {});
    await settled();
    expect(transport.sent).toEqual([]);
  });

  it("gives up topics that the server took by default", async () => {
    const { client, transport, ready } = createBench();
    client.subscribe("people", () => {});
    await ready({ subscriptions: ["rooms"] });
    expect(transport.dialled[0]?.searchParams.get("subscriptions")).toBe("people");
    expect(transport.sent).toEqual([
      { type: "unsubscribe", subscriptions: ["rooms"] },
      { type: "subscribe", subscriptions: ["people"] },
    ]);
  });

  it("refuses a topic that the contract does not have", () => {
    const { client } = createBench();
    // @ts-expect-error: no such topic
    expect(() => client.subscribe("nowhere", () => {})).toThrow(
      '[unknown-topic] Failed to subscribe to "nowhere": the contract has no such topic. Please use one of rooms, people.',
    );
  });

  it("takes the topic from the contract when the frame names none", async () => {
    const { client, transport, ready } = createBench();
    const handler = vi.fn();
    client.subscribe("rooms", handler);
    await ready();
    transport.receive({ type: "room_message", data: { room: "a", text: "hi" } });
    expect(handler).toHaveBeenCalledTimes(1);
  });
});

describe("handlers", () => {
  it("get frames in the order of arrival, by type, by pattern and by topic", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const seen: string[] = [];
    client.onFrame((frame) => seen.push(`every ${frame.type}`));
    client.on("weather_update", (frame) => seen.push(`type ${frame.type}`));
    client.on("room_message", (frame) => seen.push(`type ${frame.type}`));
    client.subscribe("rooms", (frame) => seen.push(`topic ${frame.type}`));
    transport.receive({ type: "weather_update", subscription: "rooms", data: {} });
    transport.receive(roomMessage);
    expect(seen).toEqual([
      "every weather_update",
      "type weather_update",
      "topic weather_update",
      "every room_message",
      "type room_message",
      "topic room_message",
    ]);
  });

  it("see nothing that the contract does not let a server send", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const handler = vi.fn();
    client.subscribe("rooms", handler);
    client.onFrame(handler);
    for (const type of ["say", "unheard_of", "constructor", "__proto__"]) {
      transport.receive({ type, subscription: "rooms" });
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it("never starve the next one, and what they throw is reported", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const faults: ClientError[] = [];
    client.onFault((fault) => faults.push(fault));
    const next = vi.fn();
    client.on("room_message", () => {
      throw new Error("first");
    });
    client.on("room_message", async () => {
      throw new Error("second");
    });
    client.on("room_message", next);
    transport.receive(roomMessage);
    transport.receive(roomMessage);
    await settled();
    expect(next).toHaveBeenCalledTimes(2);
    expect(faults.map(({ code }) => code)).toEqual(Array(4).fill("handler-failed"));
    expect(faults.map(({ cause }) => cause)).toContainEqual(new Error("second"));
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  it("are not called any more once one before them removed them", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const second = vi.fn();
    client.on("room_message", () => stopSecond());
    const stopSecond = client.on("room_message", second);
    transport.receive(roomMessage);
    expect(second).not.toHaveBeenCalled();
  });
});

describe("faults", () => {
  it("go to the console while nobody listens", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { transport, ready } = createBench();
    await ready();
    transport.receive("not-json");
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "malformed-frame" }));
    log.mockRestore();
  });

  it("tell of a frame before connection_established, which no handler sees", async () => {
    const { client, transport } = createBench();
    const [fault, handler] = [vi.fn(), vi.fn()];
    client.onFault(fault);
    client.subscribe("rooms", handler);
    void client.connect();
    await settled();
    transport.open();
    transport.receive(roomMessage);
    expect(fault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "early-frame" }));
    expect(handler).not.toHaveBeenCalled();
    expect(client.state.getSnapshot().status).toBe("negotiating");
  });
});

describe("request", () => {
  it("resolves with the reply of its correlation_id", async () => {
    const { client, transport, environment, ready } = createBench();
    await ready();
    const first = client.request("get_history", { room: "a" });
    const second = client.request("get_history", { room: "b", limit: 3 });
    expect(transport.sent).toEqual([
      { type: "get_history", room: "a", correlation_id: "id-1" },
      { type: "get_history", room: "b", limit: 3, correlation_id: "id-2" },
    ]);
    transport.receive({ type: "no_history", reason: "new", correlation_id: "id-2" });
    transport.receive({ type: "history", messages: ["x"], correlation_id: "id-1" });
    expect(await first).toMatchObject({ type: "history", messages: ["x"] });
    expect(await second).toMatchObject({ type: "no_history", reason: "new" });
    expect(environment.timers).toBe(onlyHeartbeat);
  });

  it("is not answered by a frame that is none of its replies", async () => {
    const { client, transport, environment, ready } = createBench();
    await ready();
    const reply = client.request("ping", {}, { timeoutMs: 50 });
    transport.receive({ type: "history", messages: [], correlation_id: "id-1" });
    environment.advance(50);
    await expect(reply).rejects.toMatchObject({ code: "request-timeout" });
  });

  it("rejects with the server's own words on an error frame", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const reply = client.request("get_history", { room: "a" });
    transport.receive({
      type: "error",
      message: "Invalid message",
      code: "invalid_message",
      pointer: "/room",
      hint: "use a longer name",
      correlation_id: "id-1",
    });
    await expect(reply).rejects.toMatchObject({
      code: "request-refused",
      message:
        '[request-refused] Failed to get a reply to "get_history": Invalid message. Please use a longer name.',
      server: { code: "invalid_message", pointer: "/room", hint: "use a longer name" },
    });
  });

  it("times out after the client's bound", async () => {
    const { client, environment, ready } = createBench({ requestTimeoutMs: 400 });
    await ready();
    const reply = client.request("ping", {});
    environment.advance(399);
    expect(environment.timers).toBe(onlyHeartbeat + 1);
    environment.advance(1);
    await expect(reply).rejects.toMatchObject({ code: "request-timeout" });
  });

  it("is aborted by its signal, before and after it was sent", async () => {
    const { client, transport, environment, ready } = createBench();
    await ready();
    const early = AbortSignal.abort("gone");
    await expect(client.request("ping", {}, { signal: early })).rejects.toMatchObject({
      code: "aborted",
      cause: "gone",
    });
    expect(transport.sent).toEqual([]);
    const controller = new AbortController();
    const reply = client.request("ping", {}, { signal: controller.signal });
    controller.abort();
    await expect(reply).rejects.toMatchObject({ code: "aborted" });
    expect(environment.timers).toBe(onlyHeartbeat);
  });

  it("rejects when the connection dies", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const reply = client.request("ping", {});
    transport.lose(1006);
    await expect(reply).rejects.toMatchObject({ code: "connection-lost", closeCode: 1006 });
  });

  it("rejects when the connection dies after the server had read it", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    const slow = client.request("get_history", { room: "a" });
    const quick = client.request("ping", {});
    transport.receive({ type: "pong", correlation_id: "id-2" });
    await quick;
    transport.lose(1006);
    await expect(slow).rejects.toMatchObject({ code: "connection-lost" });
  });

  it("waits for the connection within its time, or is refused at once when it may not wait", async () => {
    const { client, transport, environment, ready } = createBench();
    await expect(client.request("ping", {}, { queue: false })).rejects.toMatchObject({ code: "not-ready" });
    expect(environment.timers).toBe(0);
    const reply = client.request("ping", {});
    await ready();
    expect(transport.sent).toEqual([{ type: "ping", correlation_id: "id-2" }]);
    transport.receive({ type: "pong", correlation_id: "id-2" });
    expect(await reply).toMatchObject({ type: "pong" });
  });

  it("is never sent once it timed out or was aborted while it waited", async () => {
    const { client, transport, environment, ready } = createBench();
    const late = client.request("ping", {}, { timeoutMs: 50 });
    const controller = new AbortController();
    const unwanted = client.request("ping", {}, { signal: controller.signal });
    controller.abort();
    environment.advance(50);
    await expect(late).rejects.toMatchObject({ code: "request-timeout" });
    await expect(unwanted).rejects.toMatchObject({ code: "aborted" });
    await ready();
    expect(transport.sent).toEqual([]);
  });

  it("is written once: a new connection does not repeat it", async () => {
    const { client, transport, environment, ready } = createBench();
    await ready();
    const reply = client.request("get_history", { room: "a" });
    transport.lose(1006);
    await expect(reply).rejects.toMatchObject({ code: "connection-lost" });
    environment.advance(2_500);
    await settled();
    transport.greet();
    expect(transport.sent).toHaveLength(1);
  });

  it("is refused at once when the socket closes under a state that is still ready", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    transport.isOpen = false;
    await expect(client.request("ping", {}, { queue: false })).rejects.toMatchObject({ code: "not-ready" });
  });
});

describe("send", () => {
  const say = (text: string) => ({ type: "say", room: "a", text }) as const;

  it("tells what was sent from what waits and what was dropped", async () => {
    const { client, transport, environment, ready } = createBench();
    expect(client.send(say("early"))).toMatchObject({ status: "queued" });
    expect(client.send(say("now or never"), { queue: false })).toMatchObject({
      status: "dropped",
      cause: { code: "not-ready" },
    });
    await ready();
    expect(client.send(say("live"))).toMatchObject({ status: "sent" });
    transport.lose(1006);
    expect(client.send(say("later"))).toMatchObject({ status: "queued" });
    expect(client.send(say("no"), { queue: false })).toMatchObject({
      cause: { code: "not-ready", cause: { code: "connection-lost" } },
    });
    environment.advance(2_500);
    await settled();
    transport.greet();
    expect(transport.sent).toEqual([say("early"), say("live"), say("later")]);
    client.close();
    expect(client.send(say("over"))).toMatchObject({ status: "dropped", cause: { code: "closed" } });
  });

  it("drops what is no JSON", async () => {
    const { client, ready } = createBench();
    await ready();
    const looping: { type: "say"; room: string; text: string; self?: unknown } = {
      type: "say",
      room: "a",
      text: "b",
    };
    looping.self = looping;
    expect(client.send(looping)).toMatchObject({ status: "dropped", cause: { code: "invalid-frame" } });
  });
});
