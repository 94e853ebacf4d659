/** The table of counters: name → what is counted. `GET …/stats`, `GET …/metrics` and documents read this one. */
export const metricTable = {
  connections_total: "connections whose handshake was done",
  disconnections_total: "connections that ended",
  connections_refused_total:
    "upgrades and handshakes refused because too many connections were open or came at once",
  messages_received_total: "frames from clients, refused ones and RFC 6455 pings included",
  messages_handled_total: "frames from clients that kept every rule",
  messages_dropped_rate_limit_total: "frames dropped because the bucket was empty",
  messages_invalid_total: "frames that broke a rule or the contract",
  rate_limit_disconnects_total: "connections closed because they kept flooding",
  read_pauses_total: "times that reading from a connection stopped until it kept its bounds again",
  messages_attempted_total: "frames that were to be handed to a socket",
  messages_sent_total: "frames handed to a socket",
  messages_send_failures_total: "frames dropped because too much was waiting or the connection was going",
  messages_coalesced_total: "frames that a newer one replaced while they waited",
  messages_replayed_total: "frames sent again after a reconnect; they count as sent, too",
  messages_published_total: "frames published to a topic, by any node that shares the bus",
  errors_sent_total: "error frames sent",
  conversion_failures_total: "frames not sent to an older contract version because their conversion threw",
  handler_failures_total: "handlers that threw or answered with a frame that breaks the contract",
  bus_failures_total: "publications and reads of history that the bus failed at",
  backpressure_disconnects_total: "connections closed because they did not read",
  idle_disconnects_total: "connections closed because nothing was sent",
  pong_timeouts_total: "connections closed because a ping was not answered",
  auth_denied_total: "connections refused for their credentials",
  origin_denied_total: "upgrades refused for their origin",
  bytes_received_total: "bytes of frames from clients",
  bytes_sent_total: "bytes of frames handed to a socket",
} as const satisfies Record<string, string>;

/** Name of a counter. */
export type MetricName = keyof typeof metricTable;

/** All counters at one moment. */
export type Counts = Readonly<Record<MetricName, number>>;

/** The table of gauges: name → what it tells. `subscriptions`, which has a label for the topic, is beside it. */
export const gaugeTable = {
  connections_active: "connections that are open",
  connections_paused: "connections that are not read at the moment",
  last_broadcast_fanout: "connections that the last published frame went to",
  send_queue_bytes: "bytes that wait in all sockets",
  flush_window_seconds: "longest time that a published frame waits to leave together with others",
} as const satisfies Record<string, string>;

/** Name of a gauge. */
export type GaugeName = keyof typeof gaugeTable;

/** All gauges at one moment. */
export type Gauges = Readonly<Record<GaugeName, number>>;

const fine = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
] as const;
const coarse = [0.1, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400] as const;

/** The table of histograms: name → what is measured and the upper bounds of its buckets, in seconds. */
export const histogramTable = {
  send_latency_seconds: { help: "time from a publication to the write into the sockets", buckets: fine },
  handler_seconds: { help: "time that a handler took for a message", buckets: fine },
  connection_duration_seconds: { help: "how long a connection lasted", buckets: coarse },
} as const satisfies Record<string, { readonly help: string; readonly buckets: readonly number[] }>;

/** Name of a histogram. */
export type HistogramName = keyof typeof histogramTable;

/** One histogram at one moment. */
export interface HistogramSnapshot {
  /** Upper bounds, in seconds, with the number of observations up to each. The last one, +Inf, is `count`. */
  readonly buckets: readonly { readonly le: number; readonly count: number }[];
  /** Sum of the observations, in seconds. */
  readonly sum: number;
  readonly count: number;
}

/** All histograms at one moment. */
export type Histograms = Readonly<Record<HistogramName, HistogramSnapshot>>;

class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(seconds: number): void {
    const found = this.#bounds.findIndex((bound) => seconds <= bound);
    const index = found < 0 ? this.#bounds.length : found;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += seconds;
  }

  snapshot(): HistogramSnapshot {
    let count = 0;
    const buckets = this.#bounds.map((le, index) => {
      count += this.#counts[index] ?? 0;
      return { le, count };
    });
    return { buckets, sum: this.#sum, count: count + (this.#counts[this.#bounds.length] ?? 0) };
  }
}

function valuesOf<Name extends string, Value>(
  table: Readonly<Record<Name, unknown>>,
  value: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  // The keys of a table are its names: each is written as a literal.
  const names = Object.keys(table) as Name[];
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

/** Counts and measures in memory. */
export class Metrics {
  readonly #counts: Record<MetricName, number> = { ...valuesOf(metricTable, () => 0) };
  readonly #histograms = valuesOf(histogramTable, (name) => new Histogram(histogramTable[name].buckets));

  /** Adds to a counter. */
  add(name: MetricName, by = 1): void {
    this.#counts[name] += by;
  }

  /** The value of one counter. */
  get(name: MetricName): number {
    return this.#counts[name];
  }

  /** Adds an observation to a histogram, in milliseconds. */
  observe(name: HistogramName, ms: number): void {
    this.#histograms[name].observe(ms / 1_000);
  }

  /** The values of all counters, zeros included. */
  snapshot(): Counts {
    return { ...this.#counts };
  }

  /** All histograms, empty ones included. */
  histograms(): Histograms {
    return valuesOf(histogramTable, (name) => this.#histograms[name].snapshot());
  }
}
