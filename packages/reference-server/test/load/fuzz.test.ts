import { type CloseRow, closeCodes } from "@hivewire/protocol";
import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dashboardPath, RawClient } from "../support/raw-client.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";
import { opcodes, textFrame, type WireFrame, wireFrame } from "../support/wire-frame.js";
import { extremeText, frameText, handshake, lyingFrame, rawFrame } from "./fuzz-frames.js";

/** Frames in all; `npm run fuzz:wire` asks for a million. */
const frames = Number(process.env.HIVEWIRE_FUZZ_FRAMES ?? 50_000);
/** Set HIVEWIRE_FUZZ_SEED to see a failure again. */
const seed = Number(process.env.HIVEWIRE_FUZZ_SEED ?? Date.now() % 2 ** 31);
const runsPerBatch = 50;
const known: ReadonlySet<number | undefined> = new Set(closeCodes.map(({ code }: CloseRow) => code));
const versions = ["contract_versions=1.1.0", "contract_versions=1.0.0", "contract_versions=1.1.9,1.0.0", ""];

/** What drawn texts have to come to somewhere: else the fuzzer reaches too little. */
const wanted = [
  "open",
  "close 1008",
  "pong",
  "subscription_updated",
  "data_response",
  "data_error",
  ...["invalid_json", "unknown_message_type", "invalid_message"].map((code) => `error ${code}`),
  ...["invalid_subscription", "too_many_subscriptions"].map((code) => `error ${code}`),
];

function count(tally: Map<string, number>, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

let server: ServerProcess;
let connections = 0;

beforeAll(async () => {
  console.log(`HIVEWIRE_FUZZ_SEED=${seed}`);
  server = await startServerProcess({
    env: {
      WS_RATE_TOKENS_PER_SEC: "100000",
      WS_RATE_BURST: "1000000",
      WS_RATE_BYTES_PER_SECOND: "1000000000",
      WS_RATE_BYTES_BURST: "1000000000",
      WS_INVALID_MESSAGES_BEFORE_CLOSE: "1000000",
      LOG_LEVEL: "error",
    },
  });
});
afterAll(async () => {
  expect(server.isRunning()).toBe(true);
  expect(server.log().filter(({ level }) => typeof level !== "number" || level >= 50)).toEqual([]);
  await server.stop();
});

/** A client from an address of which few have come. */
function client(path: string, request?: string): RawClient {
  const turn = connections++ >> 5;
  const from = `127.2.${(turn >> 7) & 127}.${1 + (turn & 127)}`;
  return new RawClient({ port: server.port, from, path, request });
}

async function opened(version: string): Promise<RawClient> {
  const peer = client(`${dashboardPath}?subscriptions=system&${version}`);
  expect(await peer.opened()).toBe(true);
  return peer;
}

/** Draws until so many frames were sent; fast-check prints seed, path and the least failing case. */
async function spend<Case>(
  share: number,
  cases: Arbitrary<Case>,
  send: (drawn: Case) => Promise<number>,
): Promise<void> {
  let sent = 0;
  for (let batch = 0; sent < share; batch++) {
    const property = fc.asyncProperty(cases, async (drawn) => {
      sent += await send(drawn);
    });
    await fc.assert(property, { seed: seed + batch, numRuns: runsPerBatch, timeout: 20_000 });
  }
}

const many = <Item>(item: Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 200, size: "max" });

/** Whether the peer may see this code: the table's, or its own that is given back (RFC 6455 section 5.5.1). */
function expectKnownClose({ closeCode }: RawClient, sentClose: boolean): void {
  if (!sentClose) expect(known).toContain(closeCode);
}

const minutes = 60_000 * (1 + frames / 50_000);

describe("whatever a client sends", { timeout: minutes }, () => {
  it("as text is answered frame by frame, and a ping afterwards, unless the connection was closed with a known code", async () => {
    const tally = new Map<string, number>();
    const last = fc.option(extremeText, { freq: 4, nil: undefined });
    const cases = fc.record({ version: fc.constantFrom(...versions), texts: many(frameText), last });
    await spend(0.7 * frames, cases, async ({ version, texts, last }) => {
      const peer = await opened(version);
      const all = last === undefined ? texts : [...texts, last];
      peer.write(Buffer.concat(all.map((text) => textFrame(text))));
      // The second ping passes what the first one met on its way: handlers that answer later.
      const isOpen = (await peer.answers()) && (await peer.answers());
      const answers = peer.frames.filter(({ position }) => position === undefined);
      for (const { type, code } of answers) count(tally, code === undefined ? type : `${type} ${code}`);
      count(tally, isOpen ? "open" : `close ${peer.closeCode}`);
      // Beside the answers: the greeting and two pongs.
      if (isOpen) expect(answers.length).toBeGreaterThanOrEqual(all.length + 3);
      else expectKnownClose(peer, false);
      peer.cut();
      return all.length;
    });
    console.log([...tally].map(([what, times]) => `${times} × ${what}`).join(", "));
    expect([...tally.keys()]).toEqual(expect.arrayContaining(wanted));
  });

  it("as frames of RFC 6455 leads to an answered ping or a known close code", async () => {
    const tally = new Map<string, number>();
    const lie = fc.option(lyingFrame, { freq: 4, nil: undefined });
    const cases = fc.record({ version: fc.constantFrom(...versions), raw: many(rawFrame), lie });
    await spend(0.25 * frames, cases, async ({ version, raw, lie }) => {
      const peer = await opened(version);
      if (lie) count(tally, "lie");
      const all: readonly WireFrame[] = lie ? [...raw, lie] : raw;
      peer.write(Buffer.concat(all.map((frame) => wireFrame(frame))));
      if (lie) {
        peer.end();
        await peer.ended();
      } else if (await peer.answers()) count(tally, "open");
      else expectKnownClose(peer, raw.map(({ opcode }) => opcode).includes(opcodes.close));
      if (peer.closeCode !== undefined) count(tally, `close ${peer.closeCode}`);
      peer.cut();
      return all.length;
    });
    console.log([...tally].map(([what, times]) => `${times} × ${what}`).join(", "));
    expect([...tally.keys()]).toEqual(expect.arrayContaining(["open", "lie", "close 1002"]));
  });

  it("as a handshake is answered with an HTTP status, and never with a fault of the server", async () => {
    await spend(0.05 * frames, many(handshake), async (requests) => {
      for (const request of requests) {
        const peer = client("", request);
        peer.end();
        await peer.until(({ status }) => status !== undefined);
        if (peer.status !== undefined) expect([501, 505, ...range(100, 499)]).toContain(peer.status);
        peer.cut();
      }
      return requests.length;
    });
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
