import type { ConnectionInfo } from "@hivewire/server";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { administratorProblems, requireAdministrator } from "./administrators.js";
import { type RouteContext, timestamp } from "./route-context.js";
import { ConnectionId, Timestamp } from "./shapes.js";

/** Connections of a page unless asked for, and at most. */
const defaultLimit = 100;
const maxLimit = 1_000;

const Count = Type.Integer({ minimum: 0 });

const Query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxLimit, default: defaultLimit })),
  after: Type.Optional(ConnectionId),
});

const Answer = Type.Object({
  connections: Type.Array(
    Type.Object({
      connection_id: ConnectionId,
      remote_address: Type.Union([Type.String(), Type.Null()]),
      contract_version: Type.String(),
      age_seconds: Type.Number({ minimum: 0 }),
      topics: Type.Array(Type.String()),
      tokens_left: Type.Number({ description: "left in the bucket of inbound frames" }),
      violations: Count,
      is_paused: Type.Boolean(),
      queue_bytes: Count,
      send_failures: Count,
      latency_ms: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
    }),
    { description: "by identifier" },
  ),
  total: Type.Integer({ minimum: 0, description: "connections on all pages" }),
  next: Type.Union([Type.String(), Type.Null()], {
    description: "`after` of the next page; null on the last",
  }),
  timestamp: Timestamp,
});

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

function show(info: ConnectionInfo): Type.Static<typeof Answer>["connections"][number] {
  return {
    connection_id: info.connectionId,
    remote_address: info.remoteAddress ?? null,
    contract_version: info.contractVersion,
    age_seconds: rounded(info.ageMs / 1_000),
    topics: [...info.topics],
    tokens_left: rounded(info.tokensLeft),
    violations: info.violations,
    is_paused: info.isPaused,
    queue_bytes: info.queueBytes,
    send_failures: info.sendFailures,
    latency_ms: info.latencyMs === undefined ? null : rounded(info.latencyMs),
  };
}

/** Which connections a page shows. */
export interface PageRequest {
  readonly limit: number;
  /** Identifier after which the page begins; undefined: the first page. */
  readonly after: string | undefined;
}

/**
 * A page in the order of identifiers: who is there all the time is shown exactly once, whoever else comes and goes,
 * and a cursor stays good when its connection has gone.
 */
export function pageOf(
  all: readonly ConnectionInfo[],
  { limit, after }: PageRequest,
): { readonly page: readonly ConnectionInfo[]; readonly next: string | null } {
  const rest = all
    .filter(({ connectionId }) => after === undefined || connectionId > after)
    .sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
  const page = rest.slice(0, limit);
  return { page, next: rest.length > limit ? (page.at(-1)?.connectionId ?? null) : null };
}

/** `GET …/websocket/connections?limit=&after=`: administrators see who is connected. */
export function connectionsRoute(app: FastifyInstance, context: RouteContext): void {
  const document = {
    id: "listConnections",
    summary: "Live connections",
    isForAdministrators: true,
    answers: { 200: { description: "A page of them", schema: Answer } },
    problems: [400, ...administratorProblems],
  };
  app.get<{ Querystring: Type.Static<typeof Query> }>(
    `${context.paths.websocket}/connections`,
    { schema: { querystring: Query }, config: { document }, onRequest: requireAdministrator(context) },
    async (request) => {
      const { limit = defaultLimit, after } = request.query;
      const all = context.server.connections();
      const { page, next } = pageOf(all, { limit, after });
      return { connections: page.map(show), total: all.length, next, timestamp: timestamp() };
    },
  );
}
