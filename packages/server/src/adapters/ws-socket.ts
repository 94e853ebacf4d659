import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { FrameBatch } from "../outbound-frame.js";
import type { Socket, SocketEvents } from "../socket.js";

/** A socket of the package `ws`, and the stream below it, which takes frames that are framed already. */
export class WsSocket implements Socket {
  readonly #ws: WebSocket;
  readonly #stream: Duplex;
  readonly #isCompressed: boolean;

  constructor(ws: WebSocket, stream: Duplex) {
    this.#ws = ws;
    this.#stream = stream;
    this.#isCompressed = ws.extensions !== "";
  }

  get waitingBytes(): number {
    return this.#isCompressed ? this.#ws.bufferedAmount : this.#stream.writableLength;
  }

  send(batch: FrameBatch): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    // A compressed frame is this connection's own: `ws` makes it, and keeps the order.
    if (this.#isCompressed) for (const text of batch.texts) this.#ws.send(text);
    else this.#stream.write(batch.bytes);
  }

  ping(): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  pong(payload: Uint8Array): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.pong(payload);
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  terminate(): void {
    this.#ws.terminate();
  }
}

function bytesOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + part.byteLength, 0);
  return data.byteLength;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}

/** Time for a peer whose frame was broken to see why it goes, in milliseconds. */
const brokenGraceMs = 1_000;

/**
 * A broken frame: `ws` answers it with the right close code, and would then read on, at full speed, until the peer is
 * done.
 */
function endSoon(ws: WebSocket): void {
  // After `ws` has made the stream flow, which it does when this turn is over.
  setImmediate(() => ws.pause());
  const timer = setTimeout(() => ws.terminate(), brokenGraceMs);
  ws.once("close", () => clearTimeout(timer));
}

/** Tells what happens to a socket. */
export function listen(ws: WebSocket, stream: Duplex, events: SocketEvents): void {
  ws.on("message", (data, isBinary) => events.message(isBinary ? null : textOf(data), bytesOf(data)));
  ws.on("ping", (payload) => events.pinged(payload));
  ws.on("pong", () => events.ponged());
  ws.on("close", (code) => events.closed(code));
  ws.on("error", () => endSoon(ws));
  stream.on("drain", () => events.drained());
}
