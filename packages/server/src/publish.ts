import {
  type Contract,
  type MessageLookup,
  type StampSource,
  stamp,
  type Validate,
} from "@hivewire/protocol";
import type { Bus } from "./bus.js";
import { isFrame } from "./frames.js";
import { ServerError } from "./server-error.js";
import type { Published } from "./server-types.js";

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
}

/**
 * Makes the function that stamps a frame, holds it against the contract, and hands it to the bus.
 * What it refuses goes nowhere.
 */
export function createPublish(parts: PublishParts): (topic: string, frame: unknown) => Promise<Published> {
  const { contract, lookup, validate, bus, stamps, subscribers, isClosing } = parts;
  return async (topic, frame) => {
    if (isClosing()) throw new ServerError("server_closed", "Failed to publish: the server is closing.");
    if (!contract.topics.includes(topic)) {
      const known = contract.topics.join(", ");
      const sentence = `Failed to publish: the contract has no topic "${topic}". Please use one of ${known}.`;
      throw new ServerError("unknown_topic", sentence);
    }
    if (!isFrame(frame)) {
      throw new ServerError("invalid_frame", "Failed to publish: a frame needs a type. Please add one.", {
        pointer: "/type",
      });
    }
    const stamped = stamp(frame, stamps);
    const result = validate(stamped);
    if (!result.ok) {
      const { pointer, message } = result.issue;
      const sentence = `Failed to publish "${frame.type}": ${pointer} ${message}. Please mend the frame.`;
      throw new ServerError("invalid_frame", sentence, { pointer });
    }
    if ((lookup(frame.type)?.topic ?? frame.subscription) !== topic) {
      const sentence = `Failed to publish "${frame.type}": it does not belong to the topic "${topic}". Please use its own.`;
      throw new ServerError("invalid_frame", sentence, { pointer: "/subscription" });
    }
    const reached = subscribers(topic);
    return { position: await bus.publish(topic, stamped), reached };
  };
}
