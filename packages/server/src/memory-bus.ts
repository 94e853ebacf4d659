import type { Position } from "@hivewire/protocol";
import type { Bus, BusFrame } from "./bus.js";
import type { OutgoingFrame } from "./frames.js";

/** A bus within one process. It keeps no history: positions tell a gap, and nothing is replayed. */
export class MemoryBus implements Bus {
  readonly #epoch: string;
  readonly #offsets = new Map<string, number>();
  readonly #listeners = new Set<(frame: BusFrame) => void>();

  /** @param epoch - names this run: offsets of another epoch mean nothing here */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  async publish(topic: string, frame: OutgoingFrame): Promise<Position> {
    const offset = this.#offsets.get(topic) ?? 0;
    this.#offsets.set(topic, offset + 1);
    const position = { epoch: this.#epoch, offset };
    for (const listener of [...this.#listeners]) listener({ topic, frame, position });
    return position;
  }

  subscribe(listener: (frame: BusFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
