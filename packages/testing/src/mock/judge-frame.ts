import {
  type Contract,
  downConvert,
  type ErrorCode,
  existsIn,
  isControlType,
  isJsonObject,
  type Limits,
  type MessageLookup,
  nearestName,
  type Validate,
} from "@hivewire/protocol";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./mock-frames.js";

/** What frames of clients are judged by. */
export interface FrameRules {
  readonly contract: Contract;
  readonly lookup: MessageLookup;
  readonly validate: Validate<unknown>;
  readonly limits: Limits;
}

/** A frame that keeps the contract, or the error that answers it. */
export type Judged =
  | { readonly ok: true; readonly type: string; readonly frame: IncomingFrame }
  | { readonly ok: false; readonly error: OutgoingFrame };

/** Longest part of an unknown type that is quoted back, in UTF-16 units. */
const maxQuotedLength = 64;

const encoder = new TextEncoder();

function refuse(code: ErrorCode, detail: Parameters<typeof errorFrame>[1] = {}): Judged {
  return { ok: false, error: errorFrame(code, detail) };
}

function parse(text: string): IncomingFrame | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unknownType(type: string, { contract: { messages } }: FrameRules): Judged {
  const known = Object.keys(messages).filter((name) => messages[name]?.sender === "client");
  const near = nearestName(type, known);
  const hint = near === undefined ? undefined : `did you mean "${near}"?`;
  return refuse("unknown_message_type", { about: type.slice(0, maxQuotedLength), pointer: "/type", hint });
}

/**
 * Judges a text frame as the server does: size, parsing, validation by the negotiated version (PROTOCOL.md, "Errors").
 * There is no rate here: a mock has no clock that counts.
 */
export function judgeFrame(text: string, version: string, rules: FrameRules): Judged {
  const { limits, lookup, validate } = rules;
  if (encoder.encode(text).byteLength > limits.maxMessageBytes) {
    return refuse("message_too_large", { hint: `send at most ${limits.maxMessageBytes} bytes` });
  }
  const frame = parse(text);
  if (!frame) return refuse("invalid_json");
  const type = Object.hasOwn(frame, "type") ? frame.type : undefined;
  if (typeof type !== "string") {
    const about = type === undefined ? "/type is missing" : "/type must be string";
    return refuse("invalid_message", {
      about,
      pointer: "/type",
      hint: 'add "type", which names the message',
    });
  }
  const info = lookup(type);
  // Requests of the protocol itself work whether or not the contract describes them.
  if (!info && isControlType(type)) return { ok: true, type, frame };
  if (info?.sender !== "client" || !existsIn(info, version)) return unknownType(type, rules);
  const known: IncomingFrame = downConvert(frame, info, version) ?? frame;
  const result = validate(known);
  if (result.ok) return { ok: true, type, frame: known };
  const { pointer, message, hint } = result.issue;
  return refuse("invalid_message", { about: `${pointer} ${message}`.trim(), pointer, hint });
}
