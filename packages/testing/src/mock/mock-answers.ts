import {
  type Contract,
  type ContractTypes,
  isControlType,
  isJsonObject,
  type StampSource,
  stamp,
} from "@hivewire/protocol";
import { sampleFrame } from "../samples/sample-frame.js";
import { TestingError } from "../testing-error.js";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./mock-frames.js";
import type { MockContext, MockOptions } from "./mock-options.js";

/** Answers a request that the protocol does not answer itself. */
export type Answer = (
  type: string,
  frame: IncomingFrame,
  correlationId: string,
  context: MockContext,
) => Promise<OutgoingFrame | undefined>;

type AnyHandler = (message: IncomingFrame, context: MockContext) => unknown;

/** Fields that each frame has of its own: a reply does not repeat the request's. */
const ownFields: ReadonlySet<string> = new Set(["type", "timestamp", "correlation_id"]);

/** Sets of the request's fields that a sample repeats, the largest first: a reply to `data_type: "x"` tells of "x". */
function echoes(frame: IncomingFrame): readonly IncomingFrame[] {
  const fields = Object.entries(frame).filter(([name]) => !ownFields.has(name));
  return [Object.fromEntries(fields), ...fields.map(([name, value]) => ({ [name]: value })), {}];
}

function isDeclared(
  schema: Readonly<Record<string, unknown>>,
  type: string,
  seed: number,
  name: string,
): boolean {
  const frame = sampleFrame(schema, type, { seed, variant: "full" });
  return isJsonObject(frame) && Object.hasOwn(frame, name);
}

function sampleReply(
  schema: Readonly<Record<string, unknown>>,
  type: string,
  seed: number,
  request: IncomingFrame,
): unknown {
  const known = Object.entries(request).filter(([name]) => isDeclared(schema, type, seed, name));
  for (const fields of echoes(Object.fromEntries(known))) {
    try {
      return sampleFrame(schema, type, { seed, fields });
    } catch (reason) {
      if (!(reason instanceof TestingError && reason.code === "no_sample")) throw reason;
    }
  }
  return undefined;
}

/** The reply that a sample is made of: the first that is no error. */
function replyType({ messages }: Contract, type: string): string | undefined {
  const replies = messages[type]?.replies ?? [];
  return replies.find((reply) => reply !== "error") ?? replies[0];
}

function checkAnswered({ name, messages }: Contract, handlers: object): void {
  const missing = Object.entries(messages).filter(
    ([type, { sender, replies }]) =>
      sender === "client" && replies !== undefined && !isControlType(type) && !Object.hasOwn(handlers, type),
  );
  const [first] = missing;
  if (!first) return;
  throw new TestingError(
    "invalid_option",
    `Failed to link the contract "${name}": nothing answers ${missing.map(([type]) => `"${type}"`).join(", ")}. Please pass handlers.${first[0]}, or the generated schema to answer with samples.`,
  );
}

/**
 * Answers requests with handlers, else with samples. What throws, or breaks the contract, costs its caller an `internal`
 * error, and `fault` is told why.
 * @throws TestingError `invalid_option` when a request has neither
 */
export function createAnswer<Types extends ContractTypes>(
  contract: Contract<Types>,
  { validators, schema, handlers = {}, seed = 1 }: MockOptions<Types>,
  stamps: StampSource,
  fault: (cause: unknown) => void,
): Answer {
  if (!schema) checkAnswered(contract, handlers);
  // The contract's validators have judged each message by its type before its handler sees it.
  const table = new Map(Object.entries(handlers) as [string, AnyHandler][]);
  const reply = async (type: string, frame: IncomingFrame, context: MockContext): Promise<unknown> => {
    const handler = table.get(type);
    if (handler) return handler(frame, context);
    const answer = replyType(contract, type);
    return schema && answer !== undefined ? sampleReply(schema, answer, seed, frame) : undefined;
  };
  return async (type, frame, correlationId, context) => {
    try {
      const answer: unknown = await reply(type, frame, context);
      if (answer === undefined) return undefined;
      const plain: unknown = JSON.parse(JSON.stringify(answer));
      const result = validators.server(isJsonObject(plain) ? stamp(plain, stamps, correlationId) : plain);
      if (result.ok && isJsonObject(plain) && typeof plain.type === "string") {
        return { ...plain, type: plain.type };
      }
      const { pointer, message } = result.ok ? { pointer: "/type", message: "must be string" } : result.issue;
      const sentence = `Failed to answer "${type}": ${pointer} ${message}. Please mend what its handler returns.`;
      throw new TestingError("invalid_frame", sentence, { pointer });
    } catch (cause) {
      fault(cause);
      return errorFrame("internal");
    }
  };
}
