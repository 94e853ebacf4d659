import { ClientError } from "./client-error.js";
import { type Environment, realEnvironment } from "./environment.js";
import { defaultReconnectPolicy, type ReconnectPolicy } from "./reconnect-policy.js";
import type { WebSocketSource } from "./transport.js";

/** A text, or a function that is asked for it before every attempt. */
export type Provider = string | (() => string | Promise<string>);

type Overrides<T> = { readonly [K in keyof T]?: T[K] | undefined };

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
   * close code 4401; a text cannot change, so 4401 then ends the client. A function that throws or
   * rejects is asked again at the next attempt. @default none
   */
  readonly accessToken?: Provider | undefined;
  /** A request without a reply for this long is rejected with `request-timeout`. @default 10_000 */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * An attempt that is not `ready` after this long, credentials included, is given up; the next one
   * follows under the reconnect policy. @default 10_000
   */
  readonly connectTimeoutMs?: number | undefined;
  /** Deviations from the spread of reconnects. Smaller values recover faster and make larger herds. */
  readonly reconnect?: Overrides<ReconnectPolicy> | undefined;
  /** Clock, timers, chance and identifiers, for tests. @default the real ones */
  readonly environment?: Overrides<Environment> | undefined;
}

/** The options with their defaults. */
export interface Settings {
  readonly url: Provider;
  readonly webSocket: WebSocketSource | undefined;
  readonly accessToken: Provider | undefined;
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly policy: ReconnectPolicy;
  readonly environment: Environment;
}

/** The largest delay of a timer, in milliseconds: a longer one fires at once. */
const maxMs = 2 ** 31 - 1;

/**
 * A duration as it came, when a timer can run it.
 * @throws ClientError `invalid-option`
 */
export function checkMs(name: string, value: number, min: number): number {
  if (value >= min && value <= maxMs) return value;
  const sentence = `Failed to set ${name}: ${value} is out of range. Please pass ${min} to ${maxMs} milliseconds.`;
  throw new ClientError("invalid-option", sentence);
}

function override<T extends object>(defaults: T, overrides: Overrides<T> | undefined): T {
  const given = Object.entries(overrides ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/**
 * Fills in the defaults.
 * @throws ClientError `invalid-option` for a duration that no timer can run
 */
export function resolveOptions(options: ClientOptions): Settings {
  const policy = override(defaultReconnectPolicy, options.reconnect);
  for (const [name, value] of Object.entries(policy)) checkMs(`reconnect.${name}`, value, 0);
  return {
    url: options.url,
    webSocket: options.WebSocket,
    accessToken: options.accessToken,
    requestTimeoutMs: checkMs("requestTimeoutMs", options.requestTimeoutMs ?? 10_000, 1),
    connectTimeoutMs: checkMs("connectTimeoutMs", options.connectTimeoutMs ?? 10_000, 1),
    policy,
    environment: override(realEnvironment, options.environment),
  };
}
