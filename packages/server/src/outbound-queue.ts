import type { Limits } from "@hivewire/protocol";

/** Sends in a row that found the queue over its soft bound. */
export interface QueueState {
  readonly failures: number;
}

/** What becomes of a frame: it is sent, dropped, or the connection goes. */
export type QueueVerdict = "send" | "drop" | "disconnect";

/** A queue that has failed nobody yet. */
export const freshQueue: QueueState = { failures: 0 };

/**
 * Judges a send by what still waits in the socket (PROTOCOL.md, "Slow consumers").
 * @param waitingBytes - bytes that were handed to the socket and have not left the process
 */
export function judgeQueue(
  state: QueueState,
  waitingBytes: number,
  limits: Limits,
): { readonly state: QueueState; readonly verdict: QueueVerdict } {
  if (waitingBytes <= limits.sendQueueSoftBytes) return { state: freshQueue, verdict: "send" };
  const failures = state.failures + 1;
  const isLost = failures >= limits.sendFailuresBeforeClose || waitingBytes > limits.sendQueueHardBytes;
  return { state: { failures }, verdict: isLost ? "disconnect" : "drop" };
}
