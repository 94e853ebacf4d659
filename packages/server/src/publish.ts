import {
  type Contract,
  isJsonObject,
  type MessageInfo,
  type MessageLookup,
  type Position,
  type StampSource,
  stamp,
  type Validate,
} from "@hivewire/protocol";
import type { Bus } from "./bus.js";
import { type OutgoingFrame, plainFrame } from "./frames.js";
import { ServerError } from "./server-error.js";
import type { Published } from "./server-types.js";
import { publishSpan } from "./spans.js";
import type { Tracing } from "./tracing.js";

/** What publishing needs. */
export interface PublishParts {
  readonly contract: Contract;
  readonly lookup: MessageLookup;
  readonly validate: Validate<unknown>;
  readonly bus: Bus;
  readonly stamps: StampSource;
  /** Connections that have a topic live. */
  readonly subscribers: (topic: string) => number;
  readonly isClosing: () => boolean;
  readonly tracing: Tracing | undefined;
  /** Called when the bus fails. */
  readonly failed: (cause: unknown) => void;
}

/** A frame belongs to the topic of its message; of one that a pattern recognises, the frame itself says which. */
function belongsTo(frame: OutgoingFrame, topic: string, info: MessageInfo | undefined): boolean {
  if (info?.topic !== undefined) return info.topic === topic;
  return info !== undefined && "pattern" in info && frame.subscription === topic;
}

/** The frame with its envelope. Its place in the stream is the bus's to say. */
function stampTopicFrame(frame: unknown, stamps: StampSource): unknown {
  const source = isJsonObject(frame) && typeof frame.toJSON === "function" ? plainFrame(frame).frame : frame;
  if (!isJsonObject(source)) return source;
  const { position: _, ...rest } = source;
  return stamp(rest, stamps);
}

/**
 * Makes the function that stamps a frame, holds it against the contract, and hands it to the bus.
 * What it refuses goes nowhere.
 */
export function createPublish(parts: PublishParts): (topic: string, frame: unknown) => Promise<Published> {
  const { contract, lookup, validate, bus, stamps, subscribers, isClosing, failed, tracing } = parts;
  return async (topic, frame) => {
    if (isClosing()) throw new ServerError("server_closed", "Failed to publish: the server is closing.");
    if (!contract.topics.includes(topic)) {
      const known = contract.topics.join(", ");
      const sentence = `Failed to publish: the contract has no topic "${topic}". Please use one of ${known}.`;
      throw new ServerError("unknown_topic", sentence);
    }
    const { frame: plain, text } = plainFrame(stampTopicFrame(frame, stamps));
    const result = validate(plain);
    if (!result.ok) {
      const { pointer, message } = result.issue;
      const sentence = `Failed to publish "${plain.type}": ${pointer} ${message}. Please mend the frame.`;
      throw new ServerError("invalid_frame", sentence, { pointer });
    }
    if (!belongsTo(plain, topic, lookup(plain.type))) {
      const sentence = `Failed to publish "${plain.type}": it is no frame of the topic "${topic}". Please use its own.`;
      throw new ServerError("invalid_frame", sentence, { pointer: "/subscription" });
    }
    const reached = subscribers(topic);
    const send = (): Promise<Position> => bus.publish(topic, { type: plain.type, text });
    try {
      const position = await (tracing ? tracing.run(publishSpan(topic, plain.type), send) : send());
      return { position, reached };
    } catch (cause) {
      failed(cause);
      const sentence = `Failed to publish "${plain.type}": the bus did not take it. Please try again.`;
      throw new ServerError("bus_failed", sentence, { cause });
    }
  };
}
