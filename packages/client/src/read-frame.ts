import { type ClientError, failure, type ServerFault } from "./client-error.js";

/** A frame that parsed: a JSON object with a `type`. Nothing else about it is known. */
export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

function isFrame(value: unknown): value is Frame {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Parses what a socket delivered: a frame, or the fault. Never throws. */
export function readFrame(data: unknown): Frame | ClientError {
  let why = "it is no JSON object with a type";
  let cause: unknown;
  try {
    const value: unknown = JSON.parse(String(data));
    if (typeof data === "string" && isFrame(value)) return value;
  } catch (error) {
    why = "it is no JSON";
    cause = error;
  }
  return failure("malformed-frame", "read a frame", why, "check the server", { cause });
}

/** Whether a frame tells of a fault; its other fields may be missing. */
export function isServerFault(frame: Frame): frame is Frame & ServerFault {
  return frame.type === "error" && typeof frame.message === "string";
}

/** A duration of the server's; undefined when it is none. */
export function milliseconds(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}
