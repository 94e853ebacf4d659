import type { Limits } from "@hivewire/protocol";
import type { Metrics } from "./metrics.js";
import type { Socket } from "./socket.js";

/** Sends in a row that found the queue over its soft bound. */
export interface QueueState {
  readonly failures: number;
}

/** What becomes of a frame: it is sent, dropped, or the connection goes. */
export type QueueVerdict = "send" | "drop" | "disconnect";

/** A queue that has failed nobody yet. */
const freshQueue: QueueState = { failures: 0 };

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

/** The way of text into one socket: counted, and within the bounds on what may wait there. */
export class OutboundQueue {
  readonly #socket: Socket;
  readonly #limits: Limits;
  readonly #metrics: Metrics;
  #state = freshQueue;

  constructor(socket: Socket, limits: Limits, metrics: Metrics) {
    this.#socket = socket;
    this.#limits = limits;
    this.#metrics = metrics;
  }

  /** Sends text if the queue has room, and says what became of it. */
  offer(text: string): QueueVerdict {
    const { state, verdict } = judgeQueue(this.#state, this.#socket.waitingBytes, this.#limits);
    this.#state = state;
    if (verdict === "send") this.force(text);
    else this.#metrics.add("messages_send_failures_total");
    if (verdict === "disconnect") this.#metrics.add("backpressure_disconnects_total");
    return verdict;
  }

  /** Sends text whatever waits: the last words of a connection that goes. */
  force(text: string): void {
    this.#socket.send(text);
    this.#metrics.add("messages_sent_total");
    this.#metrics.add("bytes_sent_total", Buffer.byteLength(text));
  }
}
