import { type CloseName, closeCode, stamp } from "@hivewire/protocol";
import type { ConnectionInbox } from "./connection-inbox.js";
import type { ConnectionParts } from "./connection-parts.js";
import { farewellOf } from "./farewell.js";
import type { OutgoingFrame } from "./frames.js";
import { encodeFrame } from "./outbound-encode.js";
import { type Delivery, type DeliveryVerdict, OutboundQueue } from "./outbound-queue.js";
import type { Socket } from "./socket.js";

/** What one client is sent, until it hangs up or is hung up on. */
export class ConnectionOutlet {
  readonly queue: OutboundQueue;
  readonly #socket: Socket;
  readonly #parts: ConnectionParts;
  readonly #inbox: ConnectionInbox;
  /** The negotiated version; the contract's own before the handshake is done. */
  version: string;
  #deliveredAtMs = 0;
  #stalledAtMs: number | undefined;
  #isHungUp = false;
  #callOff: (() => void) | undefined;

  constructor(socket: Socket, parts: ConnectionParts, inbox: ConnectionInbox) {
    this.#socket = socket;
    this.#parts = parts;
    this.#inbox = inbox;
    this.queue = new OutboundQueue(socket, parts.limits, parts.metrics);
    this.version = parts.contract.version;
  }

  /** When a topic frame was last sent. */
  get deliveredAtMs(): number {
    return this.#deliveredAtMs;
  }

  /** Since when too much waits in the socket; undefined when it does not. */
  get stalledAtMs(): number | undefined {
    return this.#stalledAtMs;
  }

  /** Bytes that wait in the socket. */
  get waitingBytes(): number {
    return this.#socket.waitingBytes;
  }

  /** Notes that topic frames were sent, and looks at how much waits. */
  delivered(nowMs: number): void {
    this.#deliveredAtMs = nowMs;
    this.judge();
  }

  /** Sends topic frames; undefined when nothing is sent any more. */
  deliver(delivery: Delivery, nowMs: number): DeliveryVerdict | undefined {
    if (this.#isHungUp) return undefined;
    const verdict = this.queue.deliver(delivery);
    this.#deliveredAtMs = nowMs;
    // How much waits is looked at again at the next delivery, and at each tick.
    if (verdict !== "sent" || this.#stalledAtMs !== undefined) this.judge();
    return verdict;
  }

  /**
   * Stamps and sends a frame to this client alone; nothing once it hung up.
   * @param isLast - whether it is among the last words, which are sent whatever waits
   * @returns false when the connection has to go
   */
  send(frame: OutgoingFrame, correlationId: string | undefined, isLast: boolean): boolean {
    if (this.#isHungUp) return true;
    const { environment, encodeRules, metrics } = this.#parts;
    const text = encodeFrame(stamp(frame, environment, correlationId), this.version, encodeRules);
    if (text === undefined) return true;
    if (isLast) this.queue.lastWords(text);
    else if (!this.queue.answer(text)) return false;
    if (frame.type === "error") metrics.add("errors_sent_total");
    this.judge();
    return true;
  }

  /** Sends an RFC 6455 ping. */
  ping(): void {
    if (!this.#isHungUp) this.#socket.ping();
  }

  /** Answers one. */
  pong(payload: Uint8Array): void {
    if (!this.#isHungUp) this.#socket.pong(payload);
  }

  /** Looks at how much waits. A client whose socket holds too much is not read. */
  judge(): void {
    const isFree = this.queue.level === "free";
    if (isFree && this.#stalledAtMs === undefined) return;
    this.#stalledAtMs = isFree ? undefined : (this.#stalledAtMs ?? this.#parts.environment.elapsed());
    this.#inbox.setStalled(!isFree);
  }

  /** Starts the closing handshake, in the manner of its reason. */
  hangUp(close: CloseName): void {
    if (this.#isHungUp) return;
    this.#isHungUp = true;
    const { isRead, graceMs } = farewellOf(close);
    this.#socket.close(closeCode(close), close, !isRead);
    this.#inbox.close(isRead);
    if (graceMs === 0) this.#socket.terminate();
    else this.#callOff = this.#parts.environment.schedule(() => this.#socket.terminate(), graceMs);
  }

  /** The socket is gone. */
  closed(): void {
    this.#isHungUp = true;
    this.#callOff?.();
    this.queue.close();
  }
}
