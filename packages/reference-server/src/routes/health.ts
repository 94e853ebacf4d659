import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { healthyDelayMs } from "../handlers/request-data.js";
import type { RouteContext } from "./route-context.js";
import { State } from "./shapes.js";

const Answer = Type.Object({
  status: State,
  contract_version: Type.String(),
  components: Type.Object({
    websocket: Type.Object({ status: State, active_connections: Type.Integer({ minimum: 0 }) }),
    bus: Type.Object({ status: State, kind: Type.String(), detail: Type.Optional(Type.String()) }),
    event_loop: Type.Object({ status: State, delay_ms_mean: Type.Number(), delay_ms_max: Type.Number() }),
  }),
});

type Status = "healthy" | "degraded" | "down";

/** How the parts of the server are. */
export function componentsOf({ server, live }: RouteContext) {
  const { event_loop } = live.load();
  const websocket: Status = server.isClosing() ? "down" : "healthy";
  const loop: Status = event_loop.delay_ms_mean > healthyDelayMs ? "degraded" : "healthy";
  return {
    websocket: { status: websocket, active_connections: server.stats().activeConnections },
    bus: server.busHealth(),
    event_loop: { status: loop, ...event_loop },
  };
}

/** How the whole is: as its worst part, but a part that is down leaves the others. */
export function overallOf(
  parts: Readonly<Record<string, { readonly status: Status }>>,
): "healthy" | "degraded" {
  return Object.values(parts).every(({ status }) => status === "healthy") ? "healthy" : "degraded";
}

/** `GET /health`: liveness. As long as it answers, the process is alive, whatever the parts are like. */
export function healthRoute(app: FastifyInstance, context: RouteContext): void {
  const document = {
    id: "getHealth",
    summary: "Whether the process lives, and how its parts are",
    answers: { 200: { description: "It lives", schema: Answer } },
  };
  app.get("/health", { config: { document } }, async () => {
    const components = componentsOf(context);
    return {
      status: overallOf(components),
      contract_version: context.server.contract.version,
      components,
    };
  });
}
