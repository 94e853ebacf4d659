import { ServerError } from "@hivewire/server";
import type { FastifyInstance } from "fastify";
import Type, { type Static } from "typebox";
import { basePath } from "../paths.js";
import { requireAdministrator } from "./administrators.js";
import { sendProblem } from "./problem.js";
import type { RouteContext } from "./route-context.js";

const Query = Type.Object({
  subscription: Type.String({ minLength: 1, maxLength: 128 }),
  message_type: Type.String({ minLength: 1, maxLength: 128 }),
});

/** The body is the frame's `data`; the contract judges what is in it. */
const Body = Type.Record(Type.String(), Type.Unknown());

/**
 * `POST …/websocket/broadcast?subscription=&message_type=`: administrators send a frame to a topic. A frame
 * that breaks the contract is answered with 400 and reaches nobody.
 */
export function broadcastRoute(app: FastifyInstance, { server, configuration }: RouteContext): void {
  app.post<{ Querystring: Static<typeof Query>; Body: Static<typeof Body> }>(
    `${basePath}/websocket/broadcast`,
    { schema: { querystring: Query, body: Body }, onRequest: requireAdministrator(configuration.adminToken) },
    async (request, reply) => {
      const { subscription, message_type } = request.query;
      const frame = { type: message_type, subscription, data: request.body };
      try {
        const { reached } = await server.publishUnknown(subscription, frame);
        return { success: true, subscription, message_type, clients_reached: reached };
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        const pointer = error.pointer?.replace(/^\/data(?=\/|$)/, "");
        const problem = { status: error.code === "server_closed" ? 503 : 400, detail: error.message };
        return sendProblem(reply, pointer === undefined ? problem : { ...problem, pointer });
      }
    },
  );
}
