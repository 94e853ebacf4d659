import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import type { FrameBatch } from "../outbound-frame.js";
import type { Socket, SocketEvents } from "../socket.js";

/**
 * A socket of the package `ws` that knows who is told of its events: ten thousand of them share their listeners.
 */
export class EngineWebSocket extends WebSocket {
  events: SocketEvents | undefined;
}

/** The engine's view of it, and of the stream below it, which takes frames that are framed already. */
export class WsSocket implements Socket {
  readonly #ws: EngineWebSocket;
  readonly #stream: Duplex;
  readonly #isCompressed: boolean;

  constructor(ws: EngineWebSocket, stream: Duplex) {
    this.#ws = ws;
    this.#stream = stream;
    // Asked once: `ws` puts the text together each time.
    this.#isCompressed = ws.extensions !== "";
  }

  get waitingBytes(): number {
    return this.#isCompressed ? this.#ws.bufferedAmount : this.#stream.writableLength;
  }

  send(batch: FrameBatch): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    // A compressed frame is this connection's own: `ws` makes it, and keeps the order.
    if (this.#isCompressed) for (const text of batch.texts) this.#ws.send(text);
    else this.#stream.write(batch.bytes);
  }

  ping(): void {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping();
  }

  pong(payload: Uint8Array): void {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.pong(payload);
  }

  close(code: number, reason: string, isLast: boolean): void {
    this.#ws.close(code, reason);
    if (isLast) this.#stream.end();
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

function eventsOf(ws: WebSocket): SocketEvents | undefined {
  return ws instanceof EngineWebSocket ? ws.events : undefined;
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  eventsOf(this)?.message(isBinary ? null : textOf(data), bytesOf(data));
}

function onPing(this: WebSocket, payload: Buffer): void {
  eventsOf(this)?.pinged(payload);
}

function onPong(this: WebSocket): void {
  eventsOf(this)?.ponged();
}

function onClose(this: WebSocket, code: number): void {
  eventsOf(this)?.closed(code);
}

/**
 * A broken frame: `ws` answers it with the right close code, and would then read on, at full speed, until the peer is
 * done.
 */
function onError(this: WebSocket): void {
  // After `ws` has made the stream flow, which it does when this turn is over.
  setImmediate(() => this.pause());
  const timer = setTimeout(() => this.terminate(), brokenGraceMs);
  this.once("close", () => clearTimeout(timer));
}

/** Tells what happens to a socket. */
export function listen(ws: EngineWebSocket, stream: Duplex, events: SocketEvents): void {
  ws.events = events;
  ws.on("message", onMessage);
  ws.on("ping", onPing);
  ws.on("pong", onPong);
  ws.on("close", onClose);
  ws.on("error", onError);
  stream.on("drain", () => events.drained());
}
