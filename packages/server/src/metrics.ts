/** The table of counters: name → what is counted. `GET …/stats` and documents read this one. */
export const metricTable = {
  connections_total: "connections whose handshake was done",
  disconnections_total: "connections that ended",
  messages_received_total: "frames from clients, refused ones included",
  messages_sent_total: "frames handed to a socket",
  messages_send_failures_total: "frames dropped because too much was waiting",
  messages_dropped_rate_limit_total: "frames dropped because the bucket was empty",
  messages_invalid_total: "frames that broke a rule or the contract",
  errors_sent_total: "error frames sent",
  conversion_failures_total: "frames not sent to an older contract version because their conversion threw",
  handler_failures_total: "handlers that threw or answered with a frame that breaks the contract",
  backpressure_disconnects_total: "connections closed because they did not read",
  idle_disconnects_total: "connections closed because nothing was sent",
  auth_denied_total: "connections refused for their credentials",
  origin_denied_total: "upgrades refused for their origin",
  bytes_received_total: "bytes of frames from clients",
  bytes_sent_total: "bytes of frames handed to a socket",
} as const satisfies Record<string, string>;

/** Name of a counter. */
export type MetricName = keyof typeof metricTable;

/** All counters at one moment. */
export type Counts = Readonly<Record<MetricName, number>>;

/** Counts in memory. */
export class Metrics {
  readonly #counts = new Map<MetricName, number>();

  /** Adds to a counter. */
  add(name: MetricName, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** The value of one counter. */
  get(name: MetricName): number {
    return this.#counts.get(name) ?? 0;
  }

  /** The values of all, zeros included. */
  snapshot(): Counts {
    const names = Object.keys(metricTable) as readonly MetricName[];
    return Object.fromEntries(names.map((name) => [name, this.get(name)])) as Record<MetricName, number>;
  }
}
