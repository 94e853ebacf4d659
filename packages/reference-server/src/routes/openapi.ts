import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { openApiDocument } from "../http/openapi-document.js";
import type { RouteContext } from "./route-context.js";

/** `GET {base}/openapi.json`: all routes as an OpenAPI 3.1 document, made when it is asked for. */
export function openApiRoute(app: FastifyInstance, { server, paths, routes, access }: RouteContext): void {
  const schema = Type.Object(
    { openapi: Type.String(), info: Type.Object({}), paths: Type.Object({}) },
    { additionalProperties: true },
  );
  const document = {
    id: "getOpenApi",
    summary: "This document",
    answers: { 200: { description: "OpenAPI 3.1", schema } },
  };
  app.get(`${paths.base}/openapi.json`, { config: { document } }, async () =>
    openApiDocument(routes, { version: server.contract.version, hasJwt: access.verify !== undefined }),
  );
}
