import type { PathPart } from "@hivewire/protocol";
import type { Json } from "../json.js";
import type { Match, Model } from "../model.js";

/** One thing that is done to a frame, mechanically. */
export type ConversionStep =
  /** Takes members out of the objects that the path leads to: the older version accepts none of those names. */
  | { readonly kind: "remove"; readonly path: readonly PathPart[]; readonly keys: readonly string[] }
  /** Puts the fallback that the newer schema declares where one of the values stands that the older version lacks. */
  | {
      readonly kind: "map";
      readonly path: readonly PathPart[];
      readonly from: readonly Json[];
      readonly to: Json;
    };

/** What has to be done to a message so that clients of an older version accept it. */
export type Conversion =
  /** Nothing. */
  | { readonly kind: "same" }
  /** It is not sent: the older version does not know it. */
  | { readonly kind: "drop" }
  | { readonly kind: "steps"; readonly steps: readonly ConversionStep[] }
  /** Somebody has to write it. */
  | {
      readonly kind: "slot";
      /** Why no steps suffice, a sentence each. */
      readonly reasons: readonly string[];
      /** Names of the older version's messages that it could become. */
      readonly to: readonly string[];
    };

/** A message that the server of the newer contract sends, and its conversion. */
export type MessageConversion = {
  /** Its name in the newer contract. */
  readonly name: string;
  readonly match: Match;
} & Conversion;

/** How the frames of a contract become those of one older version of it. */
export interface ConversionPlan {
  /** The older version. */
  readonly version: string;
  /** Its model. */
  readonly model: Model;
  /** Every message that the server of the newer contract sends, in the order of its schema. */
  readonly messages: readonly MessageConversion[];
}
