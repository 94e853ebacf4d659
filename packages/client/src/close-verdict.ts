import { reconnectRule } from "@hivewire/protocol";
import { type ClientError, failure, type ServerFault } from "./client-error.js";

/** What follows from a close: another attempt, one with fresh credentials, or the end. */
export interface CloseVerdict {
  readonly next: "retry" | "refresh" | "stop";
  /** Why, for the state and for whoever waits. */
  readonly error: ClientError;
}

/** The close code of a server that has no contract version in common with this client. */
const versionMismatch = 4406;

/**
 * Reads the table of close codes (PROTOCOL.md, "Close codes").
 * @param server - the `error` frame that came before the close, if any
 * @param canRefresh - whether fetching credentials again can change anything, and was not just tried
 */
export function judgeClose(
  code: number,
  reason: string,
  server: ServerFault | undefined,
  canRefresh: boolean,
): CloseVerdict {
  const rule = reconnectRule(code);
  const isRefresh = rule === "refresh_token";
  const next = rule === "never" || (isRefresh && !canRefresh) ? "stop" : isRefresh ? "refresh" : "retry";
  const why = `the connection closed with ${code}${reason && ` (${reason})`}`;
  const details = { closeCode: code, server };
  if (next !== "stop") {
    return {
      next,
      error: failure("connection-lost", "stay connected", why, "wait for the next attempt", details),
    };
  }
  const name = code === versionMismatch ? "version-mismatch" : isRefresh ? "unauthorized" : "server-closed";
  return { next, error: failure(name, "go on", why, "mend that, then create a new client", details) };
}
