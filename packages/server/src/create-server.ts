import { type Contract, type ContractTypes, resolveLimits } from "@hivewire/protocol";
import { buildServer } from "./build-server.js";
import { ServerError } from "./server-error.js";
import type { ServerOptions, ServerSetup } from "./server-types.js";

function checkContract({ name, discriminator, patterns }: Contract): void {
  if (discriminator !== "type") {
    const found = discriminator === null ? "no property" : `"${discriminator}"`;
    const sentence = `Failed to create a server for "${name}": its messages are told apart by ${found}, but the wire protocol needs "type". Please name the discriminator "type".`;
    throw new ServerError("unsupported_contract", sentence);
  }
  const byPattern = patterns.find(({ sender }) => sender === "client");
  if (!byPattern) return;
  const sentence = `Failed to create a server for "${name}": clients send "${byPattern.name}", which only a pattern recognises, and a handler needs a constant type. Please give it one.`;
  throw new ServerError("unsupported_contract", sentence);
}

/**
 * Prepares the session engine of a contract; `handle` then makes it. It opens no port: an adapter such as
 * `attachWebSockets` brings sockets.
 *
 * Two steps, because TypeScript reads a handler's answer with its literal types only where the contract's types are
 * known already.
 * @throws ServerError `unsupported_contract`; ProtocolError `invalid_limit`
 */
export function createServer<Types extends ContractTypes, Identity = undefined>(
  options: ServerOptions<Types, Identity>,
): ServerSetup<Types, Identity> {
  checkContract(options.contract);
  const limits = resolveLimits(options.limits);
  return { handle: (handlers) => buildServer(options, limits, handlers) };
}
