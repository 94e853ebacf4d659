import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import type { Limits } from "@hivewire/protocol";
import {
  attachWebSockets,
  createServer,
  MemoryBus,
  type MemoryBusOptions,
  type Server,
} from "@hivewire/server";
import { afterEach, describe, expect, it } from "vitest";
import { mulberry32 } from "../support/random.js";
import { dashboardPath } from "../support/raw-client.js";
import { Resumer } from "./resumer.js";

/** Frames published, clients, and cuts of each client. */
const frames = 10_000;
const clients = 100;
const cuts = 20;
const seed = Number(process.env.HIVEWIRE_RESUME_SEED ?? Date.now() % 2 ** 31);

interface Host {
  readonly server: Server<DashboardTypes>;
  readonly port: number;
  readonly close: () => Promise<void>;
}

let host: Host | undefined;
afterEach(() => host?.close());

async function listen(history: MemoryBusOptions, limits: Partial<Limits> = {}): Promise<Host> {
  const server = createServer({
    contract,
    validators,
    bus: new MemoryBus({ epoch: "run-1", ...history }),
    limits: { connectionBurst: 1_000_000, ...limits },
  }).handle({ request_data: ({ data_type }) => ({ type: "data_error", data_type, error: "no data here" }) });
  const http = createHttpServer();
  const detach = attachWebSockets(server, http, { routes: [{ path: dashboardPath, topics: ["tasks"] }] });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    server,
    port,
    close: async () => {
      detach();
      await server.close(1_000);
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const update = (number: number) =>
  ({ type: "load_update", subscription: "tasks", data: { number, filler: "x".repeat(50) } }) as const;

/** Frames after the last cut: every client resumes once more for them. */
const after = 100;

/**
 * Publishes frames a few at a time, so that sockets are written and read meanwhile, until all clients were cut as often
 * as they are to be. Resolves to the last offset.
 */
async function publishAll({ server }: Host, areCut: () => boolean): Promise<number> {
  let number = 0;
  for (let left = after; number < frames || left > 0; number++) {
    if (number > 3 * frames) expect.fail("the clients were not cut as often as they are to be");
    if (areCut()) left--;
    await server.publish("tasks", update(number));
    if (number % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return number;
}

describe(`${clients} clients that are cut ${cuts} times each`, () => {
  it(`lose none of ${frames} frames, get none twice, and all in order`, { timeout: 120_000 }, async () => {
    console.log(`HIVEWIRE_RESUME_SEED=${seed}`);
    const open = await listen(
      { maxFrames: 100_000, maxBytes: 1e9 },
      { replayMessages: 100_000, replayBytes: 67_108_864 },
    );
    host = open;
    const random = mulberry32(seed);
    const resumers = Array.from(
      { length: clients },
      () => new Resumer(open.port, random, cuts, frames / (cuts + 2)),
    );
    const running = Promise.all(resumers.map((resumer) => resumer.run()));
    await Promise.all(resumers.map((resumer) => resumer.isLive));
    const last = await publishAll(open, () => resumers.every(({ cutsLeft }) => cutsLeft === 0));
    for (const resumer of resumers) resumer.finishAt(last);
    await running;
    for (const { faults, gaps, offset, resumes } of resumers)
      expect({ faults, gaps, offset, resumes }).toEqual({
        faults: [],
        gaps: [],
        offset: last,
        resumes: cuts,
      });
    const { counts } = open.server.stats();
    expect(counts.messages_replayed_total).toBeGreaterThan(0);
    expect(counts.messages_send_failures_total).toBe(0);
  });

  it("are told each gap exactly when the history is too short", { timeout: 120_000 }, async () => {
    const open = await listen({ maxFrames: 20 });
    host = open;
    const random = mulberry32(seed + 1);
    const resumers = Array.from(
      { length: clients },
      () => new Resumer(open.port, random, cuts, frames / (cuts + 2), 40),
    );
    const running = Promise.all(resumers.map((resumer) => resumer.run()));
    await Promise.all(resumers.map((resumer) => resumer.isLive));
    const last = await publishAll(open, () => resumers.every(({ cutsLeft }) => cutsLeft === 0));
    for (const resumer of resumers) resumer.finishAt(last);
    await running;
    for (const { faults, offset, resumes } of resumers)
      expect({ faults, offset, resumes }).toEqual({ faults: [], offset: last, resumes: cuts });
    // What a client misses is what it was told to miss: the faults say otherwise. Some have to miss something.
    expect(resumers.flatMap(({ gaps }) => gaps).length).toBeGreaterThan(0);
  });
});
