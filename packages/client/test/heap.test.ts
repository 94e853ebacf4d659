import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { outbox } from "@hivewire/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { buildClient } from "../src/build-client.js";
import { chat } from "./support/chat.js";
import { FakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { transports } from "./support/transports.js";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const reconnects = Number(process.env.HIVEWIRE_RECONNECTS ?? 10_000);

// reconnecting-websocket waits on timers of its own.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function usedBytes(): Promise<number> {
  await settled();
  for (let round = 0; round < 4; round++) collect();
  return process.memoryUsage().heapUsed;
}

it.each(transports)(
  "the heap stays flat over many reconnects on %s",
  async (name, createTransport) => {
    const environment = new FakeEnvironment();
    let socket: FakeSocket | undefined;
    const makeSocket = (): FakeSocket => {
      socket = new FakeSocket();
      return socket;
    };
    const options = {
      url: "ws://chat.test",
      WebSocket: makeSocket,
      environment,
      accessToken: async () => "t",
    };
    const client = buildClient(chat, options, createTransport, outbox());
    client.subscribe("rooms", () => {});
    void client.connect();

    const live = async (): Promise<void> => {
      while (!socket) {
        await settled();
        vi.advanceTimersByTime(1);
      }
      const current = socket;
      socket = undefined;
      current.accept();
      const position = { epoch: "e", offset: 1 };
      const hello = { type: "connection_established", connection_id: "c", contract_version: "2.1.0" };
      current.deliver(JSON.stringify({ ...hello, subscriptions: [] }));
      current.deliver(
        JSON.stringify({
          type: "subscription_updated",
          subscriptions: ["rooms"],
          positions: { rooms: position },
        }),
      );
      client.request("get_history", { room: "a" }).catch(() => {});
      client.send({ type: "say", room: "a", text: "hi" });
      current.end(1006);
      environment.advance(environment.nextMs ?? 0);
    };
    for (let round = 0; round < 2_000; round++) await live();
    const before = await usedBytes();
    for (let round = 0; round < reconnects; round++) await live();
    const after = await usedBytes();
    const growth = (100 * (after - before)) / before;
    console.log(`${name}: ${reconnects} reconnects, heap ${before} → ${after} bytes, ${growth.toFixed(2)} %`);
    expect(growth).toBeLessThan(2);
    client.close();
    expect(environment.timers).toBe(0);
  },
  120_000,
);
