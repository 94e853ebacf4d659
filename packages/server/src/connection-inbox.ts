import { ReadGate } from "./inbound-gate.js";
import type { Metrics } from "./metrics.js";
import type { SessionEvent } from "./session-types.js";
import type { Socket } from "./socket.js";

/** What a socket reads. */
export type InboundEvent = Extract<SessionEvent, { readonly type: "frame" | "ping" | "pong" }>;

/** Who is told of events. */
export interface InboxOwner {
  dispatch(event: InboundEvent): void;
}

/** Frames that are read of a peer after it was hung up on: those that were on their way. */
const maxLate = 64;

/** What one client sends: read while nothing speaks against it, and kept in order while somebody is busy with it. */
export class ConnectionInbox {
  readonly #gate: ReadGate;
  readonly #metrics: Metrics;
  readonly #owner: InboxOwner;
  #waiting: InboundEvent[] | undefined;
  #isClosed = false;
  #late = 0;

  /** Begins busy: the handshake is not done. */
  constructor(socket: Socket, metrics: Metrics, owner: InboxOwner) {
    this.#gate = new ReadGate(socket);
    this.#metrics = metrics;
    this.#owner = owner;
    this.#gate.stop("busy");
  }

  /** Whether the socket is read. */
  get isRead(): boolean {
    return this.#gate.isOpen;
  }

  /** Hands an event on, or keeps it: what was in the socket's hands when reading stopped still comes. */
  take(event: InboundEvent): void {
    if (this.#isClosed) {
      this.#takeLate();
    } else if (this.#gate.isStoppedBy("busy")) {
      this.#waiting ??= [];
      this.#waiting.push(event);
    } else {
      this.#owner.dispatch(event);
    }
  }

  /** Takes nothing more for now: a handshake, credentials or a replay come first. */
  hold(): void {
    this.#gate.stop("busy");
  }

  /** Goes on, and first with what was kept. */
  free(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
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

  /** Takes nothing more. @param isRead - whether the socket is read to its end, whatever spoke against it */
  close(isRead: boolean): void {
    this.#waiting = undefined;
    this.#isClosed = true;
    if (isRead) this.#gate.release();
    else this.#gate.stop("closed");
  }

  /** A peer that goes on after it was hung up on is not read for ever. */
  #takeLate(): void {
    if (++this.#late === maxLate) this.#gate.stop("closed");
  }

  #stop(reason: "queue" | "rate"): boolean {
    if (this.#gate.isStoppedBy(reason)) return false;
    if (this.#gate.isOpen) this.#metrics.add("read_pauses_total");
    this.#gate.stop(reason);
    return true;
  }
}
