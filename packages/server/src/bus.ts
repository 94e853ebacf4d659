import type { Position } from "@hivewire/protocol";

/** A stamped frame that keeps the contract, on its way to a topic. */
export interface TopicFrame {
  readonly type: string;
  /** The frame as JSON, without `position`. */
  readonly text: string;
}

/** A frame with its place in the stream of its topic. */
export interface BusFrame extends TopicFrame {
  readonly topic: string;
  readonly position: Position;
}

/** What a topic's stream still has after a position. */
export interface History {
  /** In order; the last one is the newest of the topic. */
  readonly frames: readonly BusFrame[];
  /** False when frames between the position and the first of these are lost, or the position is of another epoch. */
  readonly complete: boolean;
}

/** Whether a bus carries frames. */
export interface BusHealth {
  readonly status: "healthy" | "degraded" | "down";
  /** What kind of bus it is, such as `memory`. */
  readonly kind: string;
  /** Why it is not healthy, for a person; never credentials. */
  readonly detail?: string;
}

/**
 * Carries topic frames from publishers to servers. Offsets count by one within an epoch and begin at 1, so that
 * offset 0 stands before the first frame.
 */
export interface Bus {
  /** Hands a frame to every subscriber, in order, and resolves to its position. */
  publish(topic: string, frame: TopicFrame): Promise<Position>;
  /** Calls the listener with every frame that is published from now on; the returned function ends that. */
  subscribe(listener: (frame: BusFrame) => void): () => void;
  /** Position of the newest frame that was handed to subscribers; undefined when the bus cannot tell yet. */
  head(topic: string): Position | undefined;
  /** The frames of a topic after a position, up to the newest that was handed to subscribers. */
  history(topic: string, after: Position): Promise<History>;
  health(): BusHealth;
}
