import {
  type Contract,
  isJsonObject,
  type MessageInfo,
  type MessageLookup,
  type StampSource,
  stamp,
  type Validate,
} from "@hivewire/protocol";
import { TestingError } from "../testing-error.js";
import type { OutgoingFrame } from "./mock-frames.js";

/** What frames of topics are held against. */
export interface PublishRules {
  readonly contract: Contract;
  readonly lookup: MessageLookup;
  readonly validate: Validate<unknown>;
  readonly stamps: StampSource;
}

/** A frame belongs to the topic of its message; of one that a pattern recognises, the frame itself says which. */
function belongsTo(frame: OutgoingFrame, topic: string, info: MessageInfo | undefined): boolean {
  if (info?.topic !== undefined) return info.topic === topic;
  return info !== undefined && "pattern" in info && frame.subscription === topic;
}

/**
 * The frame as it goes to a topic: as JSON has it, stamped, without a position.
 * @throws TestingError `unknown_topic`, `invalid_frame`
 */
export function topicFrame(
  topic: string,
  frame: unknown,
  { contract: { topics }, lookup, validate, stamps }: PublishRules,
): OutgoingFrame {
  if (!topics.includes(topic)) {
    const sentence = `Failed to publish: the contract has no topic "${topic}". Please use one of ${topics.join(", ")}.`;
    throw new TestingError("unknown_topic", sentence);
  }
  const plain: unknown = JSON.parse(JSON.stringify(frame) ?? "null");
  const { position: _, ...rest } = isJsonObject(plain) ? plain : {};
  const type = String(rest.type);
  const stamped = { ...stamp(rest, stamps), type };
  const result = validate(stamped);
  if (!result.ok) {
    const { pointer, message } = result.issue;
    const sentence = `Failed to publish "${type}": ${pointer} ${message}. Please mend the frame.`;
    throw new TestingError("invalid_frame", sentence, { pointer });
  }
  if (belongsTo(stamped, topic, lookup(type))) return stamped;
  const sentence = `Failed to publish "${type}": it is no frame of the topic "${topic}". Please use its own.`;
  throw new TestingError("invalid_frame", sentence, { pointer: "/subscription" });
}
