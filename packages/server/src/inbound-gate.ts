import type { Socket } from "./socket.js";

/** Why a connection is not read: any of these stops it. */
const readStops = {
  /** Its handshake, its credentials or its replay is not done. */
  busy: 1,
  /** Its bucket is empty (PROTOCOL.md, "Floods"). */
  rate: 2,
  /** It does not read what it is sent. */
  queue: 4,
  /** It was hung up on. */
  closed: 8,
} as const;

/** A reason not to read. */
export type ReadStop = keyof typeof readStops;

/** Reads from a socket while nothing speaks against it. */
export class ReadGate {
  readonly #socket: Socket;
  #stops = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Whether the socket is read. */
  get isOpen(): boolean {
    return this.#stops === 0;
  }

  /** Whether this is among the reasons not to read. */
  isStoppedBy(reason: ReadStop): boolean {
    return (this.#stops & readStops[reason]) !== 0;
  }

  /** Adds a reason, and stops reading when it is the first. */
  stop(reason: ReadStop): void {
    if (this.isOpen) this.#socket.pause();
    this.#stops |= readStops[reason];
  }

  /** Takes a reason away, and reads when it was the last. */
  go(reason: ReadStop): void {
    if (!this.isStoppedBy(reason)) return;
    this.#stops &= ~readStops[reason];
    if (this.isOpen) this.#socket.resume();
  }

  /** Reads whatever speaks against it. */
  release(): void {
    this.#stops = 0;
    this.#socket.resume();
  }
}
