import { describe, expect, it } from "vitest";
import { demoFleet, fleetSize, summarize } from "../src/live/fleet.js";
import { cpuPercent, delayMs, memoryLimit } from "../src/live/host-load.js";
import { judgeTraffic } from "../src/live/traffic.js";

describe("cpuPercent", () => {
  const rows: readonly [busy: number, total: number, want: number][] = [
    [50, 200, 25],
    [0, 200, 0],
    [200, 200, 100],
    [1, 3, 33.3],
    [0, 0, 0],
    [-5, 100, 0],
  ];
  it.each(rows)("of %d busy in %d is %d", (busyMs, totalMs, want) => {
    expect(cpuPercent({ busyMs: 10, totalMs: 10 }, { busyMs: 10 + busyMs, totalMs: 10 + totalMs })).toBe(
      want,
    );
  });
});

describe("delayMs", () => {
  it.each([
    [10e6, 0],
    [12.345e6, 2.35],
    [9e6, 0],
    [Number.NaN, 0],
  ])("of a sample of %d ns is %d", (nanoseconds, want) => {
    expect(delayMs(nanoseconds)).toBe(want);
  });
});

describe("memoryLimit", () => {
  const rows: readonly [title: string, constrained: number, want: number][] = [
    ["is the container's", 512e6, 512e6],
    ["is the machine's without a container", 0, 8e9],
    ["is the machine's in a container without a limit", 2 ** 64, 8e9],
  ];
  it.each(rows)("%s", (_title, constrained, want) => {
    expect(memoryLimit(constrained, 8e9)).toBe(want);
  });
});

describe("judgeTraffic", () => {
  const counts = (received: number, invalid: number, dropped: number) => ({
    messages_received_total: received,
    messages_invalid_total: invalid,
    messages_dropped_rate_limit_total: dropped,
  });
  const rows: readonly [title: string, after: ReturnType<typeof counts>, previous: number, want: object][] = [
    ["is perfect while nobody sends", counts(10, 1, 1), 1, { success_rate: 1, trend: "stable" }],
    ["counts refused and dropped frames", counts(20, 3, 4), 0.5, { success_rate: 0.5, trend: "stable" }],
    ["improves", counts(20, 1, 1), 0.5, { success_rate: 1, trend: "improving" }],
    ["degrades", counts(20, 2, 1), 1, { success_rate: 0.9, trend: "degrading" }],
  ];
  it.each(rows)("%s", (_title, after, previous, want) => {
    expect(judgeTraffic(counts(10, 1, 1), after, previous)).toEqual(want);
  });
});

describe("the demonstration's fleet", () => {
  it("is the same for the same step, and moves", () => {
    expect(demoFleet(3)).toEqual(demoFleet(3));
    expect(demoFleet(3)).not.toEqual(demoFleet(4));
    expect(new Set(demoFleet(0).map(({ id }) => id)).size).toBe(fleetSize);
  });

  it("adds up", () => {
    const { total, idle = 0, busy = 0, offline = 0, error = 0 } = summarize(demoFleet(5));
    expect(idle + busy + offline + error).toBe(total);
  });
});
