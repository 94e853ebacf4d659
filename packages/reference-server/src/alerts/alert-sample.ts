import {
  type BusHealth,
  type Counts,
  type HistogramSnapshot,
  type MetricName,
  metricTable,
  type ServerStats,
} from "@hivewire/server";

/** What one look at the server says. */
export interface Reading {
  /** Monotonic, in milliseconds. */
  readonly atMs: number;
  readonly stats: ServerStats;
  readonly bus: BusHealth["status"];
  /** Memory of the process, and what it may take. */
  readonly rssBytes: number;
  readonly memoryLimitBytes: number;
  /** Delay of the event loop since the reading before, 99th percentile. */
  readonly loopDelayMsP99: number;
}

/** How long published frames took to their sockets. */
interface Latency {
  /** Frames that were measured. */
  readonly count: number;
  /** Estimates from the buckets, in seconds; 0 when there was no frame. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What alerts are judged by: the newest reading, and what happened in the window that ends with it. */
export interface Sample {
  /** Length of the window; 0 with the first reading. */
  readonly seconds: number;
  /** Growth of each counter within the window. */
  readonly growth: Counts;
  readonly sendLatency: Latency;
  readonly latest: Reading;
}

/** Length of the window, in milliseconds. */
export const windowMs = 60_000;

/** Readings that are kept at most: those of a window, looked at every two seconds, and some to spare. */
const maxReadings = 64;

/** Adds a reading to those of the window and takes out what is too old; one at or before its start stays. */
export function slide(readings: readonly Reading[], reading: Reading): readonly Reading[] {
  const all = [...readings, reading].slice(-maxReadings);
  const start = all.findLastIndex(({ atMs }) => reading.atMs - atMs >= windowMs);
  return all.slice(Math.max(0, start));
}

/** Observations between two snapshots of one histogram. */
function difference(before: HistogramSnapshot, after: HistogramSnapshot): HistogramSnapshot {
  return {
    buckets: after.buckets.map(({ le, count }, index) => ({
      le,
      count: count - (before.buckets[index]?.count ?? 0),
    })),
    sum: after.sum - before.sum,
    count: after.count - before.count,
  };
}

/**
 * Estimates a quantile as `histogram_quantile` of Prometheus does: linear within the bucket, and the highest bound
 * for what lies beyond all of them.
 */
export function quantile({ buckets, count }: HistogramSnapshot, q: number): number {
  if (count <= 0) return 0;
  const rank = q * count;
  const index = buckets.findIndex((bucket) => bucket.count >= rank);
  const bucket = buckets[index];
  if (!bucket) return buckets.at(-1)?.le ?? 0;
  const below = buckets[index - 1] ?? { le: 0, count: 0 };
  if (bucket.count === below.count) return bucket.le;
  return below.le + ((bucket.le - below.le) * (rank - below.count)) / (bucket.count - below.count);
}

function growthOf(before: Counts, after: Counts): Counts {
  // The keys of the table are the names of the counters.
  const names = Object.keys(metricTable) as MetricName[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Counts;
}

/** Makes a sample of the first and the latest reading of a window. */
export function sampleOf(first: Reading, latest: Reading): Sample {
  const latency = difference(
    first.stats.histograms.send_latency_seconds,
    latest.stats.histograms.send_latency_seconds,
  );
  return {
    seconds: (latest.atMs - first.atMs) / 1_000,
    growth: growthOf(first.stats.counts, latest.stats.counts),
    sendLatency: {
      count: latency.count,
      p50: quantile(latency, 0.5),
      p95: quantile(latency, 0.95),
      p99: quantile(latency, 0.99),
    },
    latest,
  };
}
