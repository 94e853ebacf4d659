import type { Contract, ContractTypes } from "@hivewire/protocol";
import { buildClient } from "./build-client.js";
import type { ClientOptions } from "./client-options.js";
import type { Client } from "./client-types.js";
import { createConnection } from "./connection.js";
import { outbox } from "./outbox.js";

/**
 * Makes a client for a contract, on reconnecting-websocket. Nothing happens before `connect()`: no
 * socket, no timer, and no need for a WebSocket, so that it works during server-side rendering.
 * @throws ClientError `unsupported-contract`, `invalid-option`
 */
export function createClient<Types extends ContractTypes>(
  contract: Contract<Types>,
  options: ClientOptions,
): Client<Types> {
  return buildClient(contract, options, createConnection, outbox());
}
