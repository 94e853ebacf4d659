import type { FastifyInstance } from "fastify";
import { basePath, webSocketRoutes } from "../paths.js";
import { type RouteContext, timestamp } from "./route-context.js";

/** `GET …/websocket/stats`: connections, subscriptions and counters. */
export function statsRoute(app: FastifyInstance, { server }: RouteContext): void {
  app.get(`${basePath}/websocket/stats`, async () => {
    const { activeConnections, subscriptions, counts } = server.stats();
    const { connections_total, ...others } = counts;
    return {
      websocket_stats: {
        total_connections: connections_total,
        active_connections: activeConnections,
        subscription_counts: subscriptions,
        ...others,
      },
      endpoints: webSocketRoutes.map(({ path }) => path),
      subscription_types: server.contract.topics,
      timestamp: timestamp(),
    };
  });
}
