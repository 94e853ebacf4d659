import { schema } from "@hivewire/contract/schema";
import { closeCodes } from "@hivewire/protocol";
import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import { type RouteContext, timestamp } from "./route-context.js";
import { Timestamp, Versions } from "./shapes.js";

const deprecationPolicy =
  "A version is spoken as long as it is in supported_versions. Properties and messages are only added within a major version.";

const Answer = Type.Object({
  name: Type.String(),
  current_version: Type.String(),
  supported_versions: Versions,
  identity: Type.String({ description: "SHA-256 of the canonical schema without its annotations" }),
  deprecation_policy: Type.String(),
  close_codes: Type.Array(
    Type.Object({
      code: Type.Integer({ minimum: 1000, maximum: 4999 }),
      name: Type.String(),
      meaning: Type.String(),
      reconnect: Type.Enum(["never", "backoff", "resume", "refresh_token"]),
    }),
  ),
  timestamp: Timestamp,
});

/** `GET …/websocket/contract`: versions and close codes; `…/contract/schema`: the schema, with an ETag (RFC 9110 section 8.8.3). */
export function contractRoutes(app: FastifyInstance, { server, paths }: RouteContext): void {
  const { name, version, supportedVersions, identity } = server.contract;
  const about = {
    id: "getContract",
    summary: "Versions of the contract and what close codes mean",
    answers: { 200: { description: "The contract", schema: Answer } },
  };
  app.get(`${paths.websocket}/contract`, { config: { document: about } }, async () => ({
    name,
    current_version: version,
    supported_versions: supportedVersions,
    identity,
    deprecation_policy: deprecationPolicy,
    close_codes: closeCodes,
    timestamp: timestamp(),
  }));

  const etag = `"${identity}"`;
  const document = {
    id: "getContractSchema",
    summary: "The JSON Schema of all messages",
    answers: {
      200: {
        description: "The schema",
        schema: Type.Object({}, { additionalProperties: true }),
        mediaType: "application/schema+json",
      },
      304: { description: "If-None-Match names the version that is there" },
    },
  };
  app.get(`${paths.websocket}/contract/schema`, { config: { document } }, async (request, reply) => {
    reply.header("ETag", etag).header("Cache-Control", "no-cache");
    const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    if (known?.some((tag) => tag === etag || tag === "*")) return reply.code(304).send();
    return reply.type("application/schema+json").send(JSON.stringify(schema));
  });
}
