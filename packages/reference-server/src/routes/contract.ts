import { schema } from "@hivewire/contract/schema";
import { closeCodes } from "@hivewire/protocol";
import type { FastifyInstance } from "fastify";
import { basePath } from "../paths.js";
import { type RouteContext, timestamp } from "./route-context.js";

const deprecationPolicy =
  "A version is spoken as long as it is in supported_versions. Properties and messages are only added within a major version.";

/** `GET …/websocket/contract`: versions and close codes; `…/contract/schema`: the schema, with an ETag (RFC 9110 section 8.8.3). */
export function contractRoutes(app: FastifyInstance, { server }: RouteContext): void {
  const { name, version, supportedVersions, identity } = server.contract;
  app.get(`${basePath}/websocket/contract`, async () => ({
    name,
    current_version: version,
    supported_versions: supportedVersions,
    identity,
    deprecation_policy: deprecationPolicy,
    close_codes: closeCodes,
    timestamp: timestamp(),
  }));

  const text = JSON.stringify(schema);
  const etag = `"${identity}"`;
  app.get(`${basePath}/websocket/contract/schema`, async (request, reply) => {
    reply.header("ETag", etag).header("Cache-Control", "no-cache");
    const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    if (known?.some((tag) => tag === etag || tag === "*")) return reply.code(304).send();
    return reply.type("application/schema+json").send(text);
  });
}
