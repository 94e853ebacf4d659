import { type Server as HttpServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ContractTypes } from "@hivewire/protocol";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { maxUrlLength } from "../handshake.js";
import type { Server } from "../server-types.js";
import type { Socket, Upgrade } from "../socket.js";

/** A path at which WebSockets are accepted. */
export interface WebSocketRoute {
  /** Exact path of the upgrade request. */
  readonly path: string;
  /** Topics of a client whose request names none. */
  readonly topics: readonly string[];
}

/** How sockets are accepted. */
export interface AttachOptions {
  readonly routes: readonly WebSocketRoute[];
  /** Origins that browsers may come from, exactly as they send them; others get HTTP 403. @default all */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** How long a peer may take for its part of the closing handshake, in milliseconds. */
const closeTimeoutMs = 5_000;

function socketOf(ws: WebSocket): Socket {
  return {
    get waitingBytes() {
      return ws.bufferedAmount;
    },
    send: (text) => ws.send(text),
    ping: () => ws.ping(),
    close: (code, reason) => {
      ws.close(code, reason);
      const timer = setTimeout(() => ws.terminate(), closeTimeoutMs);
      ws.once("close", () => clearTimeout(timer));
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    terminate: () => ws.terminate(),
  };
}

/** Answers an upgrade request with an HTTP error. */
function refuse(socket: Duplex, status: number): void {
  const text = STATUS_CODES[status] ?? "Error";
  // The peer may keep its half open for ever.
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function bytesOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + part.byteLength, 0);
  return data.byteLength;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}

/**
 * Accepts WebSockets on an HTTP server with the package `ws`. An unknown path is answered with 404, an
 * origin that is not allowed with 403, a URL that is too long with 414; the engine sees none of them.
 * @returns a function that stops accepting
 */
export function attachWebSockets<Types extends ContractTypes>(
  server: Server<Types>,
  http: HttpServer,
  options: AttachOptions,
): () => void {
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: server.limits.hardMessageBytes,
  });
  const routes = new Map(options.routes.map((route) => [route.path, route]));
  const origins = options.allowedOrigins && new Set(options.allowedOrigins);

  const accept = (ws: WebSocket, upgrade: Upgrade): void => {
    const events = server.accept(socketOf(ws), upgrade);
    ws.on("message", (data, isBinary) => events.message(isBinary ? null : textOf(data), bytesOf(data)));
    ws.on("pong", () => events.pong());
    ws.on("close", (code) => events.closed(code));
    // A broken frame: ws answers it with the right close code, and "close" follows.
    ws.on("error", () => {});
  };

  const judge = (request: IncomingMessage): Upgrade | number => {
    const target = request.url ?? "/";
    if (target.length > maxUrlLength) return 414;
    const url = URL.canParse(target, "http://localhost") ? new URL(target, "http://localhost") : undefined;
    const route = url && routes.get(url.pathname);
    if (!route) return 404;
    const { origin, authorization } = request.headers;
    if (!origins || origin === undefined || origins.has(origin)) {
      return { query: url.searchParams, authorization, defaultTopics: route.topics };
    }
    server.originDenied();
    return 403;
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const verdict = judge(request);
    if (typeof verdict === "number") refuse(socket, verdict);
    else wss.handleUpgrade(request, socket, head, (ws) => accept(ws, verdict));
  };

  http.on("upgrade", onUpgrade);
  return () => {
    http.off("upgrade", onUpgrade);
    wss.close();
  };
}
