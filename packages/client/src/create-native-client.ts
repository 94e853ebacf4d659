import type { Contract, ContractTypes } from "@hivewire/protocol";
import { buildClient } from "./build-client.js";
import type { ClientOptions } from "./client-options.js";
import type { Client } from "./client-types.js";
import { createNativeConnection } from "./native-connection.js";
import { noOutbox } from "./no-outbox.js";

/**
 * Makes a client for a contract, directly on a WebSocket: the client of `@hivewire/client` without
 * reconnecting-websocket below it, and without an outbox unless the option `outbox` brings one. Nothing happens before `connect()`.
 * @throws ClientError `unsupported-contract`, `invalid-option`
 */
export function createNativeClient<Types extends ContractTypes>(
  contract: Contract<Types>,
  options: ClientOptions,
): Client<Types> {
  return buildClient(contract, options, createNativeConnection, noOutbox);
}
