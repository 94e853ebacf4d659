import { ClientError, type ServerFault } from "./client-error.js";
import type { ReconnectHint } from "./reconnect-policy.js";

/** A frame that parsed: a JSON object with a `type`. Nothing else about it is known. */
export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

function isFrame(value: unknown): value is Frame {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function malformed(what: string, cause?: unknown): ClientError {
  const sentence = `Failed to read a frame: ${what}. Please check what the server sends.`;
  return new ClientError("malformed-frame", sentence, cause === undefined ? {} : { cause });
}

/** Parses what a socket delivered: a frame, or the fault. Never throws. */
export function readFrame(data: unknown): Frame | ClientError {
  if (typeof data !== "string") return malformed("it is binary");
  try {
    const value: unknown = JSON.parse(data);
    return isFrame(value) ? value : malformed("it is no object with a type");
  } catch (error) {
    return malformed("it is no JSON", error);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function milliseconds(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

/** The fields of an `error` frame; undefined for any other frame. */
export function readServerFault(frame: Frame): ServerFault | undefined {
  if (frame.type !== "error") return undefined;
  return {
    message: text(frame.message) ?? "Unknown error",
    code: text(frame.code),
    pointer: text(frame.pointer),
    hint: text(frame.hint),
    retryAfterMs: milliseconds(frame.retry_after_ms),
  };
}

/** What a frame says about the next connection; undefined when it says nothing about it. */
export function readHint(frame: Frame): ReconnectHint | undefined {
  const spreadMs = frame.type === "disconnect_notice" ? milliseconds(frame.reconnect_after_ms) : undefined;
  if (spreadMs !== undefined) return { spreadMs };
  const floorMs = readServerFault(frame)?.retryAfterMs;
  return floorMs === undefined ? undefined : { floorMs };
}
