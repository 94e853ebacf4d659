import type { MetricName } from "@hivewire/server";
import type { Sample } from "./alert-sample.js";

/** How bad it is: `critical` loses frames or clients now, `warning` will. */
type Severity = "warning" | "critical";

/** One row of the table of alerts. */
export interface AlertRule {
  /** Its name on the wire; Prometheus knows it as `Hivewire` and the same in camel case. */
  readonly name: string;
  readonly severity: Severity;
  /** The figure that is judged; 0 when there is too little to judge. */
  readonly measure: (sample: Sample) => number;
  /** Fires once the figure has been above it for `fireAfterMs`. */
  readonly fireAbove: number;
  readonly fireAfterMs: number;
  /** Resolves once the figure has not been above it for `clearAfterMs`. */
  readonly clearBelow: number;
  readonly clearAfterMs: number;
  /** Writes a figure for a person. */
  readonly unit: (value: number) => string;
  /** What happens, with the figure in its place. */
  readonly says: (figure: string) => string;
}

const percent = (value: number): string => `${Number((value * 100).toFixed(1))} %`;
const milliseconds = (seconds: number): string => `${Number((seconds * 1_000).toFixed(1))} ms`;
const perSecond = (value: number): string => `${Number(value.toFixed(1))} per second`;
const perMinute = (value: number): string => `${Math.round(value)} per minute`;
const down = (value: number): string => (value > 0 ? "down" : "up");

/** Growth of a counter per second; a window of less than one second counts as one. */
function rate({ seconds, growth }: Sample, name: MetricName): number {
  return growth[name] / Math.max(1, seconds);
}

/** Frames that were dropped before their share of all says something. */
const fewestFailures = 10;

/** Frames that were measured before a percentile of them says something. */
const fewestLatencies = 20;

function failedShare({ growth }: Sample): number {
  const failed = growth.messages_send_failures_total;
  const attempted = Math.max(growth.messages_attempted_total, growth.messages_sent_total + failed);
  return failed < fewestFailures ? 0 : failed / attempted;
}

/**
 * The table of alerts. The evaluation, the metrics page, docs/operations/alerts.rules.yml, the Grafana board and the
 * runbook name the same rows with the same figures.
 */
export const alertRules: readonly AlertRule[] = [
  {
    name: "send_failures",
    severity: "critical",
    measure: failedShare,
    fireAbove: 0.01,
    fireAfterMs: 10_000,
    clearBelow: 0.002,
    clearAfterMs: 30_000,
    unit: percent,
    says: (figure) => `${figure} of outbound frames were dropped in the last minute`,
  },
  {
    name: "rate_limit_drops",
    severity: "warning",
    measure: (sample) => rate(sample, "messages_dropped_rate_limit_total"),
    fireAbove: 10,
    fireAfterMs: 10_000,
    clearBelow: 2,
    clearAfterMs: 60_000,
    unit: perSecond,
    says: (figure) => `clients flood: inbound frames are dropped, ${figure}`,
  },
  {
    name: "backpressure_disconnects",
    severity: "warning",
    measure: ({ growth }) => growth.backpressure_disconnects_total,
    fireAbove: 3,
    fireAfterMs: 0,
    clearBelow: 1,
    clearAfterMs: 60_000,
    unit: perMinute,
    says: (figure) => `clients that do not read are disconnected, ${figure}`,
  },
  {
    name: "bus_down",
    severity: "critical",
    measure: ({ latest }) => (latest.bus === "down" ? 1 : 0),
    fireAbove: 0.5,
    fireAfterMs: 5_000,
    clearBelow: 0.5,
    clearAfterMs: 10_000,
    unit: down,
    says: (figure) => `the bus between publishers and servers is ${figure}`,
  },
  {
    name: "bus_failures",
    severity: "critical",
    measure: ({ growth }) => growth.bus_failures_total,
    fireAbove: 0,
    fireAfterMs: 0,
    clearBelow: 0,
    clearAfterMs: 60_000,
    unit: perMinute,
    says: (figure) => `publications or reads of history fail on the bus, ${figure}`,
  },
  {
    name: "send_latency",
    severity: "warning",
    measure: ({ sendLatency: { count, p95 } }) => (count < fewestLatencies ? 0 : p95),
    fireAbove: 0.25,
    fireAfterMs: 10_000,
    clearBelow: 0.1,
    clearAfterMs: 30_000,
    unit: milliseconds,
    says: (figure) => `published frames reach the sockets late: 95th percentile ${figure}`,
  },
  {
    name: "memory",
    severity: "critical",
    measure: ({ latest: { rssBytes, memoryLimitBytes } }) => rssBytes / memoryLimitBytes,
    fireAbove: 0.85,
    fireAfterMs: 30_000,
    clearBelow: 0.75,
    clearAfterMs: 60_000,
    unit: percent,
    says: (figure) => `the process holds ${figure} of the memory it may take`,
  },
  {
    name: "event_loop_delay",
    severity: "warning",
    measure: ({ latest }) => latest.loopDelayMsP99 / 1_000,
    fireAbove: 0.25,
    fireAfterMs: 10_000,
    clearBelow: 0.1,
    clearAfterMs: 30_000,
    unit: milliseconds,
    says: (figure) => `the event loop is late: 99th percentile ${figure}`,
  },
  {
    name: "handler_failures",
    severity: "warning",
    measure: ({ growth }) => growth.handler_failures_total,
    fireAbove: 5,
    fireAfterMs: 0,
    clearBelow: 1,
    clearAfterMs: 60_000,
    unit: perMinute,
    says: (figure) => `handlers of messages fail, ${figure}`,
  },
];
