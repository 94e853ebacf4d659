import type { BusHealth } from "@hivewire/server";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { sendProblem } from "../http/problem.js";
import type { RouteContext } from "./route-context.js";

const Answer = Type.Object({ status: Type.Literal("ready") });

/** Why clients may not be sent here; undefined: they may. */
export function unreadiness(isClosing: boolean, bus: BusHealth): string | undefined {
  if (isClosing) return "The server is closing.";
  return bus.status === "down" ? "The bus is down." : undefined;
}

/** `GET /ready`: readiness. 503 while the server is closing and while the bus carries nothing. */
export function readyRoute(app: FastifyInstance, { server }: RouteContext): void {
  const document = {
    id: "getReadiness",
    summary: "Whether clients may be sent here",
    answers: { 200: { description: "They may", schema: Answer } },
    problems: [503],
  };
  app.get("/ready", { config: { document } }, async (_request, reply) => {
    const detail = unreadiness(server.isClosing(), server.busHealth());
    if (detail !== undefined) return sendProblem(reply, { status: 503, detail });
    return { status: "ready" };
  });
}
