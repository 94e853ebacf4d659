import type { ClientError } from "./client-error.js";

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
  /** Final. `cause.code` is `closed` after `close()`. */
  | { readonly status: "closed"; readonly cause: ClientError };
