import { type Limits, ProtocolError } from "@hivewire/protocol";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { auditLines } from "../audit-lines.js";
import { findLimitConflict } from "../configuration/limits-configuration.js";
import { type Problem, problemOf, sendProblem } from "../http/problem.js";
import { administratorOf, administratorProblems, requireAdministrator } from "./administrators.js";
import { limitFields, limitSchemas, readLimitFields, showLimits } from "./limit-fields.js";
import { type RouteContext, timestamp } from "./route-context.js";
import { Timestamp, Versions } from "./shapes.js";

const Answer = Type.Object({
  ...limitSchemas,
  ws_auth_required: Type.Boolean(),
  ws_allowed_origins_configured: Type.Boolean(),
  contract_version: Type.String(),
  supported_versions: Versions,
  timestamp: Timestamp,
});

const Body = Type.Object(
  Object.fromEntries(Object.entries(limitSchemas).map(([field, schema]) => [field, Type.Optional(schema)])),
  { additionalProperties: false, minProperties: 1 },
);

const fieldOf = (wanted: keyof Limits): string =>
  limitFields.find(({ name }) => name === wanted)?.field ?? wanted;

/** What keeps limits from being changed; undefined: nothing does. */
function findProblem(limits: Limits): Problem | undefined {
  const conflict = findLimitConflict(limits);
  if (!conflict) return undefined;
  const [smaller, larger] = [fieldOf(conflict.smaller), fieldOf(conflict.larger)];
  return { status: 400, detail: `${larger} would be less than ${smaller}.`, pointer: `/${larger}` };
}

/**
 * `GET …/websocket/limits`: every limit that the table publishes, under its 1.0 name. `PATCH`: administrators change
 * some of them for new and live connections: all that are named, or none.
 */
export function limitsRoutes(app: FastifyInstance, context: RouteContext): void {
  const { server, configuration, paths, log } = context;
  const show = () => ({
    ...showLimits(server.limits),
    ws_auth_required:
      configuration.access.mode === "token" ||
      (configuration.access.mode === "jwt" && configuration.access.isRequired),
    ws_allowed_origins_configured: configuration.allowedOrigins !== undefined,
    contract_version: server.contract.version,
    supported_versions: server.contract.supportedVersions,
    timestamp: timestamp(),
  });
  const answers = { 200: { description: "The limits in force", schema: Answer } };
  const path = `${paths.websocket}/limits`;
  app.get(
    path,
    { config: { document: { id: "getLimits", summary: "The limits in force", answers } } },
    async () => show(),
  );

  const document = {
    id: "changeLimits",
    summary: "Change limits of new and live connections: all that are named, or none",
    isForAdministrators: true,
    answers,
    problems: [400, ...administratorProblems, 413, 415],
  };
  app.patch<{ Body: Readonly<Record<string, unknown>> }>(
    path,
    { schema: { body: Body }, config: { document }, onRequest: requireAdministrator(context) },
    async (request, reply) => {
      if (server.isClosing()) return sendProblem(reply, problemOf(503));
      const before = server.limits;
      const changes = readLimitFields(request.body);
      const problem = findProblem({ ...before, ...changes });
      if (problem) return sendProblem(reply, problem);
      try {
        server.changeLimits(changes);
      } catch (cause) {
        if (!(cause instanceof ProtocolError)) throw cause;
        return sendProblem(reply, { status: 400, detail: "A value is outside its range." });
      }
      const [old, now] = [showLimits(before), showLimits(server.limits)];
      const changed = Object.fromEntries(
        Object.keys(request.body).map((field) => [field, { old: old[field], new: now[field] }]),
      );
      log.warn({ who: administratorOf(request), changed }, auditLines.limitsChanged);
      return show();
    },
  );
}
