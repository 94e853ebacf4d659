import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { sendProblem } from "../http/problem.js";
import type { RouteContext } from "./route-context.js";

const Answer = Type.Object({ status: Type.Literal("ready") });

/** `GET /ready`: readiness. 503 while the server is closing and while the bus carries nothing. */
export function readyRoute(app: FastifyInstance, { server }: RouteContext): void {
  const document = {
    id: "getReadiness",
    summary: "Whether clients may be sent here",
    answers: { 200: { description: "They may", schema: Answer } },
    problems: [503],
  };
  app.get("/ready", { config: { document } }, async (_request, reply) => {
    if (server.isClosing()) return sendProblem(reply, { status: 503, detail: "The server is closing." });
    if (server.busHealth().status === "down") {
      return sendProblem(reply, { status: 503, detail: "The bus is down." });
    }
    return { status: "ready" };
  });
}
