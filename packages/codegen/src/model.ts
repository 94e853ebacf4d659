import type { JsonObject } from "./json.js";
import type { Dialect } from "./read/dialect.js";
import type { Source } from "./read/source.js";

/** A value that names a message: the constant of a discriminator. */
export type Tag = string | number | boolean | null;

/** A further level of discriminator, for messages that share the value of the one before. */
export interface Within {
  readonly key: string | number;
  readonly values: readonly [Tag, ...Tag[]];
  readonly within?: Within;
}

/** How a frame is recognised as this message. */
export type Match =
  /** By one of these values of the discriminator; always one in most contracts. */
  | {
      readonly kind: "constant";
      readonly values: readonly [Tag, ...Tag[]];
      /** What tells messages of the same value apart. */
      readonly within?: Within;
    }
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
  /** Whether only the newest frame matters to a slow client; a JSON pointer names what keeps frames apart. */
  readonly coalesce: true | string | undefined;
  /** Top-level property → version that added it. */
  readonly added: ReadonlyMap<string, string>;
}

/** A definition of the document that is no message. */
export interface DefinitionModel {
  readonly name: string;
  readonly pointer: string;
}

/** Where a value goes next on the way to the messages it could be. */
export type Route =
  /** These messages, by their index, are all that could accept it. */
  | { readonly kind: "messages"; readonly indexes: readonly number[] }
  | { readonly kind: "dispatch"; readonly dispatch: Dispatch };

/** One look at a value: what a property, or item of a tuple, says about the message. */
export interface Dispatch {
  /** Name of the property, or index of the item. */
  readonly key: string | number;
  readonly cases: readonly { readonly value: Tag; readonly to: Route }[];
  /** Any other value of the property. */
  readonly rest: Route;
  /** The property is absent. */
  readonly absent: Route;
  /** The value is no object, or no array for an index. */
  readonly other: Route;
}

/** What every emitter reads: the schema, understood. */
export interface Model {
  /** Name of the contract. */
  readonly name: string;
  readonly version: string;
  /** Newest first; retired ones are not among them. */
  readonly supportedVersions: readonly string[];
  /** Versions that `x-contract.retired` lists. */
  readonly retired: readonly string[];
  readonly identity: string;
  readonly topics: readonly string[];
  /** Draft of the document that was read; `schema` is draft 2020-12 whatever it was. */
  readonly dialect: Dialect;
  /** Property, or item of a tuple, whose value names each message; null when nothing does. */
  readonly discriminator: string | number | null;
  /** The way from a frame to the messages that could accept it. */
  readonly route: Route;
  /** How many of the root's branches have to accept a frame; `any` also where the root has no union. */
  readonly union: "one" | "any";
  /** What the root demands beside its union; undefined when that is nothing. */
  readonly beside: JsonObject | undefined;
  /** True when each frame has at most one message that could accept it, and nothing else has a say. */
  readonly exact: boolean;
  /** In the order of the schema. */
  readonly messages: readonly MessageModel[];
  readonly definitions: readonly DefinitionModel[];
  /** All documents of the contract as one: draft 2020-12, every reference a pointer into it. */
  readonly schema: JsonObject;
  /** Finds places of `schema` in the documents they came from. */
  readonly source: Source;
}
