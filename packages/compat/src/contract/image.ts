import {
  type ConversionStep,
  isObject,
  type Json,
  type JsonObject,
  own,
  pointerOf,
  targetOf,
  valueAt,
} from "@hivewire/codegen";
import type { PathPart } from "@hivewire/protocol";
import { mapOf } from "../formula/document.js";

/** Most schemas that one step is followed through. */
const maxSchemas = 5_000;

/** What is rewritten by itself, or would no longer hold of the value and is left out. */
const dropped: ReadonlySet<string> = new Set([
  ...["$defs", "definitions", "$id", "$schema", "discriminator", "$ref", "allOf", "anyOf", "oneOf"],
  ...["dependentSchemas", "not", "if", "then", "else", "const", "enum"],
]);

/** Keywords by which what is evaluated depends on the value. */
const depending: readonly string[] = ["anyOf", "oneOf", "not", "if", "dependentSchemas", "contains"];

const without = (schema: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

const list = (schema: JsonObject, keyword: string): readonly Json[] => {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value : [];
};

const either = (a: Json, b: Json): Json => ({ anyOf: [a, b] });

/**
 * Writes the schema of what a step makes of the values of another schema.
 *
 * It accepts at least every converted value: each keyword is either rewritten so that a converted value keeps it, or left
 * out, which only accepts more; and it declares every property that the other schema declares. So a proof that a
 * reader accepts all of the image is one that it accepts every converted value.
 */
class ImageWriter {
  #schemas = 0;
  /** Whether a `oneOf` became `anyOf`: which properties are declared may then depend on more branches than before. */
  isLoose = false;

  constructor(
    readonly root: Json,
    readonly step: ConversionStep,
  ) {}

  /** The image of a schema that speaks of the value at that depth of the path. */
  at(schema: Json, depth: number): Json {
    if (++this.#schemas > maxSchemas) throw new RangeError("the step leads through too many schemas");
    if (!isObject(schema)) return schema;
    const part = this.step.path[depth];
    if (part === undefined && this.step.kind === "map")
      return either({ allOf: [schema, { not: { enum: this.step.from } }] }, { const: this.step.to });
    const all = this.#sameValue(schema, depth);
    const changed = this.#parts(without(schema, ...dropped), part, depth);
    return {
      ...(this.#countsOn(schema) ? changed : withoutUnevaluated(changed, true)),
      ...(all.length === 0 ? {} : { allOf: all }),
    };
  }

  /** What a schema says of the value's members and items. */
  #parts(schema: JsonObject, part: PathPart | undefined, depth: number): JsonObject {
    const inner = (child: Json): Json => this.at(child, depth + 1);
    if (part === undefined) return removed(schema, this.step.kind === "remove" ? this.step.keys : []);
    if (typeof part === "string") return withoutUnevaluated(memberChanged(schema, part, inner));
    if (typeof part === "number") return withoutUnevaluated(itemsChanged(schema, part, inner));
    return withoutUnevaluated(
      part.every === "item" ? itemsChanged(schema, undefined, inner) : membersChanged(schema, inner),
    );
  }

  /** What a schema says by others about the same value; what it refuses by others is left out. */
  #sameValue(schema: JsonObject, depth: number): readonly Json[] {
    const here = (child: Json): Json => this.at(child, depth);
    const target = targetOf(schema);
    const branches = (keyword: string): readonly Json[] =>
      own(schema, keyword) === undefined ? [] : [{ anyOf: list(schema, keyword).map(here) }];
    if (own(schema, "oneOf") !== undefined) this.isLoose = true;
    const condition = own(schema, "if");
    const yes = (): Json => ({ allOf: [here(condition ?? true), here(own(schema, "then") ?? true)] });
    return [
      ...(target === undefined ? [] : [here(valueAt(this.root, target) ?? true)]),
      ...list(schema, "allOf").map(here),
      ...branches("anyOf"),
      ...branches("oneOf"),
      ...(condition === undefined ? [] : [either(yes(), here(own(schema, "else") ?? true))]),
      ...mapOf(schema, "dependentSchemas").map(([key, child]) =>
        either(here(child), { not: { type: "object", required: [key] } }),
      ),
    ];
  }

  /** Whether what a schema evaluates does not depend on the value, so that `unevaluated*` holds of the image too. */
  #countsOn(schema: Json): boolean {
    if (!isObject(schema)) return true;
    if (depending.some((keyword) => own(schema, keyword) !== undefined)) return false;
    const target = targetOf(schema);
    const parts = [
      ...list(schema, "allOf"),
      ...(target === undefined ? [] : [valueAt(this.root, target) ?? true]),
    ];
    return parts.every((part) => this.#countsOn(part));
  }
}

/** Members are gone: nothing asks for them. */
function removed(schema: JsonObject, keys: readonly string[]): JsonObject {
  const others = (value: Json | undefined): readonly Json[] =>
    Array.isArray(value) ? value.filter((name: Json) => !keys.some((key) => key === name)) : [];
  const least = own(schema, "minProperties");
  const required = own(schema, "required");
  return {
    ...schema,
    ...(required === undefined ? {} : { required: others(required) }),
    ...(typeof least === "number" ? { minProperties: Math.max(0, least - keys.length) } : {}),
    dependentRequired: Object.fromEntries(
      mapOf(schema, "dependentRequired").map(([key, names]) => [key, others(names)]),
    ),
    not: { type: "object", anyOf: keys.map((key) => ({ required: [key] })) },
  };
}

/**
 * `unevaluatedProperties` and `unevaluatedItems` where they could say something of a changed value, or of other values
 * than before. What described all other properties still declares them.
 */
function withoutUnevaluated(schema: JsonObject, isAll = false): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    if (key !== "unevaluatedProperties" && key !== "unevaluatedItems") return [[key, value]];
    if (isObject(value)) return [[key, true]];
    return value === false && isAll ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** One member is another value. */
function memberChanged(schema: JsonObject, key: string, inner: (child: Json) => Json): JsonObject {
  const properties = mapOf(schema, "properties");
  const patterns = mapOf(schema, "patternProperties");
  const matches = (pattern: string): boolean => new RegExp(pattern, "u").test(key);
  const rest = own(schema, "additionalProperties");
  const isRest =
    isObject(rest) &&
    !properties.some(([name]) => name === key) &&
    !patterns.some(([pattern]) => matches(pattern));
  return {
    ...schema,
    properties: Object.fromEntries([
      ...properties.map(([name, child]) => [name, name === key ? inner(child) : child] as const),
      ...(isRest ? [[key, inner(rest)] as const] : []),
    ]),
    patternProperties: Object.fromEntries(
      patterns.map(([pattern, child]) => [pattern, matches(pattern) ? either(child, inner(child)) : child]),
    ),
  };
}

/** Every member is another value. */
function membersChanged(schema: JsonObject, inner: (child: Json) => Json): JsonObject {
  const all = (keyword: string): Json =>
    Object.fromEntries(mapOf(schema, keyword).map(([name, child]) => [name, inner(child)]));
  const rest = own(schema, "additionalProperties");
  return {
    ...schema,
    properties: all("properties"),
    patternProperties: all("patternProperties"),
    ...(rest === undefined ? {} : { additionalProperties: inner(rest) }),
  };
}

/** One item, or every item, is another value. */
function itemsChanged(
  schema: JsonObject,
  index: number | undefined,
  inner: (child: Json) => Json,
): JsonObject {
  const prefix = list(schema, "prefixItems");
  const some = (child: Json): Json => (index === undefined ? inner(child) : either(child, inner(child)));
  const changedPart = (keyword: string): JsonObject => {
    const child = own(schema, keyword);
    return child === undefined ? {} : { [keyword]: some(child) };
  };
  return {
    ...without(schema, "uniqueItems", "maxContains"),
    ...(prefix.length === 0
      ? {}
      : {
          prefixItems: prefix.map((child, at) =>
            index === undefined || at === index ? inner(child) : child,
          ),
        }),
    ...changedPart("items"),
    ...changedPart("contains"),
  };
}

/** Where the image stands in a document; no contract has such a definition. */
const imageName = "~hivewire-image";

/** A document with the image in it. */
export interface Image {
  readonly root: Json;
  /** JSON pointer of the image. */
  readonly pointer: string;
  /** Whether it is only right of senders that may send undeclared properties. */
  readonly isLoose: boolean;
}

/**
 * The schema of what a step makes of the values of a schema.
 * @param pointer - the schema's place in the document
 * @returns undefined when the step leads through too many schemas
 */
export function imageOf(root: Json, pointer: string, step: ConversionStep): Image | undefined {
  if (!isObject(root)) return undefined;
  try {
    const writer = new ImageWriter(root, step);
    const image = writer.at(valueAt(root, pointer) ?? true, 0);
    const definitions = Object.fromEntries([...mapOf(root, "$defs"), [imageName, image]]);
    return {
      root: { ...root, $defs: definitions },
      pointer: pointerOf(["$defs", imageName]),
      isLoose: writer.isLoose,
    };
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}
