import {
  downConvert,
  type ErrorCode,
  existsIn,
  isControlType,
  type MessageLookup,
  nearestName,
  type Validate,
} from "@hivewire/protocol";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";

/** What frames are judged by. */
export interface ContractRules {
  readonly lookup: MessageLookup;
  /** Types that clients send, for hints. */
  readonly clientTypes: readonly string[];
  readonly validate: Validate<unknown>;
}

/** A frame that keeps the contract, or the error that answers it. */
export type Validated =
  | { readonly ok: true; readonly type: string; readonly frame: IncomingFrame }
  | { readonly ok: false; readonly code: ErrorCode; readonly error: OutgoingFrame };

/** Longest part of an unknown type that is quoted back, in UTF-16 units. */
const maxQuotedLength = 64;

function unknownType(type: string, rules: ContractRules): Validated {
  const near = nearestName(type, rules.clientTypes);
  const detail = { about: type.slice(0, maxQuotedLength), pointer: "/type" };
  const hint = near === undefined ? {} : { hint: `did you mean "${near}"?` };
  const code = "unknown_message_type";
  return { ok: false, code, error: errorFrame(code, { ...detail, ...hint }) };
}

/**
 * Judges a frame by the contract as the negotiated version has it: messages of later versions are
 * unknown, properties of later versions are ignored.
 */
export function validateFrame(frame: IncomingFrame, version: string, rules: ContractRules): Validated {
  const type = Object.hasOwn(frame, "type") ? frame.type : undefined;
  if (typeof type !== "string") {
    const about = type === undefined ? "/type is missing" : "/type must be string";
    const detail = { about, pointer: "/type", hint: 'add "type", which names the message' };
    return { ok: false, code: "invalid_message", error: errorFrame("invalid_message", detail) };
  }
  const info = rules.lookup(type);
  // Requests of the protocol itself work whether or not the contract describes them.
  if (!info && isControlType(type)) return { ok: true, type, frame };
  if (info?.sender !== "client" || !existsIn(info, version)) return unknownType(type, rules);
  const known: IncomingFrame = downConvert(frame, info, version) ?? frame;
  const result = rules.validate(known);
  if (result.ok) return { ok: true, type, frame: known };
  const { pointer, message, hint } = result.issue;
  const detail = { about: `${pointer} ${message}`.trim(), pointer };
  return {
    ok: false,
    code: "invalid_message",
    error: errorFrame("invalid_message", hint === undefined ? detail : { ...detail, hint }),
  };
}
