import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { auditLines } from "../audit-lines.js";
import { sendProblem } from "../http/problem.js";
import { administratorOf, administratorProblems, requireAdministrator } from "./administrators.js";
import { type RouteContext, timestamp } from "./route-context.js";
import { ConnectionId, Timestamp } from "./shapes.js";

const Params = Type.Object({ id: ConnectionId });

const Query = Type.Object({
  reason: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 120,
      default: "administrative_disconnect",
      description: "told to the client in disconnect_notice",
    }),
  ),
});

const Answer = Type.Object({
  success: Type.Literal(true),
  connection_id: ConnectionId,
  timestamp: Timestamp,
});

/** `POST …/websocket/disconnect/:id?reason=`: administrators end a connection, with a notice and 4409. */
export function disconnectRoute(app: FastifyInstance, context: RouteContext): void {
  const document = {
    id: "disconnect",
    summary: "End a connection",
    isForAdministrators: true,
    answers: { 200: { description: "It is being closed", schema: Answer } },
    problems: [400, ...administratorProblems, 404],
  };
  app.post<{ Params: Type.Static<typeof Params>; Querystring: Type.Static<typeof Query> }>(
    `${context.paths.websocket}/disconnect/:id`,
    {
      schema: { params: Params, querystring: Query },
      config: { document },
      onRequest: requireAdministrator(context),
    },
    async (request, reply) => {
      const { reason = "administrative_disconnect" } = request.query;
      const { id } = request.params;
      if (!context.server.disconnect(id, reason)) {
        return sendProblem(reply, { status: 404, detail: "There is no connection of this identifier." });
      }
      context.log.warn({ who: administratorOf(request), connection_id: id }, auditLines.connectionEnded);
      return { success: true, connection_id: id, timestamp: timestamp() };
    },
  );
}
