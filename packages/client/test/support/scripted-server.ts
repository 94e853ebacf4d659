import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** One accepted socket, with what its upgrade asked for. */
export interface Peer {
  readonly socket: WebSocket;
  readonly query: URLSearchParams;
  /** Sends a frame. */
  readonly send: (frame: object) => void;
  /** Resolves with the next frame from the client. */
  readonly next: () => Promise<Readonly<Record<string, unknown>>>;
  /** Sends `connection_established` with the asked topics. */
  readonly greet: (fields?: object) => void;
}

/** A real WebSocket server whose answers the test gives. */
export class ScriptedServer {
  readonly #server: WebSocketServer;
  readonly #arrived: Peer[] = [];
  readonly #waiting: ((peer: Peer) => void)[] = [];
  /** Upgrades so far. */
  connections = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on("connection", (socket, request) => {
      this.connections++;
      const peer = createPeer(socket, request);
      const waiting = this.#waiting.shift();
      if (waiting) waiting(peer);
      else this.#arrived.push(peer);
    });
  }

  /** Listens on a free port of the loopback. */
  static async start(port = 0): Promise<ScriptedServer> {
    const server = new WebSocketServer({ host: "127.0.0.1", port });
    await once(server, "listening");
    return new ScriptedServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Resolves with the next accepted socket. */
  accept(): Promise<Peer> {
    const arrived = this.#arrived.shift();
    return arrived ? Promise.resolve(arrived) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Cuts every socket and stops listening. */
  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function createPeer(socket: WebSocket, request: IncomingMessage): Peer {
  const query = new URL(request.url ?? "", "ws://127.0.0.1").searchParams;
  const send = (frame: object): void => socket.send(JSON.stringify(frame));
  const inbox: Readonly<Record<string, unknown>>[] = [];
  const waiting: ((frame: Readonly<Record<string, unknown>>) => void)[] = [];
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data));
    const first = waiting.shift();
    if (first) first(frame);
    else inbox.push(frame);
  });
  return {
    socket,
    query,
    send,
    next: () => {
      const frame = inbox.shift();
      return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve));
    },
    greet: (fields = {}) =>
      send({
        type: "connection_established",
        connection_id: "c1",
        contract_version: "2.1.0",
        subscriptions: query.get("subscriptions")?.split(",").filter(Boolean) ?? [],
        timestamp: "2026-01-01T00:00:00.000Z",
        correlation_id: "s1",
        ...fields,
      }),
  };
}
