import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import Fastify, { LogController } from "fastify";
import { ReferenceServerError } from "../reference-server-error.js";
import { addRoutes } from "../routes/index.js";
import type { RouteContext } from "../routes/route-context.js";
import { bounds } from "./bounds.js";
import { answerFaults } from "./faults.js";
import { problemOf, writeProblem } from "./problem.js";
import { readOnlyJson } from "./read-json.js";
import { collectRoutes } from "./route-table.js";
import { compileValidator } from "./validate.js";

/** Answers requests. */
export interface App {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

/** What the application is made from. */
export interface AppOptions {
  /** The server that listens; the application opens none of its own. */
  readonly http: Server;
  readonly logger: FastifyBaseLogger;
  readonly context: RouteContext;
}

function neverAsked(): never {
  throw new ReferenceServerError("internal", "Failed to compile a schema: Fastify asked its own compiler.");
}

/** Makes the HTTP application: every route, ready to answer. */
export async function createApp({ http, logger, context }: AppOptions): Promise<App> {
  const app = Fastify({
    serverFactory: () => http,
    // The server itself has one.
    clientErrorHandler: () => {},
    loggerInstance: logger,
    // Request lines would carry URLs, and URLs carry tokens.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bounds.bodyBytes,
    requestTimeout: bounds.requestTimeoutMs,
    keepAliveTimeout: bounds.keepAliveMs,
    routerOptions: { maxParamLength: bounds.parameterLength },
    frameworkErrors: (error, _request, reply) => {
      reply.hijack();
      writeProblem(reply.raw, problemOf(error.statusCode ?? 400));
    },
    // Loads neither of Fastify's own compilers: the two that are set below are used instead.
    schemaController: { compilersFactory: { buildValidator: neverAsked, buildSerializer: neverAsked } },
  });
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  const routes = collectRoutes(app);
  readOnlyJson(app);
  answerFaults(app, routes);
  addRoutes(app, { ...context, routes });
  await app.ready();
  return { answer: app.routing, close: () => app.close() };
}
