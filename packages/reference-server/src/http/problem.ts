import { type ServerResponse, STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import * as Type from "typebox";

/** What went wrong with a request (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly detail: string;
  /** JSON pointer into the body, where one is to blame. */
  readonly pointer?: string | undefined;
}

/** Problem details as they are sent (RFC 9457 section 3.1). */
export const ProblemDetails = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    pointer: Type.Optional(Type.String({ description: "JSON pointer (RFC 6901) into the body" })),
  },
  { description: "What went wrong (RFC 9457)" },
);

/** The media type of problem details. */
export const problemType = "application/problem+json";

/** What is told about a status when nobody knows better. Never anything out of the request: it may hold a secret. */
const details: Readonly<Record<number, string>> = {
  400: "The request cannot be read.",
  404: "Nothing is at this path.",
  408: "The request took too long.",
  413: "The body is larger than 64 KiB.",
  414: "The URL is too long.",
  415: "The body has to be application/json, in UTF-8 and not compressed.",
  417: "The expectation cannot be met.",
  431: "The headers are too large.",
  500: "The server failed; its log says why.",
  503: "The server is closing.",
};

/** The general problem of a status. */
export function problemOf(status: number): Problem {
  return { status, detail: details[status] ?? STATUS_CODES[status] ?? "The request was refused." };
}

/** Problem details as JSON. */
export function problemText({ status, detail, pointer }: Problem): string {
  const body = { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail };
  return JSON.stringify(pointer === undefined ? body : { ...body, pointer });
}

/** Answers with problem details. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(problemType).send(problemText(problem));
}

/** Answers with problem details where no application is there to do it. */
export function writeProblem(response: ServerResponse, problem: Problem): void {
  const text = problemText(problem);
  response.writeHead(problem.status, {
    "Content-Type": problemType,
    "Content-Length": Buffer.byteLength(text),
    Connection: "close",
  });
  response.end(text);
}
