import { ServerError } from "@hivewire/server";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { type Problem, problemOf, sendProblem } from "../http/problem.js";
import { administratorProblems, requireAdministrator } from "./administrators.js";
import type { RouteContext } from "./route-context.js";

const Query = Type.Object({
  subscription: Type.String({ minLength: 1, maxLength: 128 }),
  message_type: Type.String({ minLength: 1, maxLength: 128 }),
});

/** The body is the frame's `data`; the contract judges what is in it. */
const Body = Type.Record(Type.String(), Type.Unknown());

const Answer = Type.Object({
  success: Type.Literal(true),
  subscription: Type.String(),
  message_type: Type.String(),
  clients_reached: Type.Integer({ minimum: 0 }),
});

/** Says why nothing was sent, without the names that the query gave. */
function problemOfPublish(error: ServerError, type: string, topics: readonly string[]): Problem {
  if (error.code === "server_closed") return problemOf(503);
  if (error.code === "unknown_topic") {
    return { status: 400, detail: `There is no such topic. Please use one of ${topics.join(", ")}.` };
  }
  const pointer = error.pointer?.replace(/^\/data(?=\/|$)/, "");
  if (pointer === "/type") return { status: 400, detail: "The contract has no such message.", pointer };
  const start = `[${error.code}] Failed to publish "${type}": `;
  const why = error.message.startsWith(start) ? error.message.slice(start.length) : "it breaks the contract.";
  return { status: 400, detail: `Failed to publish: ${why}`, pointer };
}

/**
 * `POST …/websocket/broadcast?subscription=&message_type=`: administrators send a frame to a topic. A frame
 * that breaks the contract is answered with 400 and reaches nobody.
 */
export function broadcastRoute(app: FastifyInstance, context: RouteContext): void {
  const document = {
    id: "broadcast",
    summary: "Send a frame to the subscribers of a topic",
    isForAdministrators: true,
    answers: { 200: { description: "It was sent", schema: Answer } },
    problems: [400, ...administratorProblems, 413, 415],
  };
  app.post<{ Querystring: Type.Static<typeof Query>; Body: Type.Static<typeof Body> }>(
    `${context.paths.websocket}/broadcast`,
    {
      schema: { querystring: Query, body: Body },
      config: { document },
      onRequest: requireAdministrator(context),
    },
    async (request, reply) => {
      const { subscription, message_type } = request.query;
      const frame = { type: message_type, subscription, data: request.body };
      try {
        const { reached } = await context.server.publishUnknown(subscription, frame);
        return { success: true, subscription, message_type, clients_reached: reached };
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        return sendProblem(reply, problemOfPublish(error, message_type, context.server.contract.topics));
      }
    },
  );
}
