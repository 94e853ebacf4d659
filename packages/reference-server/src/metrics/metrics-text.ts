import type { Counter, Gauge, Registry } from "prom-client";
import {
  type HistogramFamily,
  histogramFamilies,
  type MetricsReading,
  type NumberFamily,
  numberFamilies,
} from "./metric-families.js";
import { processMetrics } from "./process-metrics.js";

/** The metrics page as text. */
export interface MetricsText {
  readonly contentType: string;
  readonly write: () => Promise<string>;
}

type Prometheus = typeof import("prom-client");

/**
 * Makes the page in Prometheus' text format (version 0.0.4). The metrics of `prom-client` hold nothing: when the page is
 * written, each takes its value from one reading of the engine.
 * @param prefix - before the name of each metric of the server; those of the process have the names of `prom-client`
 */
export async function createMetricsText(prefix: string, read: () => MetricsReading): Promise<MetricsText> {
  const prometheus = await import("prom-client");
  const process = processMetrics(prometheus);
  const registry = new prometheus.Registry();
  let reading = read();
  for (const family of numberFamilies) addNumbers(prometheus, registry, prefix, family, () => reading);
  for (const family of histogramFamilies) addHistogram(prometheus, registry, prefix, family, () => reading);
  return {
    contentType: registry.contentType,
    write: async () => {
      reading = read();
      return `${await registry.metrics()}\n${await process.metrics()}`;
    },
  };
}

function addNumbers(
  { Counter, Gauge }: Prometheus,
  registry: Registry,
  prefix: string,
  { type, name, help, labelNames, read }: NumberFamily,
  reading: () => MetricsReading,
): void {
  const about = { name: `${prefix}${name}`, help, labelNames: [...labelNames], registers: [registry] };
  const fill = (metric: Counter | Gauge): void => {
    metric.reset();
    for (const { labels, value } of read(reading())) metric.inc(labels, value);
  };
  if (type === "gauge") {
    new Gauge({
      ...about,
      collect() {
        fill(this);
      },
    });
    return;
  }
  new Counter({
    ...about,
    collect() {
      fill(this);
    },
  });
}

function addHistogram(
  { Histogram }: Prometheus,
  registry: Registry,
  prefix: string,
  { name, help, read }: HistogramFamily,
  reading: () => MetricsReading,
): void {
  const fullName = `${prefix}${name}`;

  /** A histogram whose observations were counted elsewhere. */
  class SnapshotHistogram extends Histogram {
    /** What a registry of prom-client 15 asks a histogram for (its lib/registry.js), in the shape of its `get()`. */
    async getForPromString() {
      const { buckets, sum, count } = read(reading());
      const value = (
        suffix: string,
        number: number,
        labels: Readonly<Record<string, string | number>> = {},
      ) => ({
        metricName: `${fullName}_${suffix}`,
        value: number,
        labels,
      });
      return {
        name: fullName,
        help,
        type: "histogram",
        aggregator: "sum",
        values: [
          ...buckets.map((bucket) => value("bucket", bucket.count, { le: bucket.le })),
          value("bucket", count, { le: "+Inf" }),
          value("sum", sum),
          value("count", count),
        ],
      };
    }
  }
  new SnapshotHistogram({ name: fullName, help, registers: [registry] });
}
