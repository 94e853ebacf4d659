import {
  type ConverterLookup,
  downConvert,
  isJsonObject,
  type MessageInfo,
  type MessageLookup,
} from "@hivewire/protocol";
import type { BusFrame } from "./bus.js";
import type { OutgoingFrame } from "./frames.js";

/** A topic frame as text in one contract version; undefined when it is not sent to clients of that version. */
export type EncodedFrame = (version: string) => string | undefined;

/** How frames become those of older versions. */
interface Conversions {
  readonly lookup: ConverterLookup;
  /** Called when a conversion throws; the frame is then not sent to clients of that version. */
  readonly failed: (cause: unknown, version: string, frame: OutgoingFrame) => void;
}

/** What encoding needs to know about the contract. */
export interface EncodeRules {
  readonly lookup: MessageLookup;
  /** The contract's own version: frames of the server are made in it. */
  readonly newest: string;
  /** Undefined when nobody said how: only what was added later is left out then. */
  readonly conversions: Conversions | undefined;
}

/**
 * The stamped frame as text in a version: converted where there is a conversion, then without what was added later.
 * Undefined when it is not sent to clients of that version.
 */
export function encodeFrame(
  frame: OutgoingFrame,
  version: string,
  { lookup, conversions }: Omit<EncodeRules, "newest">,
): string | undefined {
  const info: MessageInfo | undefined = lookup(frame.type);
  const encode = (converted: object): string | undefined => {
    const known = info ? downConvert(converted, info, version) : converted;
    return known && JSON.stringify(known);
  };
  const convert = conversions?.lookup(version, frame.type);
  if (!conversions || !convert) return encode(frame);
  try {
    const converted = convert(frame);
    return isJsonObject(converted) ? encode(converted) : undefined;
  } catch (cause) {
    conversions.failed(cause, version, frame);
    return undefined;
  }
}

/** Remembers what a function returned for a version. */
function oncePerVersion(encode: EncodedFrame): EncodedFrame {
  const texts = new Map<string, string | undefined>();
  return (version) => {
    if (!texts.has(version)) texts.set(version, encode(version));
    return texts.get(version);
  };
}

/**
 * Encodes a frame from the bus once per version, when it is first asked for. In the contract's own version its text only
 * gets its position.
 */
export function encodeBusFrame({ text, position }: BusFrame, rules: EncodeRules): EncodedFrame {
  return oncePerVersion((version) => {
    const placed = `${text.slice(0, -1)},"position":${JSON.stringify(position)}}`;
    if (version === rules.newest) return placed;
    const frame: OutgoingFrame = JSON.parse(placed);
    return encodeFrame(frame, version, rules);
  });
}
