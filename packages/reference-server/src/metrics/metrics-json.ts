import { histogramFamilies, type MetricsReading, numberFamilies } from "./metric-families.js";

/** The metrics page as JSON: the same figures by the same names. */
export interface MetricsJson {
  /** Counters and gauges by full name; those with labels as a list. */
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly histograms: Readonly<Record<string, unknown>>;
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
}

/** Makes the page as JSON, without `prom-client`. */
export function metricsJson(prefix: string, reading: MetricsReading, timestamp: string): MetricsJson {
  const metrics = numberFamilies.map(({ name, labelNames, read }) => {
    const values = read(reading);
    return [`${prefix}${name}`, labelNames.length === 0 ? (values[0]?.value ?? 0) : values];
  });
  const histograms = histogramFamilies.map(({ name, read }) => [`${prefix}${name}`, read(reading)]);
  return { metrics: Object.fromEntries(metrics), histograms: Object.fromEntries(histograms), timestamp };
}
