import type {
  Contract,
  ContractTypes,
  Converters,
  Limits,
  Position,
  Sendable,
  Validators,
} from "@hivewire/protocol";
import type { Refusal } from "./admission.js";
import type { Bus, BusHealth } from "./bus.js";
import type { Environment } from "./environment.js";
import type { Log } from "./log.js";
import type { Counts, Gauges, Histograms } from "./metrics.js";
import type { Socket, SocketEvents, Upgrade } from "./socket.js";
import type { Tracing } from "./tracing.js";

/** Requests that the engine answers itself. */
type ControlType = "ping" | "subscribe" | "unsubscribe" | "authenticate";

/** A topic of the contract. */
export type TopicOf<Types extends ContractTypes> = keyof Types["topics"] & string;

/** A `type` that clients send and that a handler takes. */
export type HandledType<Types extends ContractTypes> = {
  [K in keyof Types["messages"] & string]: Types["messages"][K] extends Types["client"] ? K : never;
}[Exclude<keyof Types["messages"] & string, ControlType>];

/** What a handler knows beside the message. */
export interface HandlerContext<Identity> {
  readonly connectionId: string;
  /** The negotiated contract version. */
  readonly contractVersion: string;
  /** What `authenticate` returned; undefined without that option. */
  readonly identity: Identity | undefined;
}

/** What a handler returns: an answer when the contract names replies, else nothing. */
export type HandlerResult<Types extends ContractTypes, K> = K extends keyof Types["replies"]
  ? Sendable<Types["replies"][K]>
  : undefined;

/** One handler per message that clients send. The engine answers the protocol's own requests itself. */
export type Handlers<Types extends ContractTypes, Identity> = {
  readonly [K in HandledType<Types>]: (
    message: Types["messages"][K & keyof Types["messages"]],
    context: HandlerContext<Identity>,
  ) => HandlerResult<Types, K> | Promise<HandlerResult<Types, K>>;
};

/** How a server is made. */
export interface ServerOptions<Types extends ContractTypes, Identity> {
  readonly contract: Contract<Types>;
  /** The generated validators of that contract: nothing passes in or out without them. */
  readonly validators: Validators<Types>;
  /**
   * How frames become those of older versions: `createConverters` of the generated `converters.ts`. Without them only
   * what was added later is left out (`x-since`). @default none
   */
  readonly converters?: Converters | undefined;
  /** Deviations from the table of limits. @default `defaultLimits` of `@hivewire/protocol` */
  readonly limits?: Partial<Limits> | undefined;
  /** Carries topic frames. @default a `MemoryBus` */
  readonly bus?: Bus | undefined;
  /**
   * Decides about credentials: who it is, or undefined to refuse (4401). Called for each connection, without a
   * token when there is none, and for each `authenticate` message. When it throws or rejects, nobody can tell: a newcomer
   * is closed with 1011, and a live connection keeps what it had. @default everybody is let in
   */
  readonly authenticate?:
    | ((accessToken: string | undefined) => Identity | undefined | Promise<Identity | undefined>)
    | undefined;
  /**
   * When credentials end, in milliseconds since the Unix epoch; the connection goes with 4401 then, unless
   * `authenticate` brought newer ones. Clients are told in `expires_at`. @default they never end
   */
  readonly credentialsExpireAt?: ((identity: Identity) => number | undefined) | undefined;
  /** What connections per credential are counted by; undefined is not counted. @default nothing is counted */
  readonly credentialKey?: ((identity: Identity) => string | undefined) | undefined;
  /** Whether an identity may have a topic live; a denied one is withheld with `forbidden`. @default all may */
  readonly authorizeTopic?: ((identity: Identity | undefined, topic: TopicOf<Types>) => boolean) | undefined;
  /** Time for `authenticate`, in milliseconds; then the connection goes with 4401. @default 5_000 */
  readonly authenticateTimeoutMs?: number | undefined;
  /** Clients spread their reconnect over this time after a shutdown, in milliseconds. @default 5_000 */
  readonly reconnectSpreadMs?: number | undefined;
  /** Where lines go. @default nowhere */
  readonly log?: Log | undefined;
  /** Runs handlers, publications and handshakes inside spans. @default none: nothing is made */
  readonly tracing?: Tracing | undefined;
  /** Clock, timers and identifiers, for tests. @default the real ones */
  readonly environment?: Partial<Environment> | undefined;
}

/** Where a published frame went. */
export interface Published {
  readonly position: Position;
  /** Connections of this process that had the topic live. */
  readonly reached: number;
}

/** Figures at one moment. */
export interface ServerStats {
  readonly activeConnections: number;
  /** Topic → live subscriptions; every topic of the contract is there. */
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly counts: Counts;
  readonly gauges: Gauges;
  readonly histograms: Histograms;
}

/** One open connection at one moment. */
export interface ConnectionInfo {
  readonly connectionId: string;
  /** Where it came from; undefined when the adapter did not say. */
  readonly remoteAddress: string | undefined;
  /** The negotiated contract version. */
  readonly contractVersion: string;
  readonly ageMs: number;
  /** Live topics, sorted. */
  readonly topics: readonly string[];
  /** Tokens left in the bucket of inbound frames. */
  readonly tokensLeft: number;
  /** Frames dropped since that bucket was last full. */
  readonly violations: number;
  /** Whether it is not read at the moment. */
  readonly isPaused: boolean;
  /** Bytes that wait in the socket. */
  readonly queueBytes: number;
  /** Sends in a row that found too much waiting. */
  readonly sendFailures: number;
  /** Round trip of the last RFC 6455 ping; undefined before the first pong. */
  readonly latencyMs: number | undefined;
}

/** A server that lacks only its handlers. */
export interface ServerSetup<Types extends ContractTypes, Identity> {
  /** Makes the server. Each call makes another one. */
  handle(handlers: Handlers<Types, Identity>): Server<Types>;
}

/** A session engine without a network: adapters bring sockets. */
export interface Server<Types extends ContractTypes> {
  readonly contract: Contract<Types>;
  /** The limits in force now. */
  readonly limits: Limits;
  /**
   * Changes limits for new and live connections, and returns those in force then.
   * @throws ProtocolError `invalid_limit`; nothing was changed then
   */
  changeLimits(changes: Partial<Limits>): Limits;
  readonly stats: () => ServerStats;
  /** All open connections, oldest first. */
  readonly connections: () => readonly ConnectionInfo[];
  /** Whether the bus carries frames. */
  readonly busHealth: () => BusHealth;
  /** Whether `close` was called: nobody is let in any more. */
  readonly isClosing: () => boolean;
  /**
   * Sends a frame to everyone who has the topic live.
   * @throws ServerError (as a rejection) `unknown_topic`, `invalid_frame`, `server_closed`; nothing was sent then
   */
  publish<K extends TopicOf<Types>>(topic: K, frame: Sendable<Types["topics"][K]>): Promise<Published>;
  /** `publish` for frames whose types are known only at run time, such as those that come over HTTP. */
  publishUnknown(topic: string, frame: unknown): Promise<Published>;
  /** Closes one connection with 4409; false when there is none of that id. */
  disconnect(connectionId: string, reason: string): boolean;
  /**
   * Asks, before an upgrade is answered, whether there is room for a client of that address.
   * @returns undefined, or the HTTP status of the refusal
   */
  admit(remoteAddress: string | undefined): Refusal | undefined;
  /** Takes a socket that an adapter accepted; the adapter calls the returned events. */
  accept(socket: Socket, upgrade: Upgrade): SocketEvents;
  /** Counts an upgrade that an adapter refused for its origin. */
  originDenied(): void;
  /**
   * Tells every client, closes with 1012, and waits until all are gone, at most `graceMs`; then drops the rest.
   * @param graceMs - in milliseconds @default 5_000
   */
  close(graceMs?: number): Promise<void>;
}
