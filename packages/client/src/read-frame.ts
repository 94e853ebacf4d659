import type { Position } from "@hivewire/protocol";
import { type ClientError, failure } from "./client-error.js";

/**
 * A frame that parsed: a JSON object with a `type`. The other fields are what the protocol says about them; nobody has
 * looked at them, and what breaks on one of another kind is reported as `malformed-frame`.
 */
export interface Frame {
  readonly type: string;
  readonly correlation_id?: string;
  readonly timestamp?: string;
  readonly subscription?: string;
  readonly position?: Position;
  readonly connection_id?: string;
  readonly contract_version?: string;
  readonly subscriptions?: readonly string[];
  readonly positions?: Readonly<Record<string, Position>>;
  readonly recovered?: Readonly<Record<string, { readonly complete: boolean; readonly replayed: number }>>;
  readonly heartbeat_ms?: number;
  readonly expires_at?: string;
  readonly reconnect_after_ms?: number;
  readonly message?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly retry_after_ms?: number;
}

/** The fault of a frame that cannot be read. */
export function malformed(cause: unknown): ClientError {
  return failure("malformed-frame", "read a frame", "it is none", "check the server", { cause });
}

/** Parses what a socket delivered: a frame, or the fault. Never throws. */
export function readFrame(data: unknown): Frame | ClientError {
  try {
    // A binary frame is no text, and what is no object has no type.
    const frame: Frame | null = typeof data === "string" ? JSON.parse(data) : null;
    return typeof frame?.type === "string" ? frame : malformed(undefined);
  } catch (error) {
    return malformed(error);
  }
}
