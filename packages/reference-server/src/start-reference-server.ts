import { once } from "node:events";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import { attachWebSockets, sampleLog } from "@hivewire/server";
import { type DestinationStream, pino } from "pino";
import { createAccess } from "./access/access.js";
import { forwardedAddress } from "./access/client-address.js";
import { auditLines } from "./audit-lines.js";
import { type Configuration, readConfiguration } from "./configuration/configuration.js";
import { findUnknownVariables } from "./configuration/unknown-variables.js";
import type { Variables } from "./configuration/variable.js";
import { createEngine } from "./engine.js";
import { createHttpServer } from "./http/http-server.js";
import { lazyApp } from "./http/lazy-app.js";
import { type LiveData, startLiveData } from "./live/live-data.js";
import { loadTracing } from "./metrics/load-tracing.js";
import { pathsBelow } from "./paths.js";
import { ReferenceServerError } from "./reference-server-error.js";

/** What a reference server is started with. */
export interface ReferenceServerOptions {
  /** Variables of the environment. @default none: every variable has its default */
  readonly env?: Variables | undefined;
  /** Flags without their dashes, such as `ws-rate-burst`; they win over `env`. @default none */
  readonly flags?: Variables | undefined;
  /** Publish a simulated fleet of agents. @default false */
  readonly demo?: boolean | undefined;
  /** Where log lines go. @default stderr */
  readonly logTo?: DestinationStream | undefined;
}

/** A server that listens. */
export interface ReferenceServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Where `tail` connects. */
  readonly webSocketUrl: string;
  /**
   * Says at `/ready` that it is closing, tells every client, waits until they are gone, at most `WS_SHUTDOWN_GRACE_MS`,
   * and stops to listen.
   */
  readonly close: () => Promise<void>;
}

function listenError(cause: unknown, { host, port }: Configuration): ReferenceServerError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    const sentence = `Failed to listen on ${host}:${port}: another process does. Please stop it, or set PORT to another port.`;
    return new ReferenceServerError("port_taken", sentence, { cause });
  }
  const sentence = `Failed to listen on ${host}:${port}: ${String(code ?? cause)}. Please check HOST and PORT.`;
  return new ReferenceServerError("cannot_listen", sentence, { cause });
}

function addressBehindProxy({ headers, socket }: IncomingMessage): string | undefined {
  const header = headers["x-forwarded-for"];
  return forwardedAddress(typeof header === "string" ? header : undefined) ?? socket.remoteAddress;
}

/** Listens; resolves to `http://host:port` with the port that was taken. */
async function listen(http: HttpServer, configuration: Configuration): Promise<string> {
  http.listen(configuration.port, configuration.host);
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : configuration.port;
  const host = configuration.host.includes(":") ? `[${configuration.host}]` : configuration.host;
  return `http://${host}:${port}`;
}

async function stopListening(http: HttpServer): Promise<void> {
  if (!http.listening) return;
  const closed = once(http, "close");
  http.close();
  http.closeAllConnections();
  await closed;
}

/**
 * Starts the reference server. Routes are made when the first plain HTTP request comes.
 * @throws ReferenceServerError (as a rejection) `invalid_configuration`, `port_taken`, `cannot_listen`
 */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const { env = {}, flags, demo = false, logTo } = options;
  const configuration = readConfiguration(env, flags);
  const logger = pino({ level: configuration.logLevel, name: "hivewire" }, logTo ?? pino.destination(2));
  const log = sampleLog(logger, {
    isEnabled: (level) => logger.isLevelEnabled(level),
    always: Object.values(auditLines),
  });
  for (const { name, nearest } of findUnknownVariables(env)) {
    log.warn(
      { variable: name, ...(nearest === undefined ? {} : { nearest }) },
      "nothing reads this variable",
    );
  }
  const paths = pathsBelow(configuration.basePath);
  const access = await createAccess(configuration.access, log);
  const tracing = await loadTracing(configuration.isTracingEnabled);
  const server = createEngine(configuration, access, log, () => live, tracing);
  const live: LiveData = startLiveData({ server, demo, log });
  const app = lazyApp(async () => {
    const { createApp } = await import("./http/app.js");
    const context = { server, configuration, paths, access, live, log, routes: [] };
    return createApp({ http, logger, context });
  }, log);
  const http = createHttpServer(
    app.answer,
    paths.webSocketRoutes.map(({ path }) => path),
  );
  const detach = attachWebSockets(server, http, {
    routes: paths.webSocketRoutes,
    allowedOrigins: configuration.allowedOrigins,
    compression: configuration.compression,
    clientAddress: configuration.trustProxy ? addressBehindProxy : undefined,
    ignoreOtherPaths: true,
  });
  let closing: Promise<void> | undefined;
  const shutDown = async (): Promise<void> => {
    live.stop();
    await server.close(configuration.shutdownGraceMs);
    detach();
    await app.close();
    await stopListening(http);
    log.flush();
  };
  const close = (): Promise<void> => {
    closing ??= shutDown();
    return closing;
  };
  try {
    const url = await listen(http, configuration);
    return { url, webSocketUrl: `${url.replace(/^http/, "ws")}${paths.dashboard}`, close };
  } catch (cause) {
    await close();
    throw listenError(cause, configuration);
  }
}
