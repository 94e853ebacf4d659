import { afterEach, describe, expect, it } from "vitest";
import { mulberry32 } from "../support/random.js";
import { dashboardPath, newestVersion, RawClient } from "../support/raw-client.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";
import { opcodes, textFrame, wireFrame } from "../support/wire-frame.js";

const seed = Number(process.env.HIVEWIRE_RECONCILE_SEED ?? Date.now() % 2 ** 31);
const clients = 60;
const acts = 30;

let server: ServerProcess;
afterEach(() => server.stop());

const count = (stats: Readonly<Record<string, number>>, name: string): number =>
  stats[`messages_${name}_total`] ?? Number.NaN;

/** The sums that have to come out whatever happened. */
function books(stats: Readonly<Record<string, number>>): object {
  const { total_connections = 0, disconnections_total = 0, active_connections } = stats;
  return {
    received: count(stats, "received"),
    attempted: count(stats, "attempted"),
    active: total_connections - disconnections_total,
    alsoActive: active_connections,
  };
}

function balanced(stats: Readonly<Record<string, number>>, active: number): object {
  return {
    received: count(stats, "handled") + count(stats, "dropped_rate_limit") + count(stats, "invalid"),
    attempted: count(stats, "sent") + count(stats, "send_failures") + count(stats, "coalesced"),
    active,
    alsoActive: active,
  };
}

type Act = (client: RawClient, random: () => number) => void;

/** The table of what a client may do; a random one at a time. */
const table: readonly Act[] = [
  (client) => client.send({ type: "ping" }),
  (client) => client.send({ type: "subscribe", subscriptions: ["tasks", "agents"] }),
  (client) => client.send({ type: "unsubscribe", subscriptions: ["agents"] }),
  (client) =>
    client.send({
      type: "subscribe",
      subscriptions: ["tasks"],
      resume: { tasks: { epoch: "e", offset: 1 } },
    }),
  (client) => client.send({ type: "request_data", data_type: "system_health" }),
  (client) => client.send({ type: "weather" }),
  (client) => client.send("not-json"),
  (client) => client.send({ type: "subscribe", subscriptions: ["nowhere"] }),
  (client) => client.send(`{"type":"ping","x":"${"x".repeat(70_000)}"}`),
  (client) => client.frame({ opcode: opcodes.ping, payload: "x" }),
  (client) => client.frame({ opcode: opcodes.pong, payload: "x" }),
  (client) => client.write(Buffer.concat(Array.from({ length: 60 }, () => textFrame('{"type":"ping"}')))),
  (client) => client.pause(),
  (client) => client.resume(),
  (client, random) => void (random() < 0.2 && client.cut()),
  (client, random) => void (random() < 0.1 && client.frame({ opcode: opcodes.binary, payload: "x" })),
  (client, random) =>
    void (random() < 0.1 && client.frame({ opcode: opcodes.text, payload: "{", masked: false })),
  (client, random) => void (random() < 0.1 && client.write(textFrame("[".repeat(2_000)))),
  (client, random) => void (random() < 0.1 && client.write(wireFrame({ opcode: opcodes.close }))),
];

async function settled(active: number): Promise<Readonly<Record<string, number>>> {
  await expect.poll(async () => (await server.stats()).active_connections, { timeout: 20_000 }).toBe(active);
  return server.stats();
}

describe("the counters", () => {
  it("come out even after a random load", async () => {
    console.log(`HIVEWIRE_RECONCILE_SEED=${seed}`);
    server = await startServerProcess();
    const random = mulberry32(seed);
    const pick = <Item>(items: readonly Item[]): Item | undefined =>
      items[Math.floor(random() * items.length)];
    const path = `${dashboardPath}?${newestVersion}`;
    const all = Array.from({ length: clients }, () => new RawClient({ port: server.port, path }));
    await Promise.all(all.map((client) => client.opened()));
    for (let act = 0; act < acts; act++) {
      for (const client of all) pick(table)?.(client, random);
      await server.broadcast("tasks", "load_update", { act, filler: "x".repeat(20_000) });
    }
    const polite = new RawClient({ port: server.port, path });
    expect((await polite.opened()) && (await polite.answers())).toBe(true);
    for (const client of all) client.cut();
    const stats = await settled(1);
    expect(books(stats)).toEqual(balanced(stats, 1));
    for (const name of ["handled", "dropped_rate_limit", "invalid", "sent"])
      expect([name, count(stats, name)]).toEqual([name, expect.toSatisfy((value: number) => value > 0)]);
    polite.cut();
    const last = await settled(0);
    expect(books(last)).toEqual(balanced(last, 0));
  });

  it("tell the bytes and frames that clients saw, to the byte", async () => {
    server = await startServerProcess();
    const path = `${dashboardPath}?${newestVersion}&subscriptions=`;
    const all = Array.from({ length: 20 }, () => new RawClient({ port: server.port, path }));
    const asked = [
      { type: "ping" },
      { type: "subscribe", subscriptions: ["tasks", "nowhere"] },
      { type: "request_data", data_type: "agent_status" },
      { type: "request_data", data_type: "naïve – 🐝" },
      { type: "weather" },
    ];
    await Promise.all(
      all.map(async (client) => {
        await client.opened();
        for (const request of asked) client.send(request);
        await client.answers();
      }),
    );
    for (let round = 0; round < 50; round++)
      await server.broadcast("tasks", "load_update", { round, text: "ü".repeat(round) });
    await Promise.all(all.map((client) => client.answers()));
    await Promise.all(
      all.map((client) =>
        client.until(({ frames }) => frames.filter(({ position }) => position).length === 50),
      ),
    );
    const stats = await server.stats();
    const sum = (of: (client: RawClient) => number): number =>
      all.reduce((total, client) => total + of(client), 0);
    const errors = (client: RawClient): number => client.frames.filter(({ type }) => type === "error").length;
    expect(stats).toMatchObject({
      total_connections: all.length,
      active_connections: all.length,
      messages_received_total: all.length * (asked.length + 2),
      messages_sent_total: sum(({ frames }) => frames.length),
      messages_published_total: expect.any(Number),
      errors_sent_total: sum(errors),
      bytes_received_total: sum(({ bytes }) => bytes.sent),
      bytes_sent_total: sum(({ bytes }) => bytes.received),
      messages_send_failures_total: 0,
      messages_dropped_rate_limit_total: 0,
    });
    expect(books(stats)).toEqual(balanced(stats, all.length));
    for (const client of all) client.cut();
  });
});
