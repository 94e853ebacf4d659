import type { ContractTypes, Sendable } from "@hivewire/protocol";

/** A topic of the contract. */
export type TopicOf<Types extends ContractTypes> = keyof Types["topics"] & string;

/** A `type` of the contract, whoever sends it: a constant, or what a pattern matches. */
export type MessageType<Types extends ContractTypes> =
  | (keyof Types["messages"] & string)
  | (keyof Types["patterns"] & string);

/** The frame of a `type`. Constants win over patterns, as they do on the wire. */
export type FrameOf<
  Types extends ContractTypes,
  K extends MessageType<Types>,
> = K extends keyof Types["messages"]
  ? Types["messages"][K]
  : K extends keyof Types["patterns"]
    ? Types["patterns"][K]
    : never;

/** Requests that the protocol itself answers. */
type ControlType = "ping" | "subscribe" | "unsubscribe" | "authenticate";

/** A `type` that clients send and that a handler takes. */
export type HandledType<Types extends ContractTypes> = {
  [K in keyof Types["messages"] & string]: Types["messages"][K] extends Types["client"] ? K : never;
}[Exclude<keyof Types["messages"] & string, ControlType>];

/** What a handler returns: an answer when the contract names replies, else nothing. */
export type HandlerResult<Types extends ContractTypes, K> = K extends keyof Types["replies"]
  ? Sendable<Types["replies"][K]>
  : undefined;
