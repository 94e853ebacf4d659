import type { FastifyInstance } from "fastify";
import { broadcastRoute } from "./broadcast.js";
import { contractRoutes } from "./contract.js";
import { healthRoute } from "./health.js";
import { limitsRoute } from "./limits.js";
import { metricsRoute } from "./metrics.js";
import { answerProblems } from "./problem.js";
import type { RouteContext } from "./route-context.js";
import { statsRoute } from "./stats.js";

/** The table of routes. A new one is a file beside this one and a name here. */
const routes = [healthRoute, limitsRoute, contractRoutes, statsRoute, broadcastRoute, metricsRoute] as const;

/** Adds all routes. */
export function addRoutes(app: FastifyInstance, context: RouteContext): void {
  answerProblems(app);
  for (const add of routes) add(app, context);
}
