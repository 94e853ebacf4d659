/**
 * What a generated contract knows at compile time. Only types: nothing of it exists at run time.
 * Source: docs/architecture.md, "The contract is a value".
 */
export interface ContractTypes {
  /** Union of all frames that a client sends. */
  readonly client: unknown;
  /** Union of all frames that a server sends. */
  readonly server: unknown;
  /** Frame by the constant value of its `type`. */
  readonly messages: object;
  /** Frame by the template literal of its `type`, for messages that a pattern recognises; constants win. */
  readonly patterns: object;
  /** Frames by topic: what a subscriber of that topic receives. */
  readonly topics: object;
  /** Request `type` → union of the frames that answer it (`x-replies`). */
  readonly replies: object;
}

/** What a contract says about one message, read by client and server at run time. */
export interface MessageInfo {
  /** Name of the definition in the schema, e.g. `AgentUpdate`. */
  readonly name: string;
  /** Who sends it (`x-sender`). */
  readonly sender: "client" | "server";
  /** The topic whose subscribers get it (`x-topic`); absent when the frame's `subscription` decides. */
  readonly topic?: string;
  /** Types of the frames that answer it (`x-replies`). */
  readonly replies?: readonly string[];
  /**
   * Set when only the newest frame matters to a client that is slow (`x-coalesce`): of those that wait for it, a newer
   * one replaces an older one. A JSON pointer names what tells frames apart that do not replace each other.
   */
  readonly coalesce?: true | string;
  /** First contract version that has this message (`x-since`); absent: every supported version has it. */
  readonly since?: string;
  /** True when the schema marks it `deprecated`. */
  readonly deprecated?: true;
  /** Top-level property → contract version that added it (`x-since` on the property). */
  readonly added?: Readonly<Record<string, string>>;
}

/** A message whose discriminator is a pattern instead of a constant. */
export interface PatternInfo extends MessageInfo {
  /** ECMA-262 regular expression source, matched with the `u` flag and unanchored, as in JSON Schema. */
  readonly pattern: string;
}

/**
 * A contract: the run-time value that `hivewire generate` writes to `contract.ts` and that
 * `createClient` and `createServer` take. Generic over the types that go with it.
 */
export interface Contract<Types extends ContractTypes = ContractTypes> {
  /** `x-contract.name`, e.g. `dashboard`. */
  readonly name: string;
  /** `x-contract.version`: the version this schema describes, as semver. */
  readonly version: string;
  /** Versions that can be negotiated, newest first; contains `version`. */
  readonly supportedVersions: readonly string[];
  /** SHA-256 (hex) of the canonical schema without annotations: equal when the wire is equal. */
  readonly identity: string;
  /** The property that tells messages apart, e.g. `type`; null when no property does. */
  readonly discriminator: string | null;
  /** Topics that can be subscribed to (`x-contract.topics`), in the schema's order. */
  readonly topics: readonly string[];
  /** Messages by constant discriminator value. */
  readonly messages: Readonly<Record<string, MessageInfo>>;
  /** Messages that a pattern recognises, in the schema's order; tried when no constant matches. */
  readonly patterns: readonly PatternInfo[];
  /** Carries the types; never set. */
  readonly "~types"?: Types;
}

/** The types of a contract: `TypesOf<typeof contract>`. */
export type TypesOf<C extends Contract> = C extends Contract<infer Types> ? Types : never;

declare const matched: unique symbol;

/**
 * A received string that matches a pattern branch and none of the constants beside it.
 *
 * TypeScript cannot subtract `"agent_update"` from `` `${string}_update` ``; without this mark
 * `if (m.type === "agent_update")` would keep the pattern branch in the narrowed union.
 * `Sendable` takes the mark off again for frames that code builds itself.
 */
export type Matching<T extends string> = T & { readonly [matched]: true };

/** Fields that the server stamps on every frame it sends (PROTOCOL.md, "Frames"). */
export type StampedField = "timestamp" | "correlation_id" | "position";

/** A value that is only read: with the marks of patterns taken off, and arrays that may be readonly. */
type ReadOnly<V> =
  V extends Matching<infer T> ? T : V extends object ? { readonly [K in keyof V]: ReadOnly<V[K]> } : V;

/** A frame as code writes it: without the fields that are stamped later, and with plain strings. */
export type Sendable<M> = M extends unknown
  ? { readonly [K in keyof M as K extends StampedField ? never : K]: ReadOnly<M[K]> }
  : never;
