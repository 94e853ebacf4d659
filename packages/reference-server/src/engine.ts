import { contract, type DashboardTypes } from "@hivewire/contract";
import { createConverters } from "@hivewire/contract/converters";
import { validators } from "@hivewire/contract/validators";
import { createServer, type Log, type Server, type Tracing } from "@hivewire/server";
import type { Access } from "./access/access.js";
import type { Identity } from "./access/identity.js";
import type { Configuration } from "./configuration/configuration.js";
import { answerRequestData } from "./handlers/request-data.js";
import type { LiveData } from "./live/live-data.js";

/** The session engine of the dashboard contract, as it is configured. */
export function createEngine(
  configuration: Configuration,
  access: Access,
  log: Log,
  live: () => LiveData,
  tracing: Tracing | undefined,
): Server<DashboardTypes> {
  const { authenticate, authorizeTopic, credentialKey } = access;
  return createServer<DashboardTypes, Identity>({
    contract,
    validators,
    converters: createConverters(),
    limits: configuration.limits,
    reconnectSpreadMs: configuration.reconnectSpreadMs,
    authenticate,
    authorizeTopic,
    credentialKey,
    credentialsExpireAt: (identity) => identity.expiresAtMs,
    log,
    tracing,
  }).handle({ request_data: (message) => answerRequestData(message, live()) });
}
