import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";

/** What went wrong with a request (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly detail: string;
  /** JSON pointer into the body, where one is to blame. */
  readonly pointer?: string;
}

/** Answers with problem details (RFC 9457 section 3). */
export function sendProblem(reply: FastifyReply, { status, detail, pointer }: Problem): FastifyReply {
  const body = { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail };
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify(pointer === undefined ? body : { ...body, pointer }));
}

/** Makes every fault of a request, unknown paths included, answer with problem details. */
export function answerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      detail: `Nothing is at ${request.method} ${request.url.split("?", 1)[0]?.slice(0, 200)}.`,
    }),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(reply, { status, detail: error.message });
    request.log.error({ err: error }, "a route failed");
    return sendProblem(reply, { status: 500, detail: "The server failed; its log says why." });
  });
}
