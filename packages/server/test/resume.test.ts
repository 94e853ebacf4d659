import { type BusFrame, MemoryBus } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { createHarness } from "./support/harness.js";

const said = { type: "said", subscription: "room", data: { text: "hi" } } as const;
const newest = "contract_versions=1.1.0&subscriptions=";
const subscribe = (offset: number, epoch = "e") => ({
  type: "subscribe",
  subscriptions: ["room"],
  resume: { room: { epoch, offset } },
});
const offsets = (frames: readonly object[]): readonly unknown[] =>
  frames.flatMap((frame) => ("position" in frame ? [Object(frame.position).offset] : []));

/** A history that is answered when it is told to. */
class LateBus extends MemoryBus {
  release = (): void => {};

  override async history(...args: Parameters<MemoryBus["history"]>) {
    const history = await super.history(...args);
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    return history;
  }
}

describe("resume", () => {
  it("replays what was missed, in order, and then goes on live", async () => {
    const { server, connect, settle } = createHarness({ bus: new MemoryBus({ epoch: "e" }) });
    for (let count = 0; count < 5; count++) await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.send(subscribe(2));
    await settle();
    await server.publish("room", said);
    await settle();
    expect(client.types().slice(0, 2)).toEqual(["connection_established", "subscription_updated"]);
    expect(client.frames[1]).toMatchObject({ recovered: { room: { complete: true, replayed: 3 } } });
    expect(offsets(client.frames)).toEqual([3, 4, 5, 6]);
  });

  it("sends no frame twice and misses none when they are published while the history is read", async () => {
    const bus = new LateBus({ epoch: "e" });
    const { server, connect, settle } = createHarness({ bus });
    await server.publish("room", said);
    const [client, other] = [connect(newest), connect("contract_versions=1.1.0")];
    await settle();
    client.send(subscribe(0));
    await settle();
    await server.publish("room", said);
    await settle();
    expect([offsets(client.frames), offsets(other.frames)]).toEqual([[], [2]]);
    bus.release();
    await settle();
    await server.publish("room", said);
    await settle();
    expect(offsets(client.frames)).toEqual([1, 2, 3]);
    expect(server.stats().counts.messages_replayed_total).toBe(1);
  });

  it("tells a gap when the history is trimmed, and sends what is left", async () => {
    const { server, connect, settle } = createHarness({ bus: new MemoryBus({ epoch: "e", maxFrames: 2 }) });
    for (let count = 0; count < 5; count++) await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.send(subscribe(1));
    await settle();
    expect(client.frames[1]).toMatchObject({ recovered: { room: { complete: false, replayed: 2 } } });
    expect(offsets(client.frames)).toEqual([4, 5]);
  });

  it("replays no more than the limits allow: the newest", async () => {
    const { server, connect, settle } = createHarness({
      bus: new MemoryBus({ epoch: "e" }),
      limits: { replayMessages: 3 },
    });
    for (let count = 0; count < 5; count++) await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.send(subscribe(0));
    await settle();
    expect(client.frames[1]).toMatchObject({ recovered: { room: { complete: false, replayed: 3 } } });
    expect(offsets(client.frames)).toEqual([3, 4, 5]);
  });

  it("tells a gap when the epoch is another", async () => {
    const { server, connect, settle } = createHarness({ bus: new MemoryBus({ epoch: "e" }) });
    await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.send(subscribe(7, "before"));
    await settle();
    expect(client.frames[1]).toMatchObject({ recovered: { room: { complete: false, replayed: 1 } } });
  });

  it("tells a gap when the bus fails or takes too long, and goes on live", async () => {
    const { server, connect, settle, advance, lines } = createHarness({ bus: new LateBus({ epoch: "e" }) });
    const client = connect(newest);
    await settle();
    client.send(subscribe(0));
    await advance(5_000);
    expect(client.last()).toMatchObject({ recovered: { room: { complete: false, replayed: 0 } } });
    await server.publish("room", said);
    await settle();
    expect(offsets(client.frames)).toEqual([1]);
    expect(lines.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      "a history was not read",
    ]);
    expect(server.stats().counts.bus_failures_total).toBe(1);
  });

  it("waits for the socket to drain, and lets frames wait behind what it replays", async () => {
    const { server, connect, settle } = createHarness({ bus: new MemoryBus({ epoch: "e" }) });
    for (let count = 0; count < 3; count++) await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.waitingBytes = 70_000;
    client.send(subscribe(1));
    await settle();
    await server.publish("room", said);
    await settle();
    expect([offsets(client.frames), client.paused]).toEqual([[], true]);
    client.waitingBytes = 0;
    client.events.drained();
    await settle();
    expect([offsets(client.frames), client.paused]).toEqual([[2, 3, 4], false]);
  });

  it("gives up on a client that does not read its replay", async () => {
    const { server, connect, settle, advance } = createHarness({ bus: new MemoryBus({ epoch: "e" }) });
    await server.publish("room", said);
    const client = connect(newest);
    await settle();
    client.waitingBytes = 70_000;
    client.send(subscribe(0));
    await settle();
    await advance(12_000);
    expect(client.closed?.code).toBe(4430);
    expect(server.stats().counts.backpressure_disconnects_total).toBe(1);
  });

  it("answers what was asked meanwhile, afterwards", async () => {
    const bus = new LateBus({ epoch: "e" });
    const { connect, settle } = createHarness({ bus });
    const client = connect(newest);
    await settle();
    client.send(subscribe(0));
    client.send({ type: "ping" });
    client.send({ type: "unsubscribe", subscriptions: ["room"] });
    await settle();
    expect(client.types()).toEqual(["connection_established"]);
    bus.release();
    await settle();
    expect(client.types().slice(1)).toEqual(["subscription_updated", "pong", "subscription_updated"]);
  });

  it("forgets a client that left meanwhile", async () => {
    const bus = new LateBus({ epoch: "e" });
    const { server, connect, settle } = createHarness({ bus });
    const client = connect(newest);
    await settle();
    client.send(subscribe(0));
    await settle();
    client.events.closed(1006);
    bus.release();
    await settle();
    await server.publish("room", said);
    await settle();
    expect([client.types(), server.stats().subscriptions.room]).toEqual([["connection_established"], 0]);
  });
});

describe("positions", () => {
  it("are told of topics that are live from now on, so that nothing is missed before the first frame", async () => {
    const { server, connect, settle } = createHarness({ bus: new MemoryBus({ epoch: "e" }) });
    await server.publish("room", said);
    const client = connect("contract_versions=1.1.0");
    await settle();
    expect(client.frames[0]).toMatchObject({ positions: { room: { epoch: "e", offset: 1 } } });
    client.send({ type: "subscribe", subscriptions: ["lobby"] });
    expect(client.last()).toMatchObject({ positions: { lobby: { epoch: "e", offset: 0 } } });
    expect(client.last()).not.toHaveProperty("recovered");
  });

  it("are never behind a frame that was sent before", async () => {
    const frames: BusFrame[] = [];
    const bus = new MemoryBus({ epoch: "e" });
    bus.subscribe((frame) => frames.push(frame));
    const { server, connect, settle } = createHarness({ bus });
    void server.publish("room", said);
    const client = connect("contract_versions=1.1.0");
    await settle();
    expect([client.frames[0]?.positions, offsets(client.frames)]).toMatchObject([
      { room: { offset: 1 } },
      [],
    ]);
    expect(frames).toHaveLength(1);
  });
});
