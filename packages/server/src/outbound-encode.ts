import { type ConverterLookup, downConvert, isJsonObject, type MessageInfo } from "@hivewire/protocol";
import type { OutgoingFrame } from "./frames.js";

/** A frame as text in one contract version; undefined when it is not sent to clients of that version. */
export type EncodedFrame = (version: string) => string | undefined;

/** How frames become those of older versions. */
export interface Conversions {
  readonly lookup: ConverterLookup;
  /** Called when a conversion throws; the frame is then not sent to clients of that version. */
  readonly failed: (cause: unknown, version: string, frame: OutgoingFrame) => void;
}

/** The frame as text in a version: converted where there is a conversion, then without what was added later. */
function textFor(
  frame: OutgoingFrame,
  info: MessageInfo | undefined,
  version: string,
  conversions: Conversions | undefined,
): string | undefined {
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

/** Encodes a stamped frame once per version, when it is first asked for. */
export function encodeFrame(
  frame: OutgoingFrame,
  info: MessageInfo | undefined,
  conversions?: Conversions,
): EncodedFrame {
  const texts = new Map<string, string | undefined>();
  return (version) => {
    if (!texts.has(version)) texts.set(version, textFor(frame, info, version, conversions));
    return texts.get(version);
  };
}
