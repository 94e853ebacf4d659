import type { FastifyInstance } from "fastify";
import type { RouteContext } from "./route-context.js";

/** `GET /health`: whether the server answers, and with which contract. */
export function healthRoute(app: FastifyInstance, { server, live }: RouteContext): void {
  app.get("/health", async () => ({
    status: "healthy",
    contract_version: server.contract.version,
    components: {
      websocket: { status: "healthy", active_connections: server.stats().activeConnections },
      bus: { status: "healthy", kind: "memory" },
      event_loop: { status: "healthy", ...live.load().event_loop },
    },
  }));
}
