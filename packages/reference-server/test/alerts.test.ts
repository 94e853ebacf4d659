import type { Alert } from "@hivewire/contract";
import type { Log } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { alertRules } from "../src/alerts/alert-rules.js";
import { quantile, type Reading, sampleOf, slide, windowMs } from "../src/alerts/alert-sample.js";
import { type AlertPhase, evaluateAlerts, nextPhase } from "../src/alerts/evaluate-alerts.js";
import { repeatEveryMs, watchAlerts } from "../src/alerts/watch-alerts.js";
import { histogramOf, readingOf, statsOf } from "./support/readings.js";

const rule = {
  name: "heat",
  severity: "warning",
  measure: ({ latest }) => latest.loopDelayMsP99,
  fireAbove: 10,
  fireAfterMs: 5_000,
  clearBelow: 4,
  clearAfterMs: 8_000,
  unit: (value) => `${value} degrees`,
  says: (figure) => `it is hot: ${figure}`,
} satisfies (typeof alertRules)[number];

describe("nextPhase", () => {
  const clear: AlertPhase = { phase: "clear" };
  const pending: AlertPhase = { phase: "pending", aboveSinceMs: 1_000 };
  const firing: AlertPhase = { phase: "firing", sinceMs: 1_000 };
  const resolving: AlertPhase = { phase: "resolving", sinceMs: 1_000, belowSinceMs: 20_000 };
  const rows: readonly [title: string, before: AlertPhase, value: number, nowMs: number, want: AlertPhase][] =
    [
      ["stays clear at the bound", clear, 10, 2_000, clear],
      ["stays clear between the bounds", clear, 7, 2_000, clear],
      ["waits above the bound", clear, 11, 2_000, { phase: "pending", aboveSinceMs: 2_000 }],
      ["goes on waiting until the hold time is over", pending, 11, 5_999, pending],
      ["fires when the hold time is over", pending, 11, 6_000, { phase: "firing", sinceMs: 6_000 }],
      ["forgets what did not last", pending, 10, 6_000, clear],
      ["is clear for a figure that is no number", pending, Number.NaN, 6_000, clear],
      ["fires on above the bound", firing, 99, 9_000, firing],
      ["fires on between the bounds", firing, 5, 9_000, firing],
      ["begins to resolve at the lower bound", firing, 4, 9_000, { ...resolving, belowSinceMs: 9_000 }],
      ["goes on resolving until the hold time is over", resolving, 0, 27_999, resolving],
      ["is clear when the hold time is over", resolving, 0, 28_000, clear],
      ["fires as before when it rises again, between the bounds too", resolving, 5, 27_000, firing],
    ];
  it.each(rows)("%s", (_title, before, value, nowMs, want) => {
    expect(nextPhase(before, value, nowMs, rule)).toEqual(want);
  });

  it("fires and clears at once without hold times", () => {
    const swift = { ...rule, fireAfterMs: 0, clearAfterMs: 0 };
    expect(nextPhase(clear, 11, 2_000, swift)).toEqual({ phase: "firing", sinceMs: 2_000 });
    expect(nextPhase(firing, 0, 2_000, swift)).toEqual(clear);
  });
});

describe("evaluateAlerts", () => {
  const judge = (before: AlertPhase, value: number, nowMs: number) => {
    const reading = readingOf({ loopDelayMsP99: value });
    return evaluateAlerts({ heat: before }, sampleOf(reading, reading), nowMs, [rule]);
  };

  it("tells a change once", () => {
    const fired = judge({ phase: "pending", aboveSinceMs: 0 }, 11, 5_000);
    expect(fired.changes).toMatchObject([{ state: "firing", value: 11, sinceMs: 5_000 }]);
    expect(fired.firing).toHaveLength(1);
    const again = judge(fired.states.heat ?? { phase: "clear" }, 12, 6_000);
    expect(again.changes).toEqual([]);
    expect(again.firing).toMatchObject([{ value: 12, sinceMs: 5_000 }]);
  });

  it("says since when a resolved alert fired", () => {
    const resolved = judge({ phase: "resolving", sinceMs: 5_000, belowSinceMs: 10_000 }, 1, 18_000);
    expect(resolved.changes).toMatchObject([{ state: "resolved", value: 1, sinceMs: 5_000 }]);
    expect(resolved.firing).toEqual([]);
  });

  it("tells nothing of what waits", () => {
    expect(judge({ phase: "clear" }, 11, 5_000)).toMatchObject({ changes: [], firing: [] });
    expect(judge({ phase: "firing", sinceMs: 0 }, 1, 5_000)).toMatchObject({ changes: [], firing: [{}] });
  });
});

describe("the window", () => {
  it("keeps one reading at or before its start, and none older", () => {
    let readings: readonly Reading[] = [];
    for (let atMs = 0; atMs <= 300_000; atMs += 2_000) readings = slide(readings, readingOf({ atMs }));
    expect(readings).toHaveLength(31);
    expect(readings[0]?.atMs).toBe(300_000 - windowMs);
  });

  it("is bounded however fast it is looked at", () => {
    let readings: readonly Reading[] = [];
    for (let atMs = 0; atMs < 1_000; atMs++) readings = slide(readings, readingOf({ atMs }));
    expect(readings).toHaveLength(64);
  });

  it("counts what happened within it", () => {
    const first = readingOf({ stats: statsOf({ messages_sent_total: 100 }, [1, 1, 1]) });
    const latest = readingOf({
      atMs: 30_000,
      stats: statsOf({ messages_sent_total: 160 }, [1, 1, 1, 0.002, 0.002]),
    });
    const { seconds, growth, sendLatency } = sampleOf(first, latest);
    expect([seconds, growth.messages_sent_total, sendLatency.count]).toEqual([30, 60, 2]);
    expect(sendLatency.p99).toBeLessThanOrEqual(0.0025);
  });
});

describe("quantile", () => {
  const bounds = [1, 2, 4];
  const rows: readonly [title: string, observations: readonly number[], q: number, want: number][] = [
    ["is 0 without observations", [], 0.5, 0],
    ["is linear within a bucket", [1.5, 1.5, 1.5, 1.5], 0.5, 1.5],
    ["starts the first bucket at 0", [0.1, 0.1], 0.5, 0.5],
    ["is the upper bound of the bucket at its end", [0.5, 3], 1, 4],
    ["is the highest bound beyond all of them", [100], 0.5, 4],
    ["skips empty buckets", [0.5, 3, 3, 3], 0.25, 1],
  ];
  it.each(rows)("%s", (_title, observations, q, want) => {
    expect(quantile(histogramOf(bounds, observations), q)).toBeCloseTo(want);
  });
});

describe("the table of alerts", () => {
  const late = (count: number) => Array.from({ length: count }, () => 0.4);
  const rows: readonly [
    name: string,
    title: string,
    first: Partial<Reading>,
    latest: Partial<Reading>,
    want: number,
  ][] = [
    [
      "send_failures",
      "is the share of frames that were dropped",
      { stats: statsOf({ messages_sent_total: 1_000, messages_send_failures_total: 500 }) },
      { stats: statsOf({ messages_sent_total: 1_980, messages_send_failures_total: 520 }) },
      0.02,
    ],
    [
      "send_failures",
      "counts frames that a newer one replaced as attempted",
      {},
      {
        stats: statsOf({
          messages_attempted_total: 4_000,
          messages_sent_total: 1_980,
          messages_send_failures_total: 20,
        }),
      },
      0.005,
    ],
    [
      "send_failures",
      "says nothing of a few frames",
      {},
      { stats: statsOf({ messages_sent_total: 1, messages_send_failures_total: 9 }) },
      0,
    ],
    [
      "rate_limit_drops",
      "is a rate",
      { stats: statsOf({ messages_dropped_rate_limit_total: 100 }) },
      { stats: statsOf({ messages_dropped_rate_limit_total: 700 }) },
      10,
    ],
    [
      "backpressure_disconnects",
      "is a count",
      {},
      { stats: statsOf({ backpressure_disconnects_total: 4 }) },
      4,
    ],
    ["bus_down", "is 1 while the bus is down", {}, { bus: "down" }, 1],
    ["bus_down", "is 0 while it is degraded", {}, { bus: "degraded" }, 0],
    ["bus_failures", "is a count", {}, { stats: statsOf({ bus_failures_total: 2 }) }, 2],
    ["send_latency", "is a percentile in seconds", {}, { stats: statsOf({}, late(20)) }, 0.4875],
    ["send_latency", "says nothing of a few frames", {}, { stats: statsOf({}, late(19)) }, 0],
    ["memory", "is a share of what the process may take", {}, { rssBytes: 480e6 }, 0.9375],
    ["event_loop_delay", "is in seconds", {}, { loopDelayMsP99: 300 }, 0.3],
    ["handler_failures", "is a count", {}, { stats: statsOf({ handler_failures_total: 7 }) }, 7],
  ];
  it.each(rows)("%s %s", (name, _title, first, latest, want) => {
    const row = alertRules.find((candidate) => candidate.name === name);
    const sample = sampleOf(readingOf(first), readingOf({ atMs: 60_000, ...latest }));
    expect(row?.measure(sample)).toBeCloseTo(want, 6);
  });

  it.each(alertRules)(
    "$name has a row above, and a lower bound to clear that is not above the other",
    (row) => {
      expect(rows.map(([name]) => name)).toContain(row.name);
      expect(row.clearBelow).toBeLessThanOrEqual(row.fireAbove);
      expect(row.clearAfterMs).toBeGreaterThan(0);
    },
  );

  it.each(alertRules)("$name is quiet on an idle server", (row) => {
    const reading = readingOf();
    expect(row.measure(sampleOf(reading, reading))).toBeLessThanOrEqual(row.clearBelow);
  });

  it("writes sentences with figures", () => {
    const figures = [0.0234, 12.34, 5, 1, 3, 0.3204, 0.9061, 0.251, 7];
    expect(alertRules.map(({ says, unit }, index) => says(unit(figures[index] ?? 0)))).toEqual([
      "2.3 % of outbound frames were dropped in the last minute",
      "clients flood: inbound frames are dropped, 12.3 per second",
      "clients that do not read are disconnected, 5 per minute",
      "the bus between publishers and servers is down",
      "publications or reads of history fail on the bus, 3 per minute",
      "published frames reach the sockets late: 95th percentile 320.4 ms",
      "the process holds 90.6 % of the memory it may take",
      "the event loop is late: 99th percentile 251 ms",
      "handlers of messages fail, 7 per minute",
    ]);
  });
});

describe("watchAlerts", () => {
  function watching({ publish = async () => {} }: { readonly publish?: () => Promise<void> } = {}) {
    const told: (readonly Alert[])[] = [];
    const lines: string[] = [];
    const line = (level: string) => (fields: object, message: string) =>
      void lines.push(`${level} ${message}${"says" in fields ? `: ${fields.says}` : ""}`);
    const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
    let nowMs = 0;
    const watch = watchAlerts({
      log,
      node: "n-1",
      rules: [rule],
      clock: { now: () => Date.UTC(2026, 0, 1) + nowMs, elapsed: () => nowMs },
      publish: (alerts) => {
        told.push(alerts);
        return publish();
      },
    });
    const look = (atMs: number, heat: number, listeners = 1): void => {
      nowMs = atMs;
      watch.look(readingOf({ atMs, loopDelayMsP99: heat, stats: statsOf({}, [], { alerts: listeners }) }));
    };
    return { told, lines, look, watch };
  }

  it("tells, logs and counts that an alert fires and is resolved", () => {
    const { told, lines, look, watch } = watching();
    for (const [atMs, heat] of [
      [0, 20],
      [5_000, 30],
      [6_000, 3],
      [14_000, 2],
    ] as const)
      look(atMs, heat);
    expect(told).toEqual([
      [
        {
          name: "heat",
          severity: "warning",
          message: "it is hot: 30 degrees (fires above 10 degrees).",
          state: "firing",
          since: "2026-01-01T00:00:05.000Z",
          value: 30,
          threshold: 10,
          node: "n-1",
        },
      ],
      [
        {
          name: "heat",
          severity: "info",
          message: "Resolved: it is hot: 2 degrees (clears up to 4 degrees).",
          state: "resolved",
          since: "2026-01-01T00:00:05.000Z",
          value: 2,
          threshold: 4,
          node: "n-1",
        },
      ],
    ]);
    expect(lines).toEqual([
      "warn an alert fires: it is hot: 30 degrees (fires above 10 degrees).",
      "info an alert is resolved: Resolved: it is hot: 2 degrees (clears up to 4 degrees).",
    ]);
    expect(watch.figures()).toEqual({
      firing: { heat: false },
      totals: { heat: { firing: 1, resolved: 1 } },
    });
  });

  it("tells changes also while nobody listens here: other servers may have listeners", () => {
    const { told, look } = watching();
    look(0, 20, 0);
    look(5_000, 20, 0);
    expect(told).toHaveLength(1);
  });

  it("repeats what fires every minute, and not what is clear", () => {
    const { told, look } = watching();
    look(0, 20);
    for (let atMs = 5_000; atMs <= 5_000 + 3 * repeatEveryMs; atMs += 5_000) look(atMs, 20);
    expect(told).toHaveLength(4);
    for (let atMs = 200_000; atMs <= 400_000; atMs += 4_000) look(atMs, 1);
    expect(told).toHaveLength(5);
  });

  it("repeats it at once for a newcomer, and for nobody while nobody listens", () => {
    const { told, look } = watching();
    look(0, 20, 0);
    look(5_000, 20, 0);
    look(100_000, 20, 0);
    expect(told).toHaveLength(1);
    look(102_000, 20, 1);
    expect(told).toHaveLength(2);
    look(104_000, 20, 1);
    look(106_000, 20, 2);
    expect(told).toHaveLength(3);
  });

  it("goes on judging while a publication hangs, and logs one that fails", async () => {
    const { lines, look, watch } = watching({ publish: () => Promise.reject(new Error("no bus")) });
    look(0, 20);
    look(5_000, 20);
    await Promise.resolve();
    expect(lines).toContain("error alerts were not published");
    const hanging = watching({ publish: () => new Promise(() => {}) });
    for (const [atMs, heat] of [
      [0, 20],
      [5_000, 20],
      [6_000, 0],
      [14_000, 0],
    ] as const)
      hanging.look(atMs, heat);
    expect(hanging.watch.figures().totals.heat).toEqual({ firing: 1, resolved: 1 });
    expect(watch.figures().firing.heat).toBe(true);
  });
});
