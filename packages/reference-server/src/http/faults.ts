import type { FastifyInstance } from "fastify";
import { problemOf, sendProblem } from "./problem.js";
import { methodsAt, type RouteEntry } from "./route-table.js";
import { InvalidRequest } from "./validate.js";

/**
 * Makes every fault of a request, unknown paths included, answer with problem details. Words of Fastify's own errors
 * are not passed on: some repeat headers or bodies.
 */
export function answerFaults(app: FastifyInstance, routes: readonly RouteEntry[]): void {
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(request.url.split("?", 1)[0] ?? "", routes);
    if (allowed.length === 0) return sendProblem(reply, problemOf(404));
    reply.header("Allow", allowed.join(", "));
    return sendProblem(reply, { status: 405, detail: `This path takes ${allowed.join(", ")}.` });
  });
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof InvalidRequest) return sendProblem(reply, error.problem);
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    if (status >= 400 && status < 500) return sendProblem(reply, problemOf(status));
    request.log.error({ err: error, correlation_id: request.id }, "a route failed");
    return sendProblem(reply, problemOf(500));
  });
}
