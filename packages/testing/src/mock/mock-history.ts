import type { Position } from "@hivewire/protocol";

/** A frame of a topic, with its place in the topic's stream. */
export interface TopicFrame {
  readonly type: string;
  readonly position: Position;
  readonly [field: string]: unknown;
}

/** The newest frames of each topic: offsets count by one within an epoch, from 1 on. */
export class MockHistory {
  readonly #maxFrames: number;
  #epoch: string;
  readonly #offsets = new Map<string, number>();
  readonly #frames = new Map<string, readonly TopicFrame[]>();

  /**
   * @param maxFrames - kept per topic; what is over it is forgotten, oldest first
   */
  constructor(epoch: string, maxFrames: number) {
    this.#epoch = epoch;
    this.#maxFrames = maxFrames;
  }

  /** Where the topic's stream is at; offset 0 stands before its first frame. */
  head(topic: string): Position {
    return { epoch: this.#epoch, offset: this.#offsets.get(topic) ?? 0 };
  }

  /** Gives a frame the next place of its topic, and keeps it. */
  add(topic: string, frame: { readonly type: string }): TopicFrame {
    const offset = this.head(topic).offset + 1;
    const placed = { ...frame, position: { epoch: this.#epoch, offset } };
    this.#offsets.set(topic, offset);
    const kept = [...(this.#frames.get(topic) ?? []), placed];
    this.#frames.set(topic, kept.slice(Math.max(0, kept.length - this.#maxFrames)));
    return placed;
  }

  /**
   * The frames after a position, at most the `max` newest; `complete` is false when others are missing before them, or
   * the position is of another epoch.
   */
  after(
    topic: string,
    position: Position,
    max: number,
  ): { readonly frames: readonly TopicFrame[]; readonly complete: boolean } {
    const { offset: newest } = this.head(topic);
    const isKnown = position.epoch === this.#epoch && position.offset <= newest;
    const missing = isKnown ? newest - position.offset : newest;
    const kept = this.#frames.get(topic) ?? [];
    const frames = kept.slice(Math.max(0, kept.length - Math.min(missing, max)));
    return {
      frames: max === 0 || missing === 0 ? [] : frames,
      complete: isKnown && frames.length >= missing,
    };
  }

  /** Forgets every frame: what was missed until now is lost. */
  forget(): void {
    this.#frames.clear();
  }

  /** Begins another epoch: no position of before means anything. */
  begin(epoch: string): void {
    this.#epoch = epoch;
    this.#offsets.clear();
    this.#frames.clear();
  }
}
