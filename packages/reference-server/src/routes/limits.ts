import { type LimitRow, limitNames, limitTable } from "@hivewire/protocol";
import type { FastifyInstance } from "fastify";
import { basePath } from "../paths.js";
import { type RouteContext, timestamp } from "./route-context.js";

/** `GET …/websocket/limits`: every limit that the table publishes, under its 1.0 name. */
export function limitsRoute(app: FastifyInstance, { server, configuration }: RouteContext): void {
  app.get(`${basePath}/websocket/limits`, async () => {
    const fields = limitNames.flatMap((name) => {
      const { field }: LimitRow = limitTable[name];
      if (field === undefined) return [];
      const value = server.limits[name];
      return [[field, field.endsWith("_seconds") ? value / 1_000 : value] as const];
    });
    return {
      ...Object.fromEntries(fields),
      ws_auth_required: configuration.authToken !== undefined,
      ws_allowed_origins_configured: configuration.allowedOrigins !== undefined,
      contract_version: server.contract.version,
      supported_versions: server.contract.supportedVersions,
      timestamp: timestamp(),
    };
  });
}
