/** The part of a WebSocket that is used: browsers, Node 22, the package `ws` and fakes have it. */
export interface WebSocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { code: number; reason: string }) => void): void;
}

/** A WebSocket class, or a function that makes a socket for a URL. */
export type WebSocketSource = (new (url: string) => WebSocketLike) | ((url: string) => WebSocketLike);

/** What a transport tells. Nothing is told about a socket that was hung up. */
export interface TransportEvents {
  /** The socket is open; the handshake of the protocol has still to come. */
  readonly opened: () => void;
  /** A frame: a string when it was text. */
  readonly received: (data: unknown) => void;
  /** The socket is gone, with the raw close code. The next `dial` is up to the owner. */
  readonly closed: (code: number, reason: string) => void;
  /** No socket could be made for the URL. */
  readonly refused: (reason: unknown) => void;
}

/** One socket at a time, dialled on command. When to dial is never the transport's decision. */
export interface Transport {
  /** Opens a socket. */
  dial(url: string): void;
  /** Sends text now, or returns false because no socket is open. */
  send(text: string): boolean;
  /** Closes the socket, if any, and forgets it. `dial` works again afterwards. */
  hangUp(): void;
}

/** Makes a transport. Opens nothing yet. */
export type CreateTransport = (
  createSocket: (url: string) => WebSocketLike,
  events: TransportEvents,
) => Transport;
