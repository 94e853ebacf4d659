import type { Position } from "@hivewire/protocol";
import type { Bus, BusFrame, BusHealth, History, TopicFrame } from "./bus.js";
import { realEnvironment } from "./environment.js";
import { ServerError } from "./server-error.js";

/** How much a `MemoryBus` remembers of each topic: what is over any of the bounds is forgotten, oldest first. */
export interface MemoryBusOptions {
  /** Names this run: offsets of another epoch mean nothing here. @default a fresh UUID */
  readonly epoch?: string | undefined;
  /** @default 1_000 */
  readonly maxFrames?: number | undefined;
  /** Bytes of their JSON. @default 1_048_576 */
  readonly maxBytes?: number | undefined;
  /** In milliseconds. @default 300_000 */
  readonly maxAgeMs?: number | undefined;
  /** Monotonic time, in milliseconds. @default the real one */
  readonly elapsed?: (() => number) | undefined;
}

interface Kept {
  readonly frame: BusFrame;
  readonly bytes: number;
  readonly atMs: number;
}

/** The newest frames of one topic. */
class Ring {
  #kept: Kept[] = [];
  /** Index of the oldest frame: what is before it is forgotten, and cut off now and then. */
  #first = 0;
  #bytes = 0;
  offset = 0;

  get oldest(): Kept | undefined {
    return this.#kept[this.#first];
  }

  get length(): number {
    return this.#kept.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(kept: Kept): void {
    this.#kept.push(kept);
    this.#bytes += kept.bytes;
  }

  forgetOldest(): void {
    const oldest = this.oldest;
    if (!oldest) return;
    this.#bytes -= oldest.bytes;
    this.#first++;
    if (this.#first < 64 || this.#first < this.length) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#first = 0;
  }

  after(offset: number): readonly BusFrame[] {
    const missing = this.offset - offset;
    const from = Math.max(this.#first, this.#kept.length - missing);
    return this.#kept.slice(from).map(({ frame }) => frame);
  }
}

function bound(name: string, value: number): number {
  if (value >= 0) return value;
  const sentence = `Failed to make a MemoryBus: ${name} is ${value}. Please give a number from 0 on.`;
  throw new ServerError("invalid_option", sentence);
}

/** A bus within one process, with a bounded history per topic. */
export class MemoryBus implements Bus {
  readonly #epoch: string;
  readonly #maxFrames: number;
  readonly #maxBytes: number;
  readonly #maxAgeMs: number;
  readonly #elapsed: () => number;
  readonly #rings = new Map<string, Ring>();
  readonly #listeners = new Set<(frame: BusFrame) => void>();

  /** @throws ServerError `invalid_option` */
  constructor(options: MemoryBusOptions = {}) {
    this.#epoch = options.epoch ?? realEnvironment.uuid();
    this.#maxFrames = bound("maxFrames", options.maxFrames ?? 1_000);
    this.#maxBytes = bound("maxBytes", options.maxBytes ?? 1_048_576);
    this.#maxAgeMs = bound("maxAgeMs", options.maxAgeMs ?? 300_000);
    this.#elapsed = options.elapsed ?? realEnvironment.elapsed;
  }

  async publish(topic: string, { type, text }: TopicFrame): Promise<Position> {
    const ring = this.#ring(topic);
    const position = { epoch: this.#epoch, offset: ++ring.offset };
    const frame = { topic, type, text, position };
    ring.push({ frame, bytes: Buffer.byteLength(text), atMs: this.#elapsed() });
    this.#trim(ring);
    for (const listener of [...this.#listeners]) listener(frame);
    return position;
  }

  subscribe(listener: (frame: BusFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  head(topic: string): Position {
    return { epoch: this.#epoch, offset: this.#ring(topic).offset };
  }

  async history(topic: string, after: Position): Promise<History> {
    const ring = this.#ring(topic);
    this.#trim(ring);
    const isKnown = after.epoch === this.#epoch && after.offset <= ring.offset;
    const frames = ring.after(isKnown ? after.offset : 0);
    return { frames, complete: isKnown && frames.length === ring.offset - after.offset };
  }

  health(): BusHealth {
    return { status: "healthy", kind: "memory" };
  }

  #ring(topic: string): Ring {
    const ring = this.#rings.get(topic) ?? new Ring();
    this.#rings.set(topic, ring);
    return ring;
  }

  #trim(ring: Ring): void {
    const oldestMs = this.#elapsed() - this.#maxAgeMs;
    while (
      ring.length > this.#maxFrames ||
      ring.bytes > this.#maxBytes ||
      (ring.oldest && ring.oldest.atMs < oldestMs)
    ) {
      ring.forgetOldest();
    }
  }
}
