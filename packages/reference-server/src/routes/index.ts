import type { FastifyInstance } from "fastify";
import { broadcastRoute } from "./broadcast.js";
import { connectionsRoute } from "./connections.js";
import { contractRoutes } from "./contract.js";
import { disconnectRoute } from "./disconnect.js";
import { healthRoute } from "./health.js";
import { limitsRoutes } from "./limits.js";
import { metricsRoute } from "./metrics.js";
import { openApiRoute } from "./openapi.js";
import { readyRoute } from "./ready.js";
import type { RouteContext } from "./route-context.js";
import { statsRoute } from "./stats.js";
import { websocketHealthRoute } from "./websocket-health.js";

/** The table of routes. A new one is a file beside this one and a name here. */
const routes = [
  healthRoute,
  readyRoute,
  limitsRoutes,
  contractRoutes,
  statsRoute,
  connectionsRoute,
  websocketHealthRoute,
  broadcastRoute,
  disconnectRoute,
  metricsRoute,
  openApiRoute,
] as const;

/** Adds all routes. */
export function addRoutes(app: FastifyInstance, context: RouteContext): void {
  for (const add of routes) add(app, context);
}
