import {
  type Counts,
  gaugeTable,
  type HistogramSnapshot,
  histogramTable,
  metricTable,
  type ServerStats,
} from "@hivewire/server";
import type { Reading } from "../../src/alerts/alert-sample.js";

const zeros = <Name extends string>(table: Readonly<Record<Name, unknown>>): Record<Name, number> =>
  Object.fromEntries(Object.keys(table).map((name) => [name, 0])) as Record<Name, number>;

/** A histogram in which so many observations lie up to each bound. */
export function histogramOf(bounds: readonly number[], observations: readonly number[]): HistogramSnapshot {
  return {
    buckets: bounds.map((le) => ({ le, count: observations.filter((seconds) => seconds <= le).length })),
    sum: observations.reduce((sum, seconds) => sum + seconds, 0),
    count: observations.length,
  };
}

/** The figures of an idle server, with some of its counters and of its observed send latencies. */
export function statsOf(
  counts: Partial<Counts> = {},
  latencies: readonly number[] = [],
  subscriptions: Readonly<Record<string, number>> = {},
): ServerStats {
  const empty = (name: keyof typeof histogramTable) => histogramOf(histogramTable[name].buckets, []);
  return {
    activeConnections: 0,
    subscriptions,
    counts: { ...zeros(metricTable), ...counts },
    gauges: zeros(gaugeTable),
    histograms: {
      send_latency_seconds: histogramOf(histogramTable.send_latency_seconds.buckets, latencies),
      handler_seconds: empty("handler_seconds"),
      connection_duration_seconds: empty("connection_duration_seconds"),
    },
  };
}

/** A reading of an idle, healthy server. */
export function readingOf(changes: Partial<Reading> = {}): Reading {
  return {
    atMs: 0,
    stats: statsOf(),
    bus: "healthy",
    rssBytes: 70e6,
    memoryLimitBytes: 512e6,
    loopDelayMsP99: 1,
    ...changes,
  };
}
