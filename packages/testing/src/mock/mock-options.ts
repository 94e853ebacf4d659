import type { ContractTypes, Converters, Limits, StampSource, Validators } from "@hivewire/protocol";
import type { HandledType, HandlerResult, TopicOf } from "../contract-frames.js";
import type { Schema } from "../samples/schema-walk.js";

/** What a handler knows beside the message. */
export interface MockContext {
  readonly connectionId: string;
  /** The negotiated contract version. */
  readonly contractVersion: string;
}

/**
 * Handlers by the type of the client's frame, as `createServer` takes them, but none is missing: a request without one is
 * answered with a sample. One that throws answers `internal`; one whose promise never settles lets the client time out.
 */
export type MockHandlers<Types extends ContractTypes> = {
  readonly [K in HandledType<Types>]?: (
    message: Types["messages"][K & keyof Types["messages"]],
    context: MockContext,
  ) => HandlerResult<Types, K> | Promise<HandlerResult<Types, K>>;
};

/** Limits of the protocol's table that hold here; rates, times and queues have no meaning without a network. */
export type MockLimits = Pick<
  Limits,
  "maxMessageBytes" | "maxSubscriptions" | "replayMessages" | "invalidMessagesBeforeClose" | "heartbeatMs"
>;

/** What is said about credentials: whether they are good, and until when, in milliseconds since the Unix epoch. */
export type CredentialsVerdict = boolean | { readonly expiresAtMs: number };

/** How a mocked server behaves. */
export interface MockOptions<Types extends ContractTypes> {
  /** The generated validators of the contract: nothing passes in or out without them. */
  readonly validators: Validators<Types>;
  /**
   * The `schema` of the generated `schema.ts`: what samples are made from.
   * @default none: a request without a handler is answered with `internal`
   */
  readonly schema?: Schema | undefined;
  /** Chooses other samples. @default 1 */
  readonly seed?: number | undefined;
  /**
   * Decides about `?access_token=` of each connection and about each `authenticate`: false refuses with 4401.
   * @default everybody is let in
   */
  readonly authenticate?:
    | ((accessToken: string | undefined) => CredentialsVerdict | Promise<CredentialsVerdict>)
    | undefined;
  /** Whether clients may have a topic live; else it is withheld with `forbidden`. @default all */
  readonly authorizeTopic?: ((topic: TopicOf<Types>) => boolean) | undefined;
  /** Topics of a connection whose URL has no `subscriptions`. @default none */
  readonly defaultTopics?: readonly TopicOf<Types>[] | undefined;
  /** `createConverters()` of the generated `converters.ts`. @default only what was added later is left out */
  readonly converters?: Converters | undefined;
  /** Deviations from the table of limits. @default `defaultLimits` of `@hivewire/protocol` */
  readonly limits?: Partial<MockLimits> | undefined;
  /** Frames per topic that a `resume` can bring back. @default 1_000 */
  readonly historyFrames?: number | undefined;
  /** Called with what a handler or a converter threw, and with a reply that breaks the contract. @default console.error */
  readonly onFault?: ((fault: unknown) => void) | undefined;
  /** Clock and identifiers. @default the real ones */
  readonly environment?: Partial<StampSource> | undefined;
}
