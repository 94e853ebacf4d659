import type { Position } from "@hivewire/protocol";
import type { OutgoingFrame } from "./frames.js";

/** A stamped frame on its way to the subscribers of a topic. */
export interface BusFrame {
  readonly topic: string;
  readonly frame: OutgoingFrame;
  readonly position: Position;
}

/** Carries topic frames from publishers to servers. */
export interface Bus {
  /** Hands a stamped frame to every subscriber, in order, and resolves to its position. */
  publish(topic: string, frame: OutgoingFrame): Promise<Position>;
  /** Calls the listener with every frame that is published from now on; the returned function ends that. */
  subscribe(listener: (frame: BusFrame) => void): () => void;
}

/** Whether a bus carries frames. */
export interface BusHealth {
  readonly status: "healthy" | "degraded" | "down";
  /** What kind of bus it is, such as `memory`. */
  readonly kind: string;
  /** Why it is not healthy, for a person; never credentials. */
  readonly detail?: string;
}
