import type { ClientError, ServerFault } from "./client-error.js";
import type { ConnectionState, SuspendReason } from "./connection-state.js";
import type { ReconnectHint, ReconnectPolicy } from "./reconnect-policy.js";

/** The public state and what has to be remembered beside it. */
export interface Machine {
  readonly state: ConnectionState;
  /** Why the last connection was lost, or the client closed. */
  readonly cause?: ClientError;
  /** When the one timer fires `tick` (Unix epoch, ms); Infinity when there is nothing to wait for. */
  readonly dueMs: number;
  /** Retries since the last stable connection. */
  readonly attempt: number;
  /** Whether credentials were refreshed for a 4401 since the last stable connection. */
  readonly refreshed: boolean;
  /** What the server said on this connection about the next one. */
  readonly hint: ReconnectHint;
  /** When the connection became ready (Unix epoch, ms); Infinity while there is none. */
  readonly readySinceMs: number;
  /** No attempt by itself before this (Unix epoch, ms), also when a suspension ends earlier. */
  readonly notBeforeMs: number;
  /** Time between two pings, in milliseconds. */
  readonly heartbeatMs: number;
  /** When the ping was sent that has no sign of life after it yet; Infinity when none is out. */
  readonly probedMs: number;
  /** Whether that ping asks after a sleep: then only its pong counts, for older frames may still arrive. */
  readonly isWaking: boolean;
}

/** What can happen to a connection. */
export type MachineEvent =
  | readonly ["connect"]
  /** Try now, whatever the wait. */
  | readonly ["reconnect"]
  | readonly ["opened"]
  /** The handshake is done, with these: `connection_id`, `contract_version`, `heartbeat_ms`. */
  | readonly ["established", connectionId: string, contractVersion: string, heartbeatMs: number | undefined]
  /** The server said something about the next connection. */
  | readonly ["hinted", hint: ReconnectHint]
  | readonly ["closed", code: number, reason: string, server?: ServerFault | undefined]
  /** An attempt failed on this side. */
  | readonly ["failed", error: ClientError]
  /** The one timer fired; what that means follows from the state. */
  | readonly ["tick"]
  /** The page was hidden, frozen, cut off, or came back (`woke`). */
  | readonly ["page", woke: boolean]
  | readonly ["stop", error: ClientError];

/** What has to be done after a transition, in this order. */
export type Effect =
  /** Fetch credentials, make the URL, open a socket. */
  | "dial"
  /** Close the socket and hear no more of it. */
  | "hang-up"
  /** The handshake is done: bring the subscriptions in line with what the server has. */
  | "greet"
  /** Ask the server for a sign of life. */
  | "ping"
  /** Nothing that was written will be answered any more; the machine's `cause` says why. */
  | "give-up";

/** What does not change while a client lives, and the values that a transition may not fetch itself. */
export interface Surroundings {
  readonly supportedVersions: readonly string[];
  readonly policy: ReconnectPolicy;
  readonly connectTimeoutMs: number;
  readonly pongTimeoutMs: number;
  /** Whether credentials come from a function that can be called again. */
  readonly canRefresh: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** From 0 to 1. */
  readonly random: number;
  /** Why the page cannot have a new connection now. */
  readonly blocked: SuspendReason | undefined;
  /** When the last frame came, and when the last ping was answered (Unix epoch, ms). */
  readonly heardMs: number;
  readonly pongMs: number;
}

/** The next machine and what has to be done. */
export type Step = readonly [machine: Machine, ...effects: Effect[]];

/** A client that was just made. */
export const initialMachine: Machine = {
  state: { status: "idle" },
  dueMs: Infinity,
  attempt: 0,
  refreshed: false,
  hint: {},
  readySinceMs: Infinity,
  notBeforeMs: 0,
  heartbeatMs: 0,
  probedMs: Infinity,
  isWaking: false,
};
