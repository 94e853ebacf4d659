import { contract } from "@hivewire/contract";
import { createConverters } from "@hivewire/contract/converters";
import { validators } from "@hivewire/contract/validators";
import { attachWebSockets, createServer, type Log } from "@hivewire/server";
import Fastify, { type FastifyBaseLogger, LogController } from "fastify";
import { type DestinationStream, pino } from "pino";
import { type Configuration, readConfiguration, type Variables } from "./configuration.js";
import { answerRequestData } from "./handlers/request-data.js";
import { type LiveData, startLiveData } from "./live/live-data.js";
import { dashboardPath, webSocketRoutes } from "./paths.js";
import { ReferenceServerError } from "./reference-server-error.js";
import { addRoutes } from "./routes/index.js";
import { isSameSecret } from "./secrets.js";

/** Largest body of an HTTP request, in bytes. */
const maxBodyBytes = 64 * 1024;

/** What a reference server is started with. */
export interface ReferenceServerOptions {
  /** Variables of the environment. @default none: every variable has its default */
  readonly env?: Variables;
  /** Publish a simulated fleet of agents. @default false */
  readonly demo?: boolean;
  /** Where log lines go. @default stderr */
  readonly logTo?: DestinationStream;
}

/** A server that listens. */
export interface ReferenceServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Where `tail` connects. */
  readonly webSocketUrl: string;
  /** Tells every client, closes with 1001, and stops to listen. */
  readonly close: () => Promise<void>;
}

function createEngine(configuration: Configuration, log: Log, live: () => LiveData) {
  const { authToken, rateTokensPerSecond, rateBurst } = configuration;
  return createServer({
    contract,
    validators,
    converters: createConverters(),
    limits: { rateTokensPerSecond, rateBurst },
    log,
    ...(authToken === undefined
      ? {}
      : {
          authenticate: (token: string | undefined) =>
            token !== undefined && isSameSecret(token, authToken) ? "token" : undefined,
        }),
  }).handle({ request_data: (message) => answerRequestData(message, live()) });
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

/**
 * Starts the reference server.
 * @throws ReferenceServerError (as a rejection) `invalid_configuration`, `port_taken`, `cannot_listen`
 */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const configuration = readConfiguration(options.env ?? {});
  const logger: FastifyBaseLogger = pino(
    { level: configuration.logLevel, name: "hivewire" },
    options.logTo ?? pino.destination(2),
  );
  const server = createEngine(configuration, logger, () => live);
  const app = Fastify({
    loggerInstance: logger,
    // Request lines would carry URLs, and URLs carry tokens.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
  });
  const live = startLiveData({ server, demo: options.demo ?? false, log: logger });
  addRoutes(app, { server, configuration, live });
  const detach = attachWebSockets(server, app.server, {
    routes: webSocketRoutes,
    allowedOrigins: configuration.allowedOrigins,
  });
  const close = async (): Promise<void> => {
    live.stop();
    detach();
    await server.close();
    await app.close();
  };
  try {
    const url = await app.listen({ host: configuration.host, port: configuration.port });
    return { url, webSocketUrl: `${url.replace(/^http/, "ws")}${dashboardPath}`, close };
  } catch (cause) {
    await close();
    throw listenError(cause, configuration);
  }
}
