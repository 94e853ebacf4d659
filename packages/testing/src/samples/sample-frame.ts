import { isJsonObject, nearestName } from "@hivewire/protocol";
import { TestingError } from "../testing-error.js";
import type { SampleVariant } from "./alternatives.js";
import { type FoundMessage, findMessages } from "./find-messages.js";
import { holds } from "./holds.js";
import { Random } from "./random.js";
import { sample } from "./sample-value.js";
import { list, own, type Schema } from "./schema-walk.js";

/** Which sample is made. */
export interface SampleOptions {
  /** Another number gives other values, the same number the same ones. @default 1 */
  readonly seed?: number | undefined;
  /** `minimal`: required properties only. `full`: optional ones as well, and items in lists. @default "full" */
  readonly variant?: SampleVariant | undefined;
  /** Properties that the frame has, with these values; the rest is made to go with them. @default none */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

/** How a message is found. */
export interface SampleFrameOptions extends SampleOptions {
  /** The property that tells messages apart. @default "type" */
  readonly discriminator?: string | undefined;
}

/** Values that are tried for one sample. */
const maxTries = 20_000;

/** Samples that are held against the whole schema before there is none. */
const maxSamples = 8;

/** Longest part of an unknown type that is quoted, in UTF-16 units. */
const maxQuotedLength = 64;

/** The schema that asks for fields. */
function fixed(fields: Readonly<Record<string, unknown>>): Schema {
  const properties = Object.entries(fields).map(([name, value]) => [name, { const: value }] as const);
  return { type: "object", properties: Object.fromEntries(properties), required: Object.keys(fields) };
}

/** A frame of a message that the whole schema accepts; undefined when none was found. */
function sampleOf(
  root: Schema,
  { schemas }: FoundMessage,
  { seed = 1, variant = "full", fields }: SampleOptions,
): unknown {
  const random = new Random(seed);
  const budget = { left: maxTries };
  // First: a type that is another message's is noticed before anything else is made.
  const wanted = fields === undefined ? schemas : [fixed(fields), ...schemas];
  for (let count = 0; count < maxSamples; count++) {
    // The root's definitions of messages are no frames of a root that has no union.
    const frame = sample({ root, random, variant, above: new Set(), budget }, wanted);
    if (frame === undefined) return undefined;
    if (!hasUnion(root) || holds(root, root, frame)) return frame;
  }
  return undefined;
}

const hasUnion = (root: Schema): boolean => ["oneOf", "anyOf"].some((key) => list(root, key).length > 0);

function unknownMessage(root: Schema, type: string, discriminator: string): TestingError {
  const messages = findMessages(root);
  const types = messages.flatMap((message) => {
    const frame = sampleOf(root, message, { variant: "minimal" });
    const tag = isJsonObject(frame) ? own(frame, discriminator) : undefined;
    return typeof tag === "string" ? [tag] : [];
  });
  const near = nearestName(type, [...messages.map(({ name }) => name), ...types]);
  const hint = near === undefined ? "Please pass the type of a message." : `Did you mean "${near}"?`;
  const sentence = `Failed to make a sample: the schema has no message "${type.slice(0, maxQuotedLength)}". ${hint}`;
  return new TestingError("unknown_message", sentence);
}

/**
 * Makes a frame that the schema accepts: the same one for the same schema, type and options on every run. `format` is
 * followed, though it is an annotation.
 * @param schema - the `schema` of a generated `schema.ts`: draft 2020-12 whose references point into it
 * @param type - name of a message's definition, such as `AgentUpdate`, or a value of its discriminator, such as
 * `agent_update`
 * @throws TestingError `unknown_message`; `no_sample` when no value with these fields was found
 */
export function sampleFrame(schema: Schema, type: string, options: SampleFrameOptions = {}): unknown {
  const { discriminator = "type", ...rest } = options;
  const messages = findMessages(schema);
  const named = messages.find(({ name }) => name === type);
  const tag = { [discriminator]: type };
  const fields = named ? rest.fields : { ...rest.fields, ...tag };
  for (const message of named ? [named] : messages) {
    const frame = sampleOf(schema, message, { ...rest, fields });
    if (frame !== undefined) return frame;
  }
  const isKnown = (message: FoundMessage): boolean =>
    sampleOf(schema, message, { variant: "minimal", fields: tag }) !== undefined;
  if (named === undefined && !messages.some(isKnown)) throw unknownMessage(schema, type, discriminator);
  const cause = rest.fields ? "no value has these fields" : "no value that the schema accepts was found";
  throw new TestingError(
    "no_sample",
    `Failed to make a sample of "${type}": ${cause}. Please check the schema, or pass other fields.`,
  );
}

/**
 * Makes a frame of every message, by the name of its definition. A message that no value can match is left out.
 * @param schema - the `schema` of a generated `schema.ts`
 */
export function sampleFrames(
  schema: Schema,
  options: Omit<SampleOptions, "fields"> = {},
): Readonly<Record<string, unknown>> {
  const found = findMessages(schema).map(
    (message) => [message.name, sampleOf(schema, message, options)] as const,
  );
  return Object.fromEntries(found.filter(([, frame]) => frame !== undefined));
}
