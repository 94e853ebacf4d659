import { type Client, createClient } from "@hivewire/client";
import { createClient as createNativeClient } from "@hivewire/client/native";
import { shareAcrossTabs } from "@hivewire/client/tabs";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { MemoryBus } from "@hivewire/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { FakeBrowser, type FakeTab } from "../support/fake-tabs.js";
import { LosslessServer } from "../support/lossless-server.js";

interface Tab {
  readonly tab: FakeTab;
  readonly client: Client<DashboardTypes>;
  readonly numbers: number[];
  /** Ends as a crash does: no message, and the socket breaks. */
  readonly crash: () => void;
}

let server: LosslessServer;
let browser: FakeBrowser;
let published = 0;
const open = new Set<WebSocket>();
const tabs: Tab[] = [];

beforeEach(async () => {
  server = await LosslessServer.start(new MemoryBus());
  browser = new FakeBrowser();
  published = 0;
});
afterEach(async () => {
  for (const { client } of tabs.splice(0)) client.close();
  await server.stop();
  expect(browser.held).toEqual([]);
  expect(browser.openChannels).toBe(0);
});

function openTab(make: typeof createClient, scope = "ada"): Tab {
  const tab = browser.openTab();
  const sockets: WebSocket[] = [];
  const connect = (url: string): WebSocket => {
    const socket = new WebSocket(url);
    sockets.push(socket);
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    return socket;
  };
  const reconnect = { firstSpreadMs: 20, minDelayMs: 10, maxDelayMs: 50 };
  const options = { url: () => `ws://127.0.0.1:${server.port}/ws`, WebSocket: connect, reconnect };
  const client = make(contract, shareAcrossTabs(contract, options, { scope, tabs: tab }));
  const numbers: number[] = [];
  const row: Tab = {
    tab,
    client,
    numbers,
    crash: () => {
      tab.crash();
      for (const socket of sockets) socket.terminate();
    },
  };
  tabs.push(row);
  return row;
}

function listen({ client, numbers }: Tab): void {
  client.subscribe("tasks", ({ data }) => numbers.push("n" in data ? Number(data.n) : Number.NaN));
}

async function publish(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await server.publish("tasks", ++published);
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1);

describe.each([
  ["reconnecting-websocket", createClient],
  ["native", createNativeClient],
] as const)("tabs on %s", (_name, make) => {
  it("share one socket, and each gets the frames of its own topics, once and in order", async () => {
    const all = [openTab(make), openTab(make), openTab(make)] as const;
    listen(all[0]);
    listen(all[1]);
    await Promise.all(all.map(({ client }) => client.connect()));
    expect(open.size).toBe(1);
    await publish(50);
    await vi.waitFor(() => expect(all[1].numbers).toHaveLength(50));
    expect(all.map(({ numbers }) => numbers)).toEqual([upTo(50), upTo(50), []]);
  });

  it("answer each its own requests", async () => {
    const all = [openTab(make), openTab(make)];
    await Promise.all(all.map(({ client }) => client.connect()));
    const replies = await Promise.all(
      all.map(({ client }) => client.request("request_data", { data_type: "system_health" })),
    );
    expect(replies.map(({ type }) => type)).toEqual(["data_response", "data_response"]);
  });

  it.each(["close", "crash"] as const)(
    "lose nothing when the leader ends by a %s while frames are published",
    async (how) => {
      const all = [openTab(make), openTab(make), openTab(make)];
      for (const tab of all) listen(tab);
      await Promise.all(all.map(({ client }) => client.connect()));
      await publish(20);
      const leader = all.find(({ tab }) => tab === browser.leader);
      const rest = all.filter((tab) => tab !== leader);
      if (how === "crash") leader?.crash();
      else leader?.client.close();
      await publish(20);
      await vi.waitFor(() => expect(rest.map(({ numbers }) => numbers.length)).toEqual([40, 40]), 3_000);
      expect(rest.map(({ numbers }) => numbers)).toEqual([upTo(40), upTo(40)]);
      expect(open.size).toBe(1);
    },
  );
});

it("lose nothing when the server restarts, and come back on one socket", async () => {
  const all = [openTab(createClient), openTab(createNativeClient), openTab(createClient)];
  for (const tab of all) listen(tab);
  await Promise.all(all.map(({ client }) => client.connect()));
  for (let restart = 0; restart < 10; restart++) {
    await publish(10);
    await server.restart();
    await publish(5);
    await vi.waitFor(() => {
      for (const { numbers } of all) expect(numbers).toEqual(upTo(published));
    }, 5_000);
  }
  expect(open.size).toBe(1);
});

/** A small generator of its own, so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it("lose nothing over 200 random openings, closings and crashes while frames are published", async () => {
  const random = createRandom(7);
  const alive = new Set<Tab>();
  const ended: Tab[] = [];
  let handovers = 0;
  const start = async (): Promise<void> => {
    const tab = openTab(random() < 0.5 ? createClient : createNativeClient);
    listen(tab);
    await tab.client.connect();
    alive.add(tab);
  };
  await start();
  await start();
  for (let round = 0; round < 200; round++) {
    const traffic = publish(Math.floor(random() * 12));
    const all = [...alive];
    const one = all[Math.floor(random() * all.length)];
    if (one && all.length > 1 && random() < 0.6) {
      if (one.tab === browser.leader) handovers++;
      if (random() < 0.5) one.crash();
      else one.client.close();
      alive.delete(one);
      ended.push(one);
    } else if (all.length < 6) await start();
    await traffic;
  }
  await publish(1);
  await vi.waitFor(() => {
    for (const { numbers } of alive) expect(numbers.at(-1)).toBe(published);
  }, 5_000);
  for (const { numbers } of [...alive, ...ended]) {
    const first = numbers[0] ?? 0;
    expect(numbers).toEqual(numbers.map((_, index) => first + index));
  }
  expect(open.size).toBe(1);
  expect(handovers).toBeGreaterThan(20);
  console.log(
    `${ended.length} tabs ended, ${handovers} of them leaders, ${published} frames: 0 lost, 0 doubled`,
  );
});
