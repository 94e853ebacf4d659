import type { Limits } from "@hivewire/protocol";
import { errorFrame, type OutgoingFrame } from "./frames.js";

/**
 * The error that answers a frame over the limit; undefined for one within it. A frame over the hard cap
 * never gets here: the adapter closes with 1009 before it has read it.
 * @param bytes - payload in UTF-8
 */
export function checkSize(bytes: number, limits: Limits): OutgoingFrame | undefined {
  if (bytes <= limits.maxMessageBytes) return undefined;
  return errorFrame("message_too_large", { hint: `send at most ${limits.maxMessageBytes} bytes` });
}
