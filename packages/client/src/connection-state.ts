import type { ClientError } from "./client-error.js";

/** Why a page cannot have a connection now. */
export type SuspendReason =
  /** It is in the background, and its connection was lost or never made. */
  | "hidden"
  /** The browser froze it, or put it into its back/forward cache. */
  | "frozen"
  /** The browser says that there is no network. */
  | "offline"
  /** The tab whose connection this one shared is gone: the next is made at once. */
  | "handover";

/** What the connection does now. `status` tells the members apart. */
export type ConnectionState =
  /** `connect()` was not called yet. */
  | { readonly status: "idle" }
  /** Credentials are fetched and a socket is opened. `attempt` is 0 for the first, then counts retries. */
  | { readonly status: "connecting"; readonly attempt: number }
  /** The socket is open; `connection_established` has still to come. */
  | { readonly status: "negotiating"; readonly attempt: number }
  /** Frames flow. */
  | { readonly status: "ready"; readonly connectionId: string; readonly contractVersion: string }
  /** The connection was lost for `cause`; attempt number `attempt` starts at `untilMs` (Unix epoch, ms). */
  | {
      readonly status: "waiting";
      readonly attempt: number;
      readonly untilMs: number;
      readonly cause: ClientError;
    }
  /** No connection for a reason on this side; it is made as soon as that is over. */
  | { readonly status: "suspended"; readonly reason: SuspendReason }
  /** Final. `cause.code` is `closed` after `close()`. */
  | { readonly status: "closed"; readonly cause: ClientError };
