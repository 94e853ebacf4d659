import type { FastifyReply, FastifyRequest } from "fastify";
import { judgeAdministrator } from "../access/administrators.js";
import { sendProblem } from "../http/problem.js";
import type { RouteContext } from "./route-context.js";

const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-real-ip", "via"] as const;

/** Problems that every administrators' route may answer with. */
export const administratorProblems = [401, 403, 503] as const;

/** Who made a request that `requireAdministrator` let through. */
const administrators = new WeakMap<FastifyRequest, string>();

/** Names the administrator of a request, for the log. */
export function administratorOf(request: FastifyRequest): string {
  return administrators.get(request) ?? "nobody";
}

/** Lets only administrators through. */
export function requireAdministrator({ configuration, access }: RouteContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { headers, socket } = request;
    const verdict = await judgeAdministrator(
      {
        authorization: headers.authorization,
        remoteAddress: socket.remoteAddress,
        host: headers.host,
        isForwarded: forwardingHeaders.some((name) => headers[name] !== undefined),
      },
      configuration.adminToken,
      access.verify,
    );
    if (verdict.kind === "accepted") {
      administrators.set(request, verdict.who);
      return;
    }
    if (verdict.status === 401) reply.header("WWW-Authenticate", "Bearer");
    await sendProblem(reply, verdict);
  };
}
