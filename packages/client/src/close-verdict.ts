import { closeCode, closeCodes, reconnectRule } from "@hivewire/protocol";
import { ClientError } from "./client-error.js";

/** What follows from a close: another attempt, one with fresh credentials, or the end. */
export interface CloseVerdict {
  readonly next: "retry" | "refresh" | "stop";
  /** Why, for the state and for whoever waits. */
  readonly error: ClientError;
}

function describe(code: number, reason: string): string {
  const meaning = closeCodes.find((row) => row.code === code)?.meaning ?? "an unknown code";
  return `${code} (${meaning}${reason && `: ${reason}`})`;
}

/**
 * Reads the table of close codes (PROTOCOL.md, "Close codes").
 * @param canRefresh - whether fetching credentials again can change anything, and was not just tried
 */
export function judgeClose(code: number, reason: string, canRefresh: boolean): CloseVerdict {
  const details = { closeCode: code };
  const words = describe(code, reason);
  const rule = reconnectRule(code);
  if (code === closeCode("version_mismatch")) {
    const sentence = `Failed to agree on a contract version: the server closed with ${words}. Please update this application.`;
    return { next: "stop", error: new ClientError("version-mismatch", sentence, details) };
  }
  if (rule === "never") {
    const sentence = `Failed to stay connected: the server closed for good with ${words}. Please create a new client once that is mended.`;
    return { next: "stop", error: new ClientError("server-closed", sentence, details) };
  }
  if (rule === "refresh_token" && !canRefresh) {
    const sentence = `Failed to authenticate: the server closed with ${words}. Please sign in again and create a new client.`;
    return { next: "stop", error: new ClientError("unauthorized", sentence, details) };
  }
  const sentence = `Failed to stay connected: the connection closed with ${words}. Please wait for the next attempt.`;
  const error = new ClientError("connection-lost", sentence, details);
  return { next: rule === "refresh_token" ? "refresh" : "retry", error };
}
