import {
  type GaugeName,
  gaugeTable,
  type HistogramName,
  type HistogramSnapshot,
  histogramTable,
  type MetricName,
  metricTable,
  type ServerStats,
} from "@hivewire/server";
import type { AlertFigures } from "../alerts/watch-alerts.js";

/** What the metrics page shows at one moment. */
export interface MetricsReading {
  readonly stats: ServerStats;
  readonly isBusUp: boolean;
  readonly alerts: AlertFigures;
  readonly memoryLimitBytes: number;
}

/** One value with its labels. */
interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that is a number per set of labels. */
export interface NumberFamily {
  readonly type: "counter" | "gauge";
  /** Without its prefix. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly read: (reading: MetricsReading) => readonly LabelledValue[];
}

/** A metric that is a histogram. */
export interface HistogramFamily {
  readonly type: "histogram";
  readonly name: string;
  readonly help: string;
  readonly read: (reading: MetricsReading) => HistogramSnapshot;
}

const one = (value: number): readonly LabelledValue[] => [{ labels: {}, value }];

// The keys of each table are its names: each is written as a literal.
const counters = (Object.keys(metricTable) as MetricName[]).map(
  (name): NumberFamily => ({
    type: "counter",
    name,
    help: metricTable[name],
    labelNames: [],
    read: ({ stats }) => one(stats.counts[name]),
  }),
);

const gauges = (Object.keys(gaugeTable) as GaugeName[]).map(
  (name): NumberFamily => ({
    type: "gauge",
    name,
    help: gaugeTable[name],
    labelNames: [],
    read: ({ stats }) => one(stats.gauges[name]),
  }),
);

const histograms = (Object.keys(histogramTable) as HistogramName[]).map(
  (name): HistogramFamily => ({
    type: "histogram",
    name,
    help: histogramTable[name].help,
    read: ({ stats }) => stats.histograms[name],
  }),
);

/** What the engine's tables do not have. Labels come from the contract and the table of alerts: they are few. */
const others: readonly NumberFamily[] = [
  {
    type: "gauge",
    name: "subscriptions",
    help: "live subscriptions of a topic",
    labelNames: ["topic"],
    read: ({ stats }) =>
      Object.entries(stats.subscriptions).map(([topic, value]) => ({ labels: { topic }, value })),
  },
  {
    type: "gauge",
    name: "bus_up",
    help: "whether the bus carries frames: 1, or 0 while it is down",
    labelNames: [],
    read: ({ isBusUp }) => one(isBusUp ? 1 : 0),
  },
  {
    type: "gauge",
    name: "memory_limit_bytes",
    help: "memory that the process may take: the limit of its container, or all of the machine's",
    labelNames: [],
    read: ({ memoryLimitBytes }) => one(memoryLimitBytes),
  },
  {
    type: "gauge",
    name: "alerts_firing",
    help: "whether an alert fires: 1, or 0",
    labelNames: ["alert"],
    read: ({ alerts }) =>
      Object.entries(alerts.firing).map(([alert, fires]) => ({ labels: { alert }, value: fires ? 1 : 0 })),
  },
  {
    type: "counter",
    name: "alerts_total",
    help: "how often an alert began to fire, and how often it was resolved",
    labelNames: ["alert", "state"],
    read: ({ alerts }) =>
      Object.entries(alerts.totals).flatMap(([alert, { firing, resolved }]) => [
        { labels: { alert, state: "firing" }, value: firing },
        { labels: { alert, state: "resolved" }, value: resolved },
      ]),
  },
];

/** Every number of the metrics page. */
export const numberFamilies: readonly NumberFamily[] = [...counters, ...gauges, ...others];

/** Every histogram of the metrics page. */
export const histogramFamilies: readonly HistogramFamily[] = histograms;
