import { outbox } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { MemoryBus } from "@hivewire/server";
import { describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createBareSubject } from "../support/bare-subject.js";
import { CuttingProxy } from "../support/cutting-proxy.js";
import { runLossScenario, type Subject } from "../support/loss-scenario.js";
import { LosslessServer } from "../support/lossless-server.js";
import { clients } from "../support/transports.js";

/** Cuts per transport. */
const drops = Number(process.env.HIVEWIRE_DROPS ?? 500);
const timeoutMs = 30_000 + drops * 100;

const soon = { firstSpreadMs: 4, minDelayMs: 4, maxDelayMs: 8 };
const wide = outbox({ perSecond: 100_000, burst: 100_000, maxFrames: 100_000, maxBytes: 100_000_000 });

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe.each(clients)("the client on %s", (_name, make) => {
  const createSubject = (url: string): Subject => {
    const client = make(contract, { url, WebSocket, reconnect: soon, outbox: wide });
    let listener = (_n: number): void => {};
    client.subscribe("tasks", (frame) => {
      if (frame.type !== "task_update") listener(Number(frame.data.n));
    });
    void client.connect();
    return {
      onNumber: (added) => {
        listener = added;
      },
      send: (n) => {
        if (n % 7 === 0) client.request("ping", {}).catch(() => {});
        const result = client.send({ type: "request_data", data_type: "numbers", params: { n } });
        return result.status === "dropped"
          ? Promise.resolve("dropped")
          : result.delivery.then(({ status }) => status);
      },
      settle: async () => {
        await client.request("ping", {});
      },
      isReady: () => client.state.getSnapshot().status === "ready",
      close: () => client.close(),
    };
  };

  it(
    "loses nothing, repeats nothing and keeps the order through cuts and restarts",
    async () => {
      const options = { drops, restartEvery: Math.ceil(drops / 10), random: seeded(7) };
      const report = await runLossScenario(createSubject, options);
      console.log(`${_name}: ${JSON.stringify(report)}`);
      expect(report).toMatchObject({
        lost: 0,
        duplicated: 0,
        outOfOrder: 0,
        sentLost: 0,
        sentDuplicated: 0,
        sentOutOfOrder: 0,
        falselyDelivered: 0,
      });
      expect(report.drops).toBeGreaterThanOrEqual(drops);
      expect(report.restarts).toBeGreaterThan(5);
      expect(report.delivered).toBeGreaterThan(0);
    },
    timeoutMs,
  );

  it("tells exactly one gap per topic when the history was trimmed", async () => {
    const server = await LosslessServer.start(new MemoryBus({ maxFrames: 5 }));
    const proxy = await CuttingProxy.start(server.port);
    const topics = ["tasks", "agents", "system"] as const;
    const client = make(contract, { url: `ws://127.0.0.1:${proxy.port}/ws`, WebSocket, reconnect: soon });
    const heard: string[] = [];
    client.onGap(({ topic, from, to }) => heard.push(`gap ${topic} ${from?.offset} ${to?.offset}`));
    for (const topic of topics) {
      client.subscribe(topic, (frame) => {
        if ("position" in frame) heard.push(`${topic} ${frame.position?.offset}`);
      });
    }
    await client.connect();
    for (const topic of topics) await server.publish(topic, 1);
    await vi.waitUntil(() => heard.length === 3, { interval: 1 });
    proxy.cut("reset");
    await vi.waitUntil(() => client.state.getSnapshot().status === "waiting", { interval: 1 });
    for (const topic of topics) for (let n = 2; n <= 20; n++) await server.publish(topic, n);
    await vi.waitUntil(() => heard.length === 3 + 3 * 6, { interval: 1, timeout: 5_000 });
    for (const topic of topics) {
      await server.publish(topic, 21);
      const own = [1, "gap", 16, 17, 18, 19, 20, 21].map((step) =>
        step === "gap" ? `gap ${topic} 1 16` : `${topic} ${step}`,
      );
      await vi.waitUntil(() => heard.includes(`${topic} 21`), { interval: 1 });
      expect(heard.filter((line) => line.includes(topic))).toEqual(own);
    }
    client.close();
    await proxy.stop();
    await server.stop();
  });
});

it("sees the faults it guards against: bare reconnecting-websocket loses frames both ways", async () => {
  const options = { drops: 30, restartEvery: 10, random: seeded(7) };
  const report = await runLossScenario(createBareSubject, options);
  console.log(`bare: ${JSON.stringify(report)}`);
  expect(report.lost).toBeGreaterThan(0);
  expect(report.sentLost).toBeGreaterThan(0);
});
