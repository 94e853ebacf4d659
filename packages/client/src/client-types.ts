import type { ContractTypes, Sendable } from "@hivewire/protocol";
import type { ClientError } from "./client-error.js";
import type { ConnectionState } from "./connection-state.js";
import type { Listener } from "./listeners.js";
import type { Observable } from "./observable.js";
import type { Delivery } from "./outbox-types.js";
import type { Gap } from "./topic-positions.js";

/** A topic of the contract. */
export type TopicOf<Types extends ContractTypes> = keyof Types["topics"] & string;

type ServerConstant<Types extends ContractTypes> = {
  [K in keyof Types["messages"] & string]: Types["messages"][K] extends Types["server"] ? K : never;
}[keyof Types["messages"] & string];

/** A `type` that the server sends: a constant, or what a pattern of the contract matches. */
export type ServerType<Types extends ContractTypes> =
  | ServerConstant<Types>
  | (keyof Types["patterns"] & string);

/** The frames of a `type`. Constants win over patterns, as they do on the wire. */
export type FrameOf<
  Types extends ContractTypes,
  K extends ServerType<Types>,
> = K extends keyof Types["messages"]
  ? Types["messages"][K]
  : K extends keyof Types["patterns"]
    ? Types["patterns"][K]
    : never;

/** Subscriptions belong to `subscribe`: sent by hand they would be undone at the next reconnect. */
type Managed = "subscribe" | "unsubscribe";

/** A `type` that `request` takes: one that has replies. */
export type RequestType<Types extends ContractTypes> = Exclude<keyof Types["replies"] & string, Managed>;

/** `{}` would take any property; a record of nothing takes none. */
type OwnFields<M> = keyof M extends never ? Readonly<Record<string, never>> : M;

type WithoutType<M> = M extends unknown ? OwnFields<Omit<M, "type">> : never;

/** The fields of a request, without those that the client fills in. */
export type RequestFields<
  Types extends ContractTypes,
  K extends RequestType<Types>,
> = K extends keyof Types["messages"] ? WithoutType<Sendable<Types["messages"][K]>> : never;

/** What a request resolves with: its replies in the contract, save `error`, which rejects. */
export type ReplyOf<Types extends ContractTypes, K extends RequestType<Types>> = Exclude<
  Types["replies"][K],
  { readonly type: "error" }
>;

/** A frame that `send` takes. */
export type Outgoing<Types extends ContractTypes> = Exclude<
  Sendable<Types["client"]>,
  { readonly type: Managed }
>;

/** How one frame is sent. */
export interface SendOptions {
  /** Whether it may wait: for a connection, or for its turn under `outbox.perSecond`. @default true */
  readonly queue?: boolean | undefined;
}

/** Bounds of one request. */
export interface RequestOptions extends SendOptions {
  /** Reject with `request-timeout` when no reply came in this time. @default the client's `requestTimeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Reject with `aborted` when it fires; the server is not told. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What became of a frame. Each is written at most once: what waits is sent after a reconnect, what was written never
 * again, for the server may have acted on it.
 */
export type SendResult =
  /** Written to the socket; `delivery` tells later whether the server read it. */
  | { readonly status: "sent"; readonly delivery: Promise<Delivery> }
  /** Waits for a connection, or for its turn. */
  | { readonly status: "queued"; readonly delivery: Promise<Delivery> }
  /** Will never be written: `outbox-full`, `not-ready`, `invalid-frame`, or why the client is closed. */
  | { readonly status: "dropped"; readonly cause: ClientError };

/** A connection to one server under one contract, from `connect()` to `close()`. */
export interface Client<Types extends ContractTypes> {
  /** What the connection does now, and a way to watch it. */
  readonly state: Observable<ConnectionState>;
  /** The negotiated version while `ready`, else undefined. */
  readonly contractVersion: string | undefined;
  /**
   * Starts the connection, if it is `idle`; in a hidden page as soon as that is shown. Resolves at the next `ready`, at
   * once if it is; losses in between are retried.
   * @throws ClientError (as a rejection) the cause, once the client is closed for good. A call whose
   * promise nobody handles is no unhandled rejection: the state tells the same.
   */
  connect(): Promise<void>;
  /**
   * Tries now instead of waiting, also while the page is hidden or offline. Starts an `idle` client; does nothing
   * while an attempt is under way, while `ready` or once `closed`.
   */
  reconnectNow(): void;
  /**
   * Ends the connection with close code 1000 and every pending request with `closed`. Final: the
   * state never changes again and no timer or socket is left. Harmless when repeated.
   */
  close(): void;
  /**
   * Calls the handler with every frame of a topic. The topic is subscribed to on the server while at
   * least one handler is there, across reconnects. The returned function removes this handler.
   * @throws ClientError `unknown-topic`
   */
  subscribe<K extends TopicOf<Types>>(topic: K, handler: Listener<Types["topics"][K]>): () => void;
  /**
   * Calls the handler with every frame of a `type`, whichever its topic. Subscribes to nothing.
   * The returned function removes this handler.
   */
  on<K extends ServerType<Types>>(type: K, handler: Listener<FrameOf<Types, K>>): () => void;
  /**
   * Calls the handler with every frame of the contract, before the handlers of its type and topic. For logs
   * and tools. The returned function removes this handler.
   */
  onFrame(handler: Listener<Types["server"]>): () => void;
  /**
   * Calls the listener once for each time that frames of a topic are missing and cannot be had: the history was
   * trimmed, the server was replaced, or it dropped frames for a slow client. Called before the frame that comes after
   * the gap. The returned function removes it.
   */
  onGap(listener: Listener<Gap<TopicOf<Types>>>): () => void;
  /**
   * Calls the listener with every fault of this side: `malformed-frame`, `refused-frame`, `early-frame`,
   * `handler-failed`, `provider-failed` of a refresh. While there is none they go to `console.error`. The returned function removes it.
   */
  onFault(listener: Listener<ClientError>): () => void;
  /**
   * Calls the listener with the round trip of each heartbeat, in milliseconds. The returned function removes it.
   */
  onHeartbeat(listener: Listener<number>): () => void;
  /**
   * Sends a request with a fresh `correlation_id` and resolves with the frame that answers it. Written at most once: it
   * may wait for a connection within its time, but once it was written the end of the connection rejects it, for the
   * server may have acted on it.
   * @throws ClientError (as a rejection) `not-ready`, `outbox-full`, `invalid-frame`, `request-timeout`, `aborted`,
   * `request-refused`, `connection-lost`, `no-pong`, `suspended`, `closed` or another cause of the connection's end
   */
  request<K extends RequestType<Types>>(
    type: K,
    fields: RequestFields<Types, K>,
    options?: RequestOptions,
  ): Promise<ReplyOf<Types, K>>;
  /**
   * Sends a frame that wants no reply: now, or as soon as there is a connection and it is its turn. Never throws.
   */
  send(frame: Outgoing<Types>, options?: SendOptions): SendResult;
}
