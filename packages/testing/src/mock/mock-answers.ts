import { type Contract, type ContractTypes, isJsonObject, type StampSource, stamp } from "@hivewire/protocol";
import { sampleFrame } from "../samples/sample-frame.js";
import { TestingError } from "../testing-error.js";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./mock-frames.js";
import type { MockContext, MockHandlers, MockOptions } from "./mock-options.js";

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

function unanswered(type: string): TestingError {
  const sentence = `Failed to answer "${type}": there is no handler, and no schema to make a sample of. Please pass one of them.`;
  return new TestingError("invalid_option", sentence);
}

/**
 * Answers requests with handlers, else with samples. What throws, breaks the contract, or has neither, costs its caller
 * an `internal` error, and `fault` is told why.
 */
export class Answers<Types extends ContractTypes> {
  readonly #contract: Contract<Types>;
  readonly #options: MockOptions<Types>;
  readonly #stamps: StampSource;
  readonly #fault: (cause: unknown) => void;
  readonly #handlers = new Map<string, AnyHandler>();

  constructor(
    contract: Contract<Types>,
    options: MockOptions<Types>,
    stamps: StampSource,
    fault: (cause: unknown) => void,
  ) {
    this.#contract = contract;
    this.#options = options;
    this.#stamps = stamps;
    this.#fault = fault;
  }

  /** Adds handlers, in the place of those of before. */
  handle(handlers: MockHandlers<Types>): void {
    // The contract's validators have judged each message by its type before its handler sees it.
    for (const [type, handler] of Object.entries(handlers) as [string, AnyHandler][])
      this.#handlers.set(type, handler);
  }

  readonly answer: Answer = async (type, frame, correlationId, context) => {
    try {
      const reply: unknown = await this.#reply(type, frame, context);
      return reply === undefined ? undefined : this.#judge(type, reply, correlationId);
    } catch (cause) {
      this.#fault(cause);
      return errorFrame("internal");
    }
  };

  async #reply(type: string, frame: IncomingFrame, context: MockContext): Promise<unknown> {
    const handler = this.#handlers.get(type);
    if (handler) return handler(frame, context);
    const answer = replyType(this.#contract, type);
    if (answer === undefined) return undefined;
    const { schema, seed = 1 } = this.#options;
    if (!schema) throw unanswered(type);
    return sampleReply(schema, answer, seed, frame);
  }

  #judge(type: string, reply: unknown, correlationId: string): OutgoingFrame {
    const plain: unknown = JSON.parse(JSON.stringify(reply));
    const stamped = isJsonObject(plain) ? stamp(plain, this.#stamps, correlationId) : plain;
    const result = this.#options.validators.server(stamped);
    if (result.ok && isJsonObject(plain) && typeof plain.type === "string")
      return { ...plain, type: plain.type };
    const { pointer, message } = result.ok ? { pointer: "/type", message: "must be string" } : result.issue;
    const sentence = `Failed to answer "${type}": ${pointer} ${message}. Please mend what its handler returns.`;
    throw new TestingError("invalid_frame", sentence, { pointer });
  }
}
