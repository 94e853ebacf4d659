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

/** The frame of a version: converted where there is a conversion, and without what was added later. */
function frameFor(
  frame: OutgoingFrame,
  info: MessageInfo | undefined,
  version: string,
  conversions: Conversions | undefined,
): object | undefined {
  const convert = conversions?.lookup(version, frame.type);
  const converted = convert ? convert(frame) : frame;
  if (!isJsonObject(converted)) return undefined;
  return info ? downConvert(converted, info, version) : converted;
}

/** Encodes a stamped frame once per version, when it is first asked for. */
export function encodeFrame(
  frame: OutgoingFrame,
  info: MessageInfo | undefined,
  conversions?: Conversions,
): EncodedFrame {
  const texts = new Map<string, string | undefined>();
  const encode = (version: string): string | undefined => {
    try {
      const known = frameFor(frame, info, version, conversions);
      return known && JSON.stringify(known);
    } catch (cause) {
      conversions?.failed(cause, version, frame);
      return undefined;
    }
  };
  return (version) => {
    if (!texts.has(version)) texts.set(version, encode(version));
    return texts.get(version);
  };
}
