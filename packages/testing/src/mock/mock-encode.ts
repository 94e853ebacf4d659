import { type ConverterLookup, downConvert, isJsonObject, type MessageLookup } from "@hivewire/protocol";
import type { OutgoingFrame } from "./mock-frames.js";

/** How frames become those of older versions. */
export interface EncodeRules {
  readonly lookup: MessageLookup;
  /** Undefined when nobody said how: only what was added later is left out then. */
  readonly convert: ConverterLookup | undefined;
  /** Called when a conversion throws; the frame is then not sent to clients of that version. */
  readonly failed: (cause: unknown) => void;
}

function convertedFor(frame: OutgoingFrame, version: string, { convert, failed }: EncodeRules): unknown {
  try {
    const conversion = convert?.(version, frame.type);
    return conversion ? conversion(frame) : frame;
  } catch (cause) {
    failed(cause);
    return undefined;
  }
}

/** A stamped frame as text in a version; undefined when clients of that version are not sent it. */
export function encodeFrame(frame: OutgoingFrame, version: string, rules: EncodeRules): string | undefined {
  const converted = convertedFor(frame, version, rules);
  if (!isJsonObject(converted)) return undefined;
  const info = rules.lookup(frame.type);
  const known = info ? downConvert(converted, info, version) : converted;
  return known && JSON.stringify(known);
}
