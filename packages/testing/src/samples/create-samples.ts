import {
  type Contract,
  type ContractTypes,
  createMessageLookup,
  type Sendable,
  type Validators,
} from "@hivewire/protocol";
import type { FrameOf, MessageType } from "../contract-frames.js";
import { TestingError } from "../testing-error.js";
import { type SampleOptions, sampleFrame } from "./sample-frame.js";
import type { Schema } from "./schema-walk.js";

/** What samples of a contract are made of: the three modules that `hivewire generate` writes for it. */
export interface SampleSource<Types extends ContractTypes> {
  readonly contract: Contract<Types>;
  /** The `schema` of `schema.ts`. */
  readonly schema: Schema;
  /** The `validators` of `validators.ts`: no sample passes that they refuse. */
  readonly validators: Validators<Types>;
}

/** Which sample of a message is made. */
export interface TypedSampleOptions<Frame> extends Omit<SampleOptions, "fields"> {
  /** Properties that the frame has, with these values; the rest is made to go with them. @default none */
  readonly fields?: Partial<Sendable<Frame>> | undefined;
}

/** Samples of one contract, under their types. */
export interface Samples<Types extends ContractTypes> {
  /**
   * Makes a valid frame of a `type`: the same one for the same options on every run.
   * @throws TestingError `unknown_message`, `no_sample`
   */
  frame<K extends MessageType<Types>>(
    type: K,
    options?: TypedSampleOptions<FrameOf<Types, K>>,
  ): FrameOf<Types, K>;
}

/**
 * Samples of a contract, typed by it and held against its validators.
 * @throws TestingError `unsupported_contract` when its discriminator is no property
 */
export function createSamples<Types extends ContractTypes>(source: SampleSource<Types>): Samples<Types> {
  const { contract, schema, validators } = source;
  const { discriminator } = contract;
  if (discriminator === null) {
    throw new TestingError(
      "unsupported_contract",
      `Failed to make samples of "${contract.name}": no property tells its messages apart. Please use sampleFrames.`,
    );
  }
  const lookup = createMessageLookup(contract);
  return {
    frame: <K extends MessageType<Types>>(
      type: K,
      options: TypedSampleOptions<FrameOf<Types, K>> = {},
    ): FrameOf<Types, K> => {
      const frame = sampleFrame(schema, type, { ...options, discriminator });
      const validate = lookup(type)?.sender === "client" ? validators.client : validators.server;
      const result = validate(frame);
      // The validator has decided about it, by the discriminator that names this type.
      if (result.ok) return result.value as FrameOf<Types, K>;
      const { pointer, message } = result.issue;
      throw new TestingError(
        "no_sample",
        `Failed to make a sample of "${type}": the validators refuse it, ${pointer} ${message}. Please pass schema and validators of one contract.`,
      );
    },
  };
}
