import { type CloseName, closeCode, type ErrorCode, errorCodes, type Position } from "@hivewire/protocol";
import type { Recovery } from "./replay.js";
import { ServerError } from "./server-error.js";

/** A frame that the server sends, before it is stamped. */
export interface OutgoingFrame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A parsed frame from a client: an object, of which nothing else is known. */
export type IncomingFrame = Readonly<Record<string, unknown>>;

/** Whether application code handed over something that can be a frame. */
function isFrame(value: unknown): value is OutgoingFrame {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** A frame as text, with what it says. */
export interface PlainFrame {
  readonly frame: OutgoingFrame;
  readonly text: string;
}

/**
 * The frame as it will be on the wire: what JSON makes of dates, `toJSON` and undefined is judged, not what
 * it was made from.
 * @throws ServerError `invalid_frame` for what JSON cannot hold: a cycle, a bigint, no object with a type
 */
export function plainFrame(value: unknown): PlainFrame {
  let text: string;
  let frame: unknown;
  try {
    text = JSON.stringify(value) ?? "null";
    frame = JSON.parse(text);
  } catch (cause) {
    const sentence = "Failed to encode a frame: it is not JSON. Please take cycles and bigints out.";
    throw new ServerError("invalid_frame", sentence, { cause, pointer: "" });
  }
  if (isFrame(frame)) return { frame, text };
  throw new ServerError("invalid_frame", "Failed to encode a frame: it has no type. Please add one.", {
    pointer: "/type",
  });
}

/** What an `error` frame says beside its code. */
export interface ErrorDetail {
  /** What follows the table's words after a colon. */
  readonly about?: string;
  readonly pointer?: string;
  readonly hint?: string;
  readonly retryAfterMs?: number;
  readonly supportedVersions?: readonly string[];
}

/** An `error` frame in the words of the protocol's table. */
export function errorFrame(code: ErrorCode, detail: ErrorDetail = {}): OutgoingFrame {
  const { about, pointer, hint, retryAfterMs, supportedVersions } = detail;
  return {
    type: "error",
    message: about === undefined ? errorCodes[code].message : `${errorCodes[code].message}: ${about}`,
    code,
    ...(pointer === undefined ? {} : { pointer }),
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
    ...(supportedVersions === undefined ? {} : { supported_versions: supportedVersions }),
  };
}

/** Answers a change of topics. `positions`: where the topics begin that are live from now on (PROTOCOL.md, "Resume"). */
export function subscriptionUpdated(
  subscriptions: readonly string[],
  positions: Readonly<Record<string, Position>> = {},
  recovered: Readonly<Record<string, Recovery>> = {},
): OutgoingFrame {
  return {
    type: "subscription_updated",
    subscriptions,
    ...(Object.keys(positions).length === 0 ? {} : { positions }),
    ...(Object.keys(recovered).length === 0 ? {} : { recovered }),
  };
}

/** The notice before a close. */
export function disconnectNotice(reason: string, close: CloseName, reconnectAfterMs?: number): OutgoingFrame {
  return {
    type: "disconnect_notice",
    reason,
    code: closeCode(close),
    ...(reconnectAfterMs === undefined ? {} : { reconnect_after_ms: reconnectAfterMs }),
  };
}
