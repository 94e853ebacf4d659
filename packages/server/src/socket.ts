/** The part of an accepted WebSocket that the engine uses; an adapter makes it. */
export interface Socket {
  /** Bytes handed over that have not left the process. */
  readonly waitingBytes: number;
  /** Sends a text frame. */
  send(text: string): void;
  /** Sends an RFC 6455 ping. */
  ping(): void;
  /** Starts the closing handshake. */
  close(code: number, reason: string): void;
  /** Stops reading. What was read before is still delivered. */
  pause(): void;
  /** Reads again. */
  resume(): void;
  /** Drops the connection at once. */
  terminate(): void;
}

/** What an adapter tells about a socket. */
export interface SocketEvents {
  /** A frame arrived; `text` is null for a binary one. */
  readonly message: (text: string | null, bytes: number) => void;
  /** A pong arrived. */
  readonly pong: () => void;
  /** The socket is gone. */
  readonly closed: (code: number) => void;
}

/** An upgrade request that was accepted. */
export interface Upgrade {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Topics when the request names none. */
  readonly defaultTopics: readonly string[];
}
