import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { componentsOf, overallOf } from "./health.js";
import { type RouteContext, timestamp } from "./route-context.js";
import { State, Timestamp } from "./shapes.js";

const Answer = Type.Object({
  websocket_manager: State,
  background_tasks: Type.Record(Type.String(), Type.Enum(["running", "stopped"])),
  connection_stats: Type.Object({
    total_connections: Type.Integer({ minimum: 0 }),
    active_connections: Type.Integer({ minimum: 0 }),
    subscription_counts: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  }),
  redis_connectivity: Type.Enum(["healthy", "degraded", "down", "not_configured"]),
  overall_health: State,
  timestamp: Timestamp,
});

/** `GET …/websocket/health` (1.0): how the parts are, under their old names. */
export function websocketHealthRoute(app: FastifyInstance, context: RouteContext): void {
  const { server, paths } = context;
  const document = {
    id: "getWebsocketHealth",
    summary: "How the parts of the WebSocket server are",
    answers: { 200: { description: "Their states", schema: Answer } },
  };
  app.get(`${paths.websocket}/health`, { config: { document } }, async () => {
    const components = componentsOf(context);
    const { activeConnections, subscriptions, counts } = server.stats();
    return {
      websocket_manager: components.websocket.status,
      background_tasks: { live_updates: server.isClosing() ? "stopped" : "running" },
      connection_stats: {
        total_connections: counts.connections_total,
        active_connections: activeConnections,
        subscription_counts: subscriptions,
      },
      redis_connectivity: components.bus.kind === "memory" ? "not_configured" : components.bus.status,
      overall_health: overallOf(components),
      timestamp: timestamp(),
    };
  });
}
