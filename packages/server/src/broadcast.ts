import type { MessageInfo } from "@hivewire/protocol";
import { Audience, type AudienceGroup } from "./audience.js";
import type { BusFrame } from "./bus.js";
import { coalesceKeyOf } from "./coalesce.js";
import type { Environment } from "./environment.js";
import type { Metrics } from "./metrics.js";
import { type EncodedFrame, type EncodeRules, encodeBusFrame } from "./outbound-encode.js";
import { FrameBatch } from "./outbound-frame.js";
import type { DeliveredFrame, Delivery, DeliveryVerdict } from "./outbound-queue.js";
import { OutboundWindow } from "./outbound-window.js";

/** Who gets topic frames. */
export interface Subscriber {
  /** Takes frames that were framed for all receivers; undefined when it is going. */
  deliver(delivery: Delivery, nowMs: number): DeliveryVerdict | undefined;
  /** Lets a frame wait behind a replay. */
  hold(frame: BusFrame, encoded: EncodedFrame): void;
}

/** A published frame that waits for the next write. */
interface Published {
  readonly topic: string;
  readonly encoded: EncodedFrame;
  readonly coalesceKey: () => string | undefined;
  readonly atMs: number;
}

/** What broadcasting needs. */
export interface BroadcastParts {
  readonly rules: EncodeRules;
  readonly environment: Environment;
  readonly metrics: Metrics;
}

/** The way of published frames to all who have their topics live: encoded, framed and joined once per version. */
export class Broadcast {
  readonly #parts: BroadcastParts;
  readonly #audience = new Audience<Subscriber>();
  readonly #holding = new Set<Subscriber>();
  readonly #window: OutboundWindow<Published>;
  #lastFanout = 0;

  constructor(parts: BroadcastParts) {
    this.#parts = parts;
    this.#window = new OutboundWindow(parts.environment, (published) => this.#write(published));
  }

  /** Receivers of the frame that was written last. */
  get lastFanout(): number {
    return this.#lastFanout;
  }

  /** The flush window at the moment, in milliseconds. */
  get windowMs(): number {
    return this.#window.windowMs;
  }

  /** Number of subscribers of a topic. */
  size(topic: string): number {
    return this.#audience.size(topic);
  }

  /** Takes a frame from the bus. */
  publish(frame: BusFrame): void {
    const { rules, environment, metrics } = this.#parts;
    metrics.add("messages_published_total");
    const encoded = encodeBusFrame(frame, rules);
    for (const subscriber of this.#holding) subscriber.hold(frame, encoded);
    if (this.#audience.size(frame.topic) === 0) return;
    const info: MessageInfo | undefined = rules.lookup(frame.type);
    const coalesceKey = coalesceKeyOf(frame, info);
    this.#window.add({ topic: frame.topic, encoded, coalesceKey, atMs: environment.elapsed() });
  }

  /** Writes what was published so far. */
  flush(): void {
    this.#window.flush();
  }

  /**
   * Replaces the topics of a subscriber from now on. What was published before is written first: nobody misses it
   * or gets it twice.
   */
  setTopics(subscriber: Subscriber, version: string, topics: readonly string[]): void {
    this.#window.flush();
    this.#audience.set(subscriber, version, topics);
  }

  /** Whether a subscriber is given each frame by itself, in `hold`. */
  setHolding(subscriber: Subscriber, isHolding: boolean): void {
    this.#window.flush();
    if (isHolding) this.#holding.add(subscriber);
    else this.#holding.delete(subscriber);
  }

  #write(published: readonly Published[]): void {
    const { environment, metrics } = this.#parts;
    const nowMs = environment.elapsed();
    let fanout = 0;
    for (const group of this.#audience.groups()) {
      const delivery = deliveryFor(group, published);
      if (!delivery) continue;
      fanout += this.#deliver(delivery, group.members, nowMs);
    }
    this.#lastFanout = fanout;
    const doneMs = environment.elapsed();
    for (const { atMs } of published) metrics.observe("send_latency_seconds", doneMs - atMs);
  }

  /** Counts once for all receivers. Returns how many there were. */
  #deliver(delivery: Delivery, members: Iterable<Subscriber>, nowMs: number): number {
    const { metrics } = this.#parts;
    let attempts = 0;
    let sent = 0;
    for (const subscriber of members) {
      const verdict = subscriber.deliver(delivery, nowMs);
      if (verdict === undefined) continue;
      attempts++;
      if (verdict === "sent") sent++;
    }
    metrics.add("messages_attempted_total", attempts * delivery.frames.length);
    metrics.add("messages_sent_total", sent * delivery.frames.length);
    metrics.add("bytes_sent_total", sent * delivery.batch.payloadBytes);
    return attempts;
  }
}

function deliveryFor(
  { version, topics }: AudienceGroup<Subscriber>,
  published: readonly Published[],
): Delivery | undefined {
  const frames: DeliveredFrame[] = [];
  for (const { topic, encoded, coalesceKey } of published) {
    const text = topics.has(topic) ? encoded(version) : undefined;
    if (text !== undefined) frames.push({ text, coalesceKey });
  }
  return frames.length === 0 ? undefined : { frames, batch: new FrameBatch(frames.map(({ text }) => text)) };
}
