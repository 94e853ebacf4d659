import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ContractTypes } from "@hivewire/protocol";
import { type PerMessageDeflateOptions, type ServerOptions, WebSocketServer } from "ws";
import { maxUrlLength } from "../handshake.js";
import type { Server } from "../server-types.js";
import type { Upgrade } from "../socket.js";
import { refuseUpgrade } from "./refuse-upgrade.js";
import { EngineWebSocket, listen, WsSocket } from "./ws-socket.js";

/** A path at which WebSockets are accepted. */
export interface WebSocketRoute {
  /** Exact path of the upgrade request. */
  readonly path: string;
  /** Topics of a client whose request names none. */
  readonly topics: readonly string[];
}

/** How frames are compressed (RFC 7692). */
export interface CompressionOptions {
  /** Shorter frames leave as they are, in bytes. @default 1_024 */
  readonly thresholdBytes?: number | undefined;
}

/** How sockets are accepted. */
export interface AttachOptions {
  readonly routes: readonly WebSocketRoute[];
  /** Origins that browsers may come from, exactly as they send them; others get HTTP 403. @default all */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * Compresses frames for clients that offer it. Costs processor time per client: a frame is then no longer framed
   * once for all. No context is kept between frames, which bounds the memory. @default no compression
   */
  readonly compression?: CompressionOptions | undefined;
  /** Address of a client, which its connections are counted by. @default the other end of the socket */
  readonly clientAddress?: ((request: IncomingMessage) => string | undefined) | undefined;
  /**
   * Leaves upgrades of other paths to other listeners of the server, instead of answering them with 404.
   * @default false
   */
  readonly ignoreOtherPaths?: boolean | undefined;
}

/** How long a peer may take for its part of the closing handshake, in milliseconds. */
const closeTimeoutMs = 5_000;

/** Most parts of one message, and of one frame, that wait for the rest. */
const maxFragments = 1_024;
const maxBufferedChunks = 4_096;

function deflateOptions({ thresholdBytes = 1_024 }: CompressionOptions): PerMessageDeflateOptions {
  return {
    threshold: thresholdBytes,
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    concurrencyLimit: 4,
    zlibDeflateOptions: { level: 3, memLevel: 7 },
  };
}

/** What an upgrade request leads to: a client, an HTTP status with headers, or nothing. */
type Verdict =
  | { readonly kind: "accept"; readonly upgrade: Upgrade }
  | { readonly kind: "refuse"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: "ignore" };

function createJudge<Types extends ContractTypes>(
  server: Server<Types>,
  options: AttachOptions,
): (request: IncomingMessage) => Verdict {
  const routes = new Map(options.routes.map((route) => [route.path, route]));
  const origins = options.allowedOrigins && new Set(options.allowedOrigins);
  const addressOf = options.clientAddress ?? ((request) => request.socket.remoteAddress);
  return (request) => {
    const target = request.url ?? "/";
    if (target.length > maxUrlLength) return { kind: "refuse", status: 414 };
    const url = URL.canParse(target, "http://localhost") ? new URL(target, "http://localhost") : undefined;
    const route = url && routes.get(url.pathname);
    if (!route) return options.ignoreOtherPaths ? { kind: "ignore" } : { kind: "refuse", status: 404 };
    if (request.method !== "GET") return { kind: "refuse", status: 405, headers: { Allow: "GET" } };
    if (request.headers["sec-websocket-version"] !== "13") {
      return {
        kind: "refuse",
        status: 426,
        headers: { "Sec-WebSocket-Version": "13", Upgrade: "websocket" },
      };
    }
    const { origin, authorization, traceparent } = request.headers;
    if (origins && origin !== undefined && !origins.has(origin)) {
      server.originDenied();
      return { kind: "refuse", status: 403 };
    }
    const remoteAddress = addressOf(request);
    const refusal = server.admit(remoteAddress);
    if (refusal) {
      const seconds = Math.max(1, Math.ceil(refusal.retryAfterMs / 1_000));
      return { kind: "refuse", status: refusal.status, headers: { "Retry-After": String(seconds) } };
    }
    const upgrade = {
      query: url.searchParams,
      authorization,
      defaultTopics: route.topics,
      remoteAddress,
      traceparent: typeof traceparent === "string" ? traceparent : undefined,
    };
    return { kind: "accept", upgrade };
  };
}

/**
 * Accepts WebSockets on an HTTP server with the package `ws`: a bare `node:http` server, or the one below Fastify,
 * Express or Hono. An unknown path is answered with 404, a denied origin with 403, a URL that is too long with 414,
 * too many connections with 429 or 503; the engine sees none of them.
 * @returns a function that stops accepting
 */
export function attachWebSockets<Types extends ContractTypes>(
  server: Server<Types>,
  http: HttpServer,
  options: AttachOptions,
): () => void {
  // `closeTimeout` is not in the published types yet.
  const wsOptions: ServerOptions<typeof EngineWebSocket> & { readonly closeTimeout: number } = {
    WebSocket: EngineWebSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: options.compression ? deflateOptions(options.compression) : false,
    maxPayload: server.limits.hardMessageBytes,
    // The engine answers pings: they count against the limits.
    autoPong: false,
    closeTimeout: closeTimeoutMs,
    maxFragments,
    maxBufferedChunks,
  };
  const wss = new WebSocketServer(wsOptions);
  wss.on("wsClientError", (_error, socket) => refuseUpgrade(socket, 400));
  const judge = createJudge(server, options);

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const verdict = judge(request);
    if (verdict.kind === "ignore") return;
    socket.on("error", () => socket.destroy());
    if (verdict.kind === "refuse") {
      refuseUpgrade(socket, verdict.status, verdict.headers);
      return;
    }
    wss.options.maxPayload = server.limits.hardMessageBytes;
    wss.handleUpgrade(request, socket, head, (ws) => {
      listen(ws, socket, server.accept(new WsSocket(ws, socket), verdict.upgrade));
    });
  };

  http.on("upgrade", onUpgrade);
  return () => {
    http.off("upgrade", onUpgrade);
    wss.close();
  };
}
