import { ReadGate } from "./inbound-gate.js";
import type { Metrics } from "./metrics.js";
import type { SessionEvent } from "./session-types.js";
import type { Socket } from "./socket.js";

/** What a socket reads. */
export type InboundEvent = Extract<SessionEvent, { readonly type: "frame" | "ping" | "pong" }>;

/** What one client sends: read while nothing speaks against it, and kept in order while somebody is busy with it. */
export class ConnectionInbox {
  readonly #gate: ReadGate;
  readonly #metrics: Metrics;
  readonly #dispatch: (event: InboundEvent) => void;
  #waiting: InboundEvent[] = [];

  /** Begins busy: the handshake is not done. */
  constructor(socket: Socket, metrics: Metrics, dispatch: (event: InboundEvent) => void) {
    this.#gate = new ReadGate(socket);
    this.#metrics = metrics;
    this.#dispatch = dispatch;
    this.#gate.stop("busy");
  }

  /** Whether the socket is read. */
  get isRead(): boolean {
    return this.#gate.isOpen;
  }

  /** Hands an event on, or keeps it: what was in the socket's hands when reading stopped still comes. */
  take(event: InboundEvent): void {
    if (this.#gate.isStoppedBy("busy")) this.#waiting.push(event);
    else this.#dispatch(event);
  }

  /** Takes nothing more for now: a handshake, credentials or a replay come first. */
  hold(): void {
    this.#gate.stop("busy");
  }

  /** Goes on, and first with what was kept. */
  free(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#gate.go("busy");
    for (const event of waiting) this.take(event);
  }

  /** Stops reading for its rate; false when it was stopped for that already. */
  pause(): boolean {
    return this.#stop("rate");
  }

  /** Reads again after that. */
  endPause(): void {
    this.#gate.go("rate");
  }

  /** Reads a client only while it reads its own answers: what it asks for would only add to what waits. */
  setStalled(isStalled: boolean): void {
    if (isStalled) this.#stop("queue");
    else this.#gate.go("queue");
  }

  /** Forgets what was kept, and reads to the end: the peer's part of the closing handshake has to be seen. */
  close(): void {
    this.#waiting = [];
    this.#gate.release();
  }

  #stop(reason: "queue" | "rate"): boolean {
    if (this.#gate.isStoppedBy(reason)) return false;
    if (this.#gate.isOpen) this.#metrics.add("read_pauses_total");
    this.#gate.stop(reason);
    return true;
  }
}
