import type { Limits, Position } from "@hivewire/protocol";
import type { BusFrame, History } from "./bus.js";
import type { EncodedFrame } from "./outbound-encode.js";

/** What a `resume` brought back of one topic (PROTOCOL.md, "Resume"). */
export interface Recovery {
  readonly complete: boolean;
  readonly replayed: number;
}

/** The part of a topic's history that is replayed: the newest frames within the bounds. */
export function selectReplay(
  { frames, complete }: History,
  { replayMessages, replayBytes }: Limits,
): { readonly frames: readonly BusFrame[]; readonly recovery: Recovery } {
  let from = frames.length;
  let bytes = 0;
  while (from > 0 && frames.length - from < replayMessages) {
    bytes += Buffer.byteLength(frames[from - 1]?.text ?? "");
    if (bytes > replayBytes) break;
    from--;
  }
  const selected = frames.slice(from);
  return { frames: selected, recovery: { complete: complete && from === 0, replayed: selected.length } };
}

/** A frame that waits for its turn. */
interface Waiting {
  readonly frame: BusFrame;
  readonly encoded: EncodedFrame;
}

/** Frames that leave together. */
export interface Taken {
  readonly texts: readonly string[];
  /** How many of them are history. */
  readonly replayed: number;
  /** Whether nothing waits any more. */
  readonly isLast: boolean;
}

/** Characters of frames that leave in one write. */
const writeSize = 32_768;

/**
 * What one client is sent before its resumed topics are live: their history, then what is published meanwhile. No
 * frame comes twice across the seam.
 */
export class Backlog {
  readonly #topics: Set<string>;
  readonly #maxHeld: number;
  /** Newest position that the history had, per topic. */
  readonly #seams = new Map<string, Position>();
  #waiting: Waiting[] = [];
  #next = 0;
  #replaysLeft = 0;
  #isReady = false;

  /**
   * @param topics - what is resumed
   * @param maxHeld - most frames that may wait while the history is read and replayed
   */
  constructor(topics: Iterable<string>, maxHeld: number) {
    this.#topics = new Set(topics);
    this.#maxHeld = maxHeld;
  }

  /** Whether the history is known: what waits may be taken. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether a topic is not live yet because of this. */
  has(topic: string): boolean {
    return this.#topics.has(topic);
  }

  /** Lets a published frame of a resumed topic wait; false when too many do. */
  hold(frame: BusFrame, encoded: EncodedFrame): boolean {
    if (!this.#topics.has(frame.topic)) return true;
    this.#waiting.push({ frame, encoded });
    return this.#waiting.length - this.#next - this.#replaysLeft <= this.#maxHeld;
  }

  /** Puts the history before what waits already. */
  replay(frames: readonly BusFrame[], encode: (frame: BusFrame) => EncodedFrame): void {
    for (const { topic, position } of frames) this.#seams.set(topic, position);
    const replayed = frames.map((frame) => ({ frame, encoded: encode(frame) }));
    const held = this.#waiting.filter(({ frame }) => !this.#isReplayed(frame));
    this.#waiting = [...replayed, ...held];
    this.#replaysLeft = replayed.length;
    this.#isReady = true;
  }

  /** Takes the next frames, as text in a version: as many as make up one write. */
  take(version: string): Taken {
    const texts: string[] = [];
    let replayed = 0;
    let size = 0;
    while (size < writeSize) {
      const waiting = this.#shift();
      if (!waiting) return { texts, replayed, isLast: true };
      const { frame, encoded } = waiting;
      const text = this.#topics.has(frame.topic) ? encoded(version) : undefined;
      if (text === undefined) continue;
      texts.push(text);
      size += text.length;
      if (this.#isReplayed(frame)) replayed++;
    }
    return { texts, replayed, isLast: false };
  }

  /** Keeps only topics that are still wanted. */
  keepOnly(topics: readonly string[]): void {
    const wanted = new Set(topics);
    for (const topic of this.#topics) if (!wanted.has(topic)) this.#topics.delete(topic);
  }

  #shift(): Waiting | undefined {
    const waiting = this.#waiting[this.#next];
    if (!waiting) return undefined;
    this.#next++;
    if (this.#replaysLeft > 0) this.#replaysLeft--;
    return waiting;
  }

  #isReplayed({ topic, position }: BusFrame): boolean {
    const seam = this.#seams.get(topic);
    return seam !== undefined && seam.epoch === position.epoch && position.offset <= seam.offset;
  }
}
