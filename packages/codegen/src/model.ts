import type { Dialect } from "./dialect.js";
import type { JsonObject } from "./json.js";

/** How a frame is recognised as this message. */
export type Match =
  /** By one of these values of the discriminator; always one in most contracts. */
  | { readonly kind: "constant"; readonly values: readonly [string, ...string[]] }
  /** By a pattern, tried after all constants. `overlaps`: constants of other messages that it matches too. */
  | { readonly kind: "pattern"; readonly pattern: string; readonly overlaps: readonly string[] }
  /** By its whole shape. */
  | { readonly kind: "shape" };

/** One message of the contract. */
export interface MessageModel {
  /** Name of its type in TypeScript. */
  readonly name: string;
  /** JSON pointer of its schema in the document. */
  readonly pointer: string;
  readonly match: Match;
  readonly sender: "client" | "server";
  readonly topic: string | undefined;
  readonly replies: readonly string[];
  readonly since: string | undefined;
  readonly deprecated: boolean;
  /** Top-level property → version that added it. */
  readonly added: ReadonlyMap<string, string>;
}

/** A definition of the document that is no message. */
export interface DefinitionModel {
  readonly name: string;
  readonly pointer: string;
}

/** What every emitter reads: the schema, understood. */
export interface Model {
  /** Name of the contract. */
  readonly name: string;
  readonly version: string;
  /** Newest first. */
  readonly supportedVersions: readonly string[];
  readonly identity: string;
  readonly topics: readonly string[];
  readonly dialect: Dialect;
  /** Property that tells messages apart; null when none does. */
  readonly discriminator: string | null;
  /**
   * True when looking at the discriminator alone picks the only branch that can accept a frame:
   * the verdict of that branch is then the verdict of the whole schema.
   */
  readonly exact: boolean;
  /** In the order of the schema. */
  readonly messages: readonly MessageModel[];
  readonly definitions: readonly DefinitionModel[];
  readonly schema: JsonObject;
}
