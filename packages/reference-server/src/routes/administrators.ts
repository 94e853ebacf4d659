import { bearerToken } from "@hivewire/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import { isLoopback, isSameSecret, type RequestOrigin } from "../secrets.js";
import { sendProblem } from "./problem.js";

const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-real-ip", "via"] as const;

function originOf(request: FastifyRequest): RequestOrigin {
  return {
    remoteAddress: request.socket.remoteAddress,
    host: request.headers.host,
    isForwarded: forwardingHeaders.some((name) => request.headers[name] !== undefined),
  };
}

/**
 * Lets only administrators through: those with the token, or, when none is set, those on this machine.
 * @param adminToken - `WS_ADMIN_TOKEN`
 */
export function requireAdministrator(adminToken: string | undefined) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (adminToken === undefined) {
      if (isLoopback(originOf(request))) return;
      await sendProblem(reply, {
        status: 403,
        detail: "Administrators are served on this machine only while WS_ADMIN_TOKEN is not set.",
      });
      return;
    }
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined && isSameSecret(token, adminToken)) return;
    reply.header("WWW-Authenticate", "Bearer");
    await sendProblem(reply, {
      status: 401,
      detail: "Please send the administrators' token as Authorization: Bearer.",
    });
  };
}
