import { ProtocolError } from "./protocol-error.js";

/** One row of the table of limits. */
export interface LimitRow {
  /** Value unless configured. */
  readonly default: number;
  /** Smallest and largest value that is taken. */
  readonly range: readonly [min: number, max: number];
  /** Unit of the value. */
  readonly unit:
    | "messages/s"
    | "messages"
    | "bytes/s"
    | "bytes"
    | "ms"
    | "topics"
    | "sends"
    | "levels"
    | "connections"
    | "connections/s";
  /** Field of `GET …/websocket/limits`; that field is in seconds where its name says so. */
  readonly field?: string;
  /** What happens at the bound. */
  readonly effect: string;
}

/**
 * The table. The server enforces it; `GET …/limits`, configuration and documents read it.
 * Numbers are written out: a product keeps esbuild from dropping the table out of a client's bundle.
 */
export const limitTable = {
  rateTokensPerSecond: {
    default: 20,
    range: [0.1, 100_000],
    unit: "messages/s",
    field: "rate_limit_tokens_per_second",
    effect: "refill of the bucket that each inbound frame takes one token from",
  },
  rateBurst: {
    default: 40,
    range: [1, 1_000_000],
    unit: "messages",
    field: "rate_limit_burst_capacity",
    effect: "size of the bucket; a frame that finds it empty is dropped",
  },
  rateBytesPerSecond: {
    default: 1_310_720,
    range: [1024, 1_073_741_824],
    unit: "bytes/s",
    field: "rate_limit_bytes_per_second",
    effect: "refill of the bucket that the bytes of each inbound frame are taken from",
  },
  rateBytesBurst: {
    default: 2_621_440,
    range: [1024, 1_073_741_824],
    unit: "bytes",
    field: "rate_limit_burst_bytes",
    effect: "size of the bucket of bytes; a frame that finds it empty is dropped",
  },
  rateNotifyCooldownMs: {
    default: 5_000,
    range: [0, 3_600_000],
    unit: "ms",
    field: "rate_limit_notify_cooldown_seconds",
    effect: "at most one rate_limited error in this time",
  },
  rateViolationsBeforeClose: {
    default: 200,
    range: [1, 1_000_000],
    unit: "messages",
    field: "rate_limit_violations_before_close",
    effect: "this many frames dropped since the bucket was last full close with 4429",
  },
  maxMessageBytes: {
    default: 65_536,
    range: [1024, 16_777_216],
    unit: "bytes",
    field: "max_inbound_message_bytes",
    effect: "a larger frame is dropped with one message_too_large error",
  },
  hardMessageBytes: {
    default: 1_048_576,
    range: [1024, 67_108_864],
    unit: "bytes",
    field: "hard_inbound_message_bytes",
    effect: "a larger frame closes the connection with 1009 before it is read; live connections keep theirs",
  },
  maxNesting: {
    default: 128,
    range: [4, 10_000],
    unit: "levels",
    field: "max_nesting",
    effect: "a frame nested deeper closes the connection with 1008",
  },
  invalidMessagesBeforeClose: {
    default: 100,
    range: [1, 1_000_000],
    unit: "messages",
    field: "invalid_messages_before_close",
    effect: "this many refused frames in a row close with 4422",
  },
  maxSubscriptions: {
    default: 10,
    range: [1, 10_000],
    unit: "topics",
    field: "max_subscriptions_per_connection",
    effect: "a request that would exceed it is refused whole with too_many_subscriptions",
  },
  sendFailuresBeforeClose: {
    default: 5,
    range: [1, 1_000],
    unit: "sends",
    field: "backpressure_disconnect_threshold",
    effect: "this many sends in a row over the soft bound close with 4430",
  },
  sendQueueSoftBytes: {
    default: 65_536,
    range: [1024, 67_108_864],
    unit: "bytes",
    field: "send_queue_soft_bytes",
    effect: "a send that finds more waiting counts as a failure and is dropped",
  },
  sendQueueHardBytes: {
    default: 1_048_576,
    range: [1024, 1_073_741_824],
    unit: "bytes",
    field: "send_queue_hard_bytes",
    effect: "more than this waiting closes with 4430 at once",
  },
  idleMs: {
    default: 600_000,
    range: [1_000, 86_400_000],
    unit: "ms",
    field: "idle_disconnect_seconds",
    effect: "a connection on which no frame goes either way for this long is closed with 4408",
  },
  heartbeatMs: {
    default: 25_000,
    range: [100, 3_600_000],
    unit: "ms",
    field: "heartbeat_seconds",
    effect: "time between the server's RFC 6455 pings",
  },
  pongTimeoutMs: {
    default: 10_000,
    range: [50, 3_600_000],
    unit: "ms",
    field: "pong_timeout_seconds",
    effect: "a ping that is unanswered for this long closes with 4431",
  },
  replayMessages: {
    default: 1_000,
    range: [0, 100_000],
    unit: "messages",
    field: "max_replay_messages",
    effect: "at most this many frames of one topic are replayed after a reconnect: the newest ones",
  },
  replayBytes: {
    default: 524_288,
    range: [0, 67_108_864],
    unit: "bytes",
    field: "max_replay_bytes",
    effect: "at most this much of one topic is replayed after a reconnect: the newest frames",
  },
  maxConnections: {
    default: 50_000,
    range: [1, 10_000_000],
    unit: "connections",
    field: "max_connections",
    effect: "an upgrade beyond it is answered with HTTP 503",
  },
  maxConnectionsPerAddress: {
    default: 1_000,
    range: [1, 10_000_000],
    unit: "connections",
    field: "max_connections_per_address",
    effect: "an upgrade beyond it is answered with HTTP 429",
  },
  maxConnectionsPerCredential: {
    default: 100,
    range: [1, 10_000_000],
    unit: "connections",
    field: "max_connections_per_credential",
    effect: "a connection beyond it is closed with 4429",
  },
  connectionsPerSecond: {
    default: 100,
    range: [0.01, 1_000_000],
    unit: "connections/s",
    field: "connection_rate_per_second",
    effect: "refill of the bucket of an address that each upgrade takes one token from",
  },
  connectionBurst: {
    default: 1_000,
    range: [1, 10_000_000],
    unit: "connections",
    field: "connection_rate_burst",
    effect: "size of that bucket; an upgrade that finds it empty is answered with HTTP 429",
  },
} as const satisfies Record<string, LimitRow>;

/** Name of a limit. */
export type LimitName = keyof typeof limitTable;

/** A value for every limit, in the unit of its row. */
export type Limits = Readonly<Record<LimitName, number>>;

/** All names, in the table's order. */
export const limitNames = /* @__PURE__ */ Object.keys(limitTable) as readonly LimitName[];

/** The defaults of the table. */
export const defaultLimits: Limits = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ limitNames.map((name) => [name, limitTable[name].default]),
) as Limits;

/**
 * The defaults with `overrides` in their place.
 * @throws ProtocolError `invalid_limit` for a value outside its row's range
 */
export function resolveLimits(overrides: Partial<Limits> = {}): Limits {
  for (const name of limitNames) {
    const value = overrides[name];
    const row: LimitRow = limitTable[name];
    const [min, max] = row.range;
    if (value !== undefined && !(value >= min && value <= max)) {
      throw new ProtocolError(
        "invalid_limit",
        `Failed to set the limit ${name}: expected ${min} to ${max} ${row.unit}, received ${value}.`,
      );
    }
  }
  return { ...defaultLimits, ...overrides };
}
