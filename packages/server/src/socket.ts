import type { FrameBatch } from "./outbound-frame.js";

/** The part of an accepted WebSocket that the engine uses; an adapter makes it. */
export interface Socket {
  /** Bytes handed over that have not left the process. */
  readonly waitingBytes: number;
  /** Sends text frames, in their order. */
  send(batch: FrameBatch): void;
  /** Sends an RFC 6455 ping. */
  ping(): void;
  /** Answers an RFC 6455 ping with its payload. */
  pong(payload: Uint8Array): void;
  /**
   * Sends a close frame. @param isLast - whether this side is done with that: the peer's part of the closing handshake
   * is not waited for, and the connection is half-closed once everything is written
   */
  close(code: number, reason: string, isLast: boolean): void;
  /** Stops reading. What was read before is still delivered. */
  pause(): void;
  /** Reads again. */
  resume(): void;
  /** Drops the connection at once. */
  terminate(): void;
}

/** What an adapter tells about a socket. Its methods are called on it. */
export interface SocketEvents {
  /** A frame arrived; `text` is null for a binary one. */
  message(text: string | null, bytes: number): void;
  /** An RFC 6455 ping arrived. The engine answers it: pings count against the limits. */
  pinged(payload: Uint8Array): void;
  /** A pong arrived. */
  ponged(): void;
  /** Nothing waits in the socket any more. */
  drained(): void;
  /** The socket is gone. */
  closed(code: number): void;
}

/** An upgrade request that was accepted. */
export interface Upgrade {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Topics when the request names none. */
  readonly defaultTopics: readonly string[];
  /** Address of the client. */
  readonly remoteAddress?: string | undefined;
  /** W3C Trace Context of the request, as it was sent. */
  readonly traceparent?: string | undefined;
}
