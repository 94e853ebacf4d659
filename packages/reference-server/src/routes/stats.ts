import { metricTable } from "@hivewire/server";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { type RouteContext, timestamp } from "./route-context.js";
import { Timestamp } from "./shapes.js";

const Count = Type.Integer({ minimum: 0 });
const { connections_total: _, ...others } = metricTable;

const Answer = Type.Object({
  websocket_stats: Type.Object({
    total_connections: Count,
    active_connections: Count,
    subscription_counts: Type.Record(Type.String(), Count),
    ...Object.fromEntries(
      Object.entries(others).map(([name, description]) => [name, Type.Integer({ minimum: 0, description })]),
    ),
  }),
  endpoints: Type.Array(Type.String()),
  subscription_types: Type.Array(Type.String()),
  timestamp: Timestamp,
});

/** `GET …/websocket/stats`: connections, subscriptions and counters. */
export function statsRoute(app: FastifyInstance, { server, paths }: RouteContext): void {
  const document = {
    id: "getStats",
    summary: "Connections, subscriptions and counters",
    answers: { 200: { description: "The figures of this moment", schema: Answer } },
  };
  app.get(`${paths.websocket}/stats`, { config: { document } }, async () => {
    const { activeConnections, subscriptions, counts } = server.stats();
    const { connections_total, ...rest } = counts;
    return {
      websocket_stats: {
        total_connections: connections_total,
        active_connections: activeConnections,
        subscription_counts: subscriptions,
        ...rest,
      },
      endpoints: paths.webSocketRoutes.map(({ path }) => path),
      subscription_types: server.contract.topics,
      timestamp: timestamp(),
    };
  });
}
