import type { Validators } from "@hivewire/protocol";
import { checkNumbers, fill, type Overrides, refuseOption } from "./check-options.js";
import type { ClientError } from "./client-error.js";
import { type Environment, realEnvironment } from "./environment.js";
import type { CreateOutbox } from "./outbox-types.js";
import { browserPage, type PageEvents } from "./page-events.js";
import { defaultReconnectPolicy, type ReconnectPolicy } from "./reconnect-policy.js";
import type { WebSocketSource } from "./transport.js";

/** A text, or a function that is asked for it before every attempt. */
export type Provider = string | (() => string | Promise<string>);

/** How a client connects. */
export interface ClientOptions {
  /**
   * Where to connect: `ws:`, `wss:`, `http:`, `https:`, or relative to the page. A function that
   * throws or rejects is asked again at the next attempt.
   */
  readonly url: Provider;
  /**
   * WebSocket class, or a function that makes a socket. Node 20 has no global one: without this
   * option `connect()` then rejects with `no-websocket`. @default globalThis.WebSocket
   */
  readonly WebSocket?: WebSocketSource | undefined;
  /**
   * Credentials, sent as `?access_token=`. A function is asked before every attempt, so also after
   * close code 4401, and before they end (`expires_at`): the connection then goes on with the new ones. A
   * text cannot change, so 4401 then ends the client. A function that throws or rejects is asked again at the
   * next attempt; it is never asked twice at the same time. @default none
   */
  readonly accessToken?: Provider | undefined;
  /** New credentials are fetched this long before the old ones end, at most half their life. @default 30_000 */
  readonly refreshMarginMs?: number | undefined;
  /** A request without a reply for this long is rejected with `request-timeout`. @default 10_000 */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * An attempt that is not `ready` after this long, credentials included, is given up; the next one
   * follows under the reconnect policy. @default 10_000
   */
  readonly connectTimeoutMs?: number | undefined;
  /** A connection on which nothing comes for this long after a ping is given up. @default 10_000 */
  readonly pongTimeoutMs?: number | undefined;
  /** Deviations from the spread of reconnects. Smaller values recover faster and make larger herds. */
  readonly reconnect?: Overrides<ReconnectPolicy> | undefined;
  /**
   * Where frames wait for a connection and for their turn: `outbox({ maxFrames, perSecond, … })`.
   * @default `outbox()`; of `@hivewire/client/native` none: what cannot be sent at once is dropped
   */
  readonly outbox?: CreateOutbox | undefined;
  /**
   * The generated validators of the contract: a frame from the server that breaks it is a fault, `refused-frame`, and
   * reaches no handler. @default none: the server is trusted
   */
  readonly validate?: Pick<Validators, "server"> | undefined;
  /**
   * Called once when client and server have no contract version in common, after the state became `closed`: the
   * moment to update a service worker and load the page anew. `error.server` has the server's versions.
   */
  readonly onVersionMismatch?: ((error: ClientError) => void) | undefined;
  /**
   * What the page tells: hidden, frozen, offline. An application that has to connect in the background too, for
   * notifications, passes one that is never hidden. @default the real one; none where there is no page
   */
  readonly pageEvents?: PageEvents | undefined;
  /** Clock, timers, chance and identifiers, for tests. @default the real ones */
  readonly environment?: Overrides<Environment> | undefined;
}

/** The options with their defaults. */
export interface Settings
  extends Pick<ClientOptions, "url" | "accessToken" | "WebSocket" | "validate" | "onVersionMismatch"> {
  readonly times: typeof times;
  readonly policy: ReconnectPolicy;
  readonly outbox: CreateOutbox;
  readonly page: PageEvents;
  readonly environment: Environment;
}

const times = {
  requestTimeoutMs: 10_000,
  connectTimeoutMs: 10_000,
  pongTimeoutMs: 10_000,
  refreshMarginMs: 30_000,
};

/** Options that are no numbers, and the `typeof` that each may have. */
const kinds = {
  url: "string or function",
  accessToken: "undefined or string or function",
  WebSocket: "undefined or function",
  outbox: "undefined or function",
  onVersionMismatch: "undefined or function",
  validate: "undefined or object",
  pageEvents: "undefined or object",
};

/**
 * Fills in the defaults.
 * @throws ClientError `invalid-option`: the sentence names the option, its value and what is allowed
 */
export function resolveOptions(options: ClientOptions, outbox: CreateOutbox): Settings {
  for (const [name, allowed] of Object.entries(kinds)) {
    const kind = typeof options[name as keyof typeof kinds];
    if (!allowed.includes(kind)) refuseOption(name, `a value of type ${kind}`, allowed);
  }
  return {
    ...options,
    times: checkNumbers("", times, options, 1),
    policy: checkNumbers("reconnect.", defaultReconnectPolicy, options.reconnect, 0),
    outbox: options.outbox ?? outbox,
    page: options.pageEvents ?? browserPage(),
    environment: fill(realEnvironment, options.environment),
  };
}
