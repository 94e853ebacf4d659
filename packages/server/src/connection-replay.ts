import type { Position } from "@hivewire/protocol";
import type { BusFrame } from "./bus.js";
import type { ConnectionParts } from "./connection-parts.js";
import { type EncodedFrame, encodeBusFrame } from "./outbound-encode.js";
import type { OutboundQueue } from "./outbound-queue.js";
import { readHistories } from "./read-histories.js";
import { Backlog, type Recovery } from "./replay.js";

/** One client's replay: what it missed, then what is published meanwhile, as fast as it reads (PROTOCOL.md, "Resume"). */
export class ConnectionReplay {
  readonly #parts: ConnectionParts;
  readonly #queue: OutboundQueue;
  #backlog: Backlog | undefined;

  constructor(parts: ConnectionParts, queue: OutboundQueue) {
    this.#parts = parts;
    this.#queue = queue;
  }

  /** Whether topics are held back. */
  get isRunning(): boolean {
    return this.#backlog !== undefined;
  }

  /** Whether a topic is not live yet. */
  has(topic: string): boolean {
    return this.#backlog?.has(topic) ?? false;
  }

  /** Holds topics back from now on. */
  start(topics: readonly string[]): void {
    this.#backlog = new Backlog(topics, Math.max(1, this.#parts.limits().replayMessages));
  }

  /** Reads what the topics had after their positions; the topics have to be held back by then. */
  async read(
    positions: Readonly<Record<string, Position>>,
    connectionId: string,
  ): Promise<Readonly<Record<string, Recovery>>> {
    const { frames, recovered } = await readHistories(positions, this.#parts, connectionId);
    this.#backlog?.replay(frames, (frame) => encodeBusFrame(frame, this.#parts.encodeRules));
    return recovered;
  }

  /** Lets a published frame wait; false when too many do. */
  hold(frame: BusFrame, encoded: EncodedFrame): boolean {
    return this.#backlog?.hold(frame, encoded) ?? true;
  }

  /** Drops topics that are not wanted any more. */
  keepOnly(topics: readonly string[]): void {
    this.#backlog?.keepOnly(topics);
  }

  /**
   * Sends as much as there is room for.
   * @returns whether that was the last of it: the topics may be live then
   */
  pump(version: string): boolean {
    const backlog = this.#backlog;
    while (backlog?.isReady && this.#queue.level === "free") {
      const { texts, replayed, isLast } = backlog.take(version);
      this.#parts.metrics.add("messages_replayed_total", replayed);
      if (texts.length > 0) this.#queue.answer(...texts);
      if (isLast) return true;
    }
    return false;
  }

  /** Forgets what waits. */
  stop(): void {
    this.#backlog = undefined;
  }
}
