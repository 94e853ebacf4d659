import { downConvert, type MessageInfo } from "@hivewire/protocol";
import type { OutgoingFrame } from "./frames.js";

/** A frame as text in one contract version; undefined when that version lacks the message. */
export type EncodedFrame = (version: string) => string | undefined;

/** Encodes a stamped frame once per version, when it is first asked for. */
export function encodeFrame(frame: OutgoingFrame, info: MessageInfo | undefined): EncodedFrame {
  const texts = new Map<string, string | undefined>();
  return (version) => {
    if (!texts.has(version)) {
      const known = info ? downConvert(frame, info, version) : frame;
      texts.set(version, known && JSON.stringify(known));
    }
    return texts.get(version);
  };
}
