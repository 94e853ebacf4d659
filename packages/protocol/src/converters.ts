import type { ConvertStep } from "./convert-steps.js";
import { isJsonObject } from "./json-values.js";

/**
 * A frame of the contract as an older version has it; undefined when it is not to be sent to clients of that version.
 * It changes nothing in the frame that it is given: the same one is converted for other versions.
 */
export type ConvertFrame = (frame: object) => object | undefined;

/** How the server's messages become those of one older version. */
export interface VersionConverters {
  /** By the constant value of the discriminator. */
  readonly messages: Readonly<Record<string, ConvertFrame>>;
  /** Of messages that a pattern recognises (ECMA-262 source, `u` flag); tried in this order when no constant matches. */
  readonly patterns: readonly { readonly pattern: string; readonly convert: ConvertFrame }[];
}

/** Contract version → how frames are converted for it: what `hivewire generate` writes to `converters.ts`. */
export type Converters = Readonly<Record<string, VersionConverters>>;

/** Leaves a frame as it is: the older version accepts it. */
export const keepFrame: ConvertFrame = (frame) => frame;

/** Sends nothing: the older version has no such message. */
export const dropFrame: ConvertFrame = () => undefined;

/** A conversion by steps, one after the other. */
export function convertBySteps(...steps: readonly ConvertStep[]): ConvertFrame {
  return (frame) => {
    const converted = steps.reduce<unknown>(
      (value, step) => (isJsonObject(value) ? step(value) : value),
      frame,
    );
    return isJsonObject(converted) ? converted : undefined;
  };
}

/** A conversion that somebody wrote. It gets a copy of its own, so that what it changes there is no one else's. */
export function convertBySlot<F extends object>(write: (frame: F) => object | undefined): ConvertFrame {
  return (frame) => {
    const copy: F = JSON.parse(JSON.stringify(frame));
    return write(copy);
  };
}

/** Finds the conversion of a message for a version; undefined when there is none, so that the frame stays as it is. */
export type ConverterLookup = (version: string, type: string) => ConvertFrame | undefined;

/** A lookup by version and `type`: constants first, then patterns in their order. Patterns are compiled once, here. */
export function createConverterLookup(converters: Converters): ConverterLookup {
  const versions = Object.entries(converters).map(([version, { messages, patterns }]) => {
    const constants: ReadonlyMap<string, ConvertFrame> = new Map(Object.entries(messages));
    const rows = patterns.map(({ pattern, convert }) => ({ expression: new RegExp(pattern, "u"), convert }));
    const find = (type: string): ConvertFrame | undefined =>
      constants.get(type) ?? rows.find(({ expression }) => expression.test(type))?.convert;
    return [version, find] as const;
  });
  const byVersion: ReadonlyMap<string, (type: string) => ConvertFrame | undefined> = new Map(versions);
  return (version, type) => byVersion.get(version)?.(type);
}
