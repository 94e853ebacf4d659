import type { ContractTypes } from "@hivewire/protocol";
import type { Connection } from "./connection.js";
import { type IncomingFrame, type OutgoingFrame, plainFrame } from "./frames.js";
import { ServerError } from "./server-error.js";
import type { HandlerContext, Handlers } from "./server-types.js";

type AnyHandler = (message: IncomingFrame, context: HandlerContext<unknown>) => unknown;

/** Runs the handler of a message; resolves to its answer, or to undefined when it has none. */
export function createHandle<Types extends ContractTypes, Identity>(
  handlers: Handlers<Types, Identity>,
): (type: string, frame: IncomingFrame, connection: Connection) => Promise<OutgoingFrame | undefined> {
  // The contract's validators have judged each message by its type before its handler sees it.
  const table = new Map(Object.entries(handlers) as [string, AnyHandler][]);
  return async (type, frame, { id, version, identity }) => {
    const handler = table.get(type);
    if (!handler)
      throw new ServerError("invalid_option", `Failed to handle "${type}": no handler was given for it.`);
    const reply = await handler(frame, { connectionId: id, contractVersion: version, identity });
    return reply === undefined ? undefined : plainFrame(reply).frame;
  };
}
