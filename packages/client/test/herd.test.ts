import { describe, expect, it } from "vitest";
import { defaultReconnectPolicy as policy, reconnectDelay } from "../src/reconnect-policy.js";

const clients = 10_000;
const windowMs = 100;

/** Park and Miller's generator: the same herd in every run. */
function createRandom(): () => number {
  let state = 42;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Herd {
  /** Largest share of all clients that arrive within 100 ms, after the server is back, in percent. */
  readonly peak: number;
  /** How long after the server is back 95 % of the clients are, in seconds. */
  readonly p95: number;
}

/** All clients lose their connection at once; attempts fail while the server is away. */
function simulate(outageMs: number, hint = {}): Herd {
  const random = createRandom();
  const arrivals = Array.from({ length: clients }, () => {
    let atMs = reconnectDelay(policy, 1, random(), hint);
    for (let attempt = 2; atMs < outageMs; attempt++) atMs += reconnectDelay(policy, attempt, random(), {});
    return atMs;
  }).sort((a, b) => a - b);
  let peak = 0;
  let first = 0;
  for (const [index, atMs] of arrivals.entries()) {
    while ((arrivals[first] ?? 0) <= atMs - windowMs) first++;
    peak = Math.max(peak, index - first + 1);
  }
  const last = arrivals[Math.ceil(clients * 0.95) - 1] ?? Infinity;
  return { peak: (100 * peak) / clients, p95: (last - outageMs) / 1_000 };
}

describe("a herd of 10,000 clients", () => {
  const rows: readonly [outage: string, outageMs: number, maxPeak: number][] = [
    ["an instant restart", 0, 3],
    ["an outage of 8 s", 8_000, 5],
    ["an outage of 60 s", 60_000, 5],
  ];
  it.each(rows)("comes back spread out after %s", (outage, outageMs, maxPeak) => {
    const { peak, p95 } = simulate(outageMs);
    console.log(`${outage}: peak ${peak.toFixed(2)} % in ${windowMs} ms, p95 ${p95.toFixed(2)} s`);
    expect(peak).toBeLessThanOrEqual(maxPeak);
    expect(p95).toBeLessThanOrEqual(8);
  });

  it("spreads over the time that the server asks for", () => {
    const { peak } = simulate(0, { spreadMs: 10_000 });
    expect(peak).toBeLessThanOrEqual(1.5);
  });
});
