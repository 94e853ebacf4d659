import { contract } from "@hivewire/contract";
import { MemoryBus } from "@hivewire/server";
import { describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { CuttingProxy } from "../support/cutting-proxy.js";
import { FakePage } from "../support/fake-page.js";
import { LosslessServer } from "../support/lossless-server.js";
import { clients } from "../support/transports.js";

const soon = { firstSpreadMs: 4, minDelayMs: 4, maxDelayMs: 8 };

describe.each(clients)("the client on %s", (_name, make) => {
  it("finds a half-open connection within 2 s of waking, and gets what came meanwhile", async () => {
    const server = await LosslessServer.start(new MemoryBus());
    const proxy = await CuttingProxy.start(server.port);
    const pageEvents = new FakePage();
    const url = `ws://127.0.0.1:${proxy.port}/ws`;
    const client = make(contract, { url, WebSocket, reconnect: soon, pageEvents });
    const heard: number[] = [];
    const causes: string[] = [];
    client.subscribe("tasks", (frame) => {
      if (frame.type !== "task_update") heard.push(Number(frame.data.n));
    });
    client.state.subscribe(() => {
      const state = client.state.getSnapshot();
      if (state.status === "waiting") causes.push(state.cause.code);
    });
    await client.connect();
    await server.publish("tasks", 1);
    await vi.waitUntil(() => heard.length === 1, { interval: 1 });
    proxy.silence();
    for (let n = 2; n <= 10; n++) await server.publish("tasks", n);
    const wokeAt = Date.now();
    pageEvents.become(undefined);
    await vi.waitUntil(() => causes.length > 0, { interval: 5, timeout: 5_000 });
    const foundMs = Date.now() - wokeAt;
    await vi.waitUntil(() => heard.length === 10, { interval: 5, timeout: 5_000 });
    console.log(`${_name}: half-open found ${foundMs} ms after waking`);
    expect(foundMs).toBeLessThan(2_000);
    expect(causes).toEqual(["no-pong"]);
    expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    client.close();
    await proxy.stop();
    await server.stop();
  });

  it("sends more at once than a server takes, and none of it is dropped for its rate", async () => {
    const server = await LosslessServer.start(new MemoryBus(), {});
    const client = make(contract, { url: `ws://127.0.0.1:${server.port}/ws`, WebSocket });
    const errors: string[] = [];
    client.on("error", ({ message }) => errors.push(message));
    const results = Array.from({ length: 75 }, (_, n) =>
      client.send({ type: "request_data", data_type: "numbers", params: { n } }),
    );
    await client.connect();
    await vi.waitUntil(() => server.asked.length === 75, { interval: 10, timeout: 10_000 });
    await client.request("ping", {});
    const fates = await Promise.all(
      results.map((result) => (result.status === "dropped" ? result : result.delivery)),
    );
    expect(errors).toEqual([]);
    expect(server.asked).toEqual(Array.from({ length: 75 }, (_, n) => n));
    expect(new Set(fates.map(({ status }) => status))).toEqual(new Set(["delivered"]));
    client.close();
    await server.stop();
  });
});
