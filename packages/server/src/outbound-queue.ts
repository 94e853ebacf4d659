import type { Limits } from "@hivewire/protocol";
import type { Metrics } from "./metrics.js";
import { FrameBatch } from "./outbound-frame.js";
import type { Socket } from "./socket.js";

/** What waits in a socket, by the bounds of the limits (PROTOCOL.md, "Slow consumers"). */
export type QueueLevel = "free" | "full" | "lost";

/** Judges how much waits. */
export function queueLevel(waitingBytes: number, limits: Limits): QueueLevel {
  if (waitingBytes <= limits.sendQueueSoftBytes) return "free";
  return waitingBytes <= limits.sendQueueHardBytes ? "full" : "lost";
}

/** A topic frame in the version of its receivers. */
export interface DeliveredFrame {
  readonly text: string;
  /** Frames of one key replace each other while they wait; undefined for one that has to arrive. */
  readonly coalesceKey: () => string | undefined;
}

/** Topic frames that leave together for many sockets. */
export interface Delivery {
  readonly frames: readonly DeliveredFrame[];
  /** All of them. */
  readonly batch: FrameBatch;
}

/** What became of topic frames: written, kept or dropped for want of room, or the connection has to go. */
export type DeliveryVerdict = "sent" | "kept" | "lost";

/** The way of frames into one socket: counted, and within the bounds on what may wait there. */
export class OutboundQueue {
  readonly #socket: Socket;
  readonly #limits: () => Limits;
  readonly #metrics: Metrics;
  #failures = 0;
  /** The newest frame of each key, which leave when there is room. */
  #latest: Map<string, string> | undefined;

  constructor(socket: Socket, limits: () => Limits, metrics: Metrics) {
    this.#socket = socket;
    this.#limits = limits;
    this.#metrics = metrics;
  }

  /** Sends in a row that found too much waiting. */
  get failures(): number {
    return this.#failures;
  }

  get level(): QueueLevel {
    return queueLevel(this.#socket.waitingBytes, this.#limits());
  }

  /**
   * Sends frames that answer this client or are for it alone, as long as the hard bound allows. Its
   * requests are not read while its answers wait, so that these do not count as failures.
   * @returns false when the connection has to go
   */
  answer(...texts: readonly string[]): boolean {
    this.#metrics.add("messages_attempted_total", texts.length);
    const isLost = this.level === "lost";
    if (isLost) this.#metrics.add("messages_send_failures_total", texts.length);
    else this.#write(new FrameBatch(texts));
    return !isLost;
  }

  /**
   * Sends topic frames if there is room; what has to wait is dropped, or kept until a newer one replaces it. Frames that
   * are sent at once are counted by the caller, once for all receivers.
   */
  deliver({ frames, batch }: Delivery): DeliveryVerdict {
    const level = this.level;
    if (level !== "free") return this.#keep(frames, level);
    this.#failures = 0;
    if (this.#latest) this.drained();
    this.#socket.send(batch);
    return "sent";
  }

  /** Sends what waited for room. */
  drained(): void {
    if (!this.#latest || this.level !== "free") return;
    const texts = [...this.#latest.values()];
    this.#latest = undefined;
    this.#write(new FrameBatch(texts));
  }

  /** Sends the last words of a connection that goes, whatever waits. */
  lastWords(text: string): void {
    this.#metrics.add("messages_attempted_total");
    this.#write(new FrameBatch([text]));
  }

  /** Gives up what waits here. */
  close(): void {
    this.#metrics.add("messages_send_failures_total", this.#latest?.size ?? 0);
    this.#latest = undefined;
  }

  #keep(frames: readonly DeliveredFrame[], level: QueueLevel): DeliveryVerdict {
    let dropped = 0;
    for (const { text, coalesceKey } of frames) {
      const key = coalesceKey();
      if (key === undefined) {
        dropped++;
        continue;
      }
      this.#latest ??= new Map();
      // Taken out first, so that the frames stay in the order of their positions.
      if (this.#latest.delete(key)) this.#metrics.add("messages_coalesced_total");
      this.#latest.set(key, text);
    }
    this.#metrics.add("messages_send_failures_total", dropped);
    if (dropped > 0) this.#failures++;
    const isLost = level === "lost" || this.#failures >= this.#limits().sendFailuresBeforeClose;
    return isLost ? "lost" : "kept";
  }

  #write(batch: FrameBatch): void {
    this.#socket.send(batch);
    this.#metrics.add("messages_sent_total", batch.texts.length);
    this.#metrics.add("bytes_sent_total", batch.payloadBytes);
  }
}
