import { isObject, isStringArray, type Json, type JsonObject, own, valueAt } from "../json.js";
import type { Model } from "../model.js";
import { knownKeyword } from "../read/open-enums.js";
import { localPointer } from "../read/references.js";
import { knownType } from "./known-type.js";
import { discriminatorType } from "./pattern-type.js";
import { optionalMark, optionalName, safeKey } from "./types-masks.js";

/**
 * The copy of the schema that json-schema-to-typescript compiles. Verdicts never come from it.
 * It differs from the contract's schema only where that compiler would say something else than
 * the schema means; each difference has a test of its own.
 */
export function typesSchemaOf(model: Model): JsonObject {
  const named = new Map<string, string>();
  for (const { name, pointer } of [...model.messages, ...model.definitions]) named.set(pointer, name);
  // A reference to the whole document is one to any message.
  if (!named.has("")) named.set("", "Message");
  const copy = (pointer: string): Json => convert(valueAt(model.schema, pointer) ?? {}, named, pointer);
  const definitions: Record<string, Json> = {};
  for (const message of model.messages) {
    const schema = copy(message.pointer);
    definitions[message.name] = withDiscriminatorType(schema, model, message.name);
  }
  for (const { name, pointer } of model.definitions) definitions[name] = copy(pointer);
  const references = Object.keys(definitions).map(
    (name) => [name, { $ref: `#/definitions/${name}` }] as const,
  );
  return {
    type: "object",
    properties: Object.fromEntries(references),
    additionalProperties: false,
    definitions,
  };
}

function withDiscriminatorType(schema: Json, model: Model, name: string): Json {
  const type = discriminatorType(model, name);
  const properties = isObject(schema) ? own(schema, "properties") : undefined;
  if (type === undefined || model.discriminator === null || !isObject(schema) || !isObject(properties))
    return schema;
  const tag = own(properties, String(model.discriminator));
  const description =
    isObject(tag) && typeof tag.description === "string" ? { description: tag.description } : {};
  return {
    ...schema,
    properties: { ...properties, [String(model.discriminator)]: { ...description, tsType: type } },
  };
}

const mapKeywords: ReadonlySet<string> = new Set(["properties", "patternProperties"]);
const schemaListKeywords: ReadonlySet<string> = new Set(["oneOf", "anyOf", "allOf", "items"]);
const schemaKeywords: ReadonlySet<string> = new Set(["items", "additionalProperties", "additionalItems"]);

function convert(schema: Json, named: ReadonlyMap<string, string>, pointer: string): Json {
  if (schema === true) return { tsType: "unknown" };
  if (schema === false) return { tsType: "never" };
  if (!isObject(schema)) return schema;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(nullable(tuple(schema)))) {
    const at = `${pointer}/${key}`;
    if (mapKeywords.has(key) && isObject(value)) {
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, child]) => [safeKey(name), convert(child, named, `${at}/${name}`)]),
      );
    } else if (schemaListKeywords.has(key) && Array.isArray(value)) {
      result[key] = value.map((child: Json, index) => convert(child, named, `${at}/${index}`));
    } else if (schemaKeywords.has(key)) {
      result[key] = convert(value, named, at);
    } else if (key === "const" || key === "enum") {
      Object.assign(result, literals(key, value, own(schema, "type")));
    } else if (key === "type" || key === "required" || key === "minItems") {
      result[key] = key === "required" && isStringArray(value) ? value.map(safeKey) : value;
    }
  }
  const known = own(schema, knownKeyword);
  const open = Array.isArray(known) ? knownType(known, result.type) : undefined;
  if (open !== undefined) {
    delete result.type;
    result.tsType = open;
  }
  const reference = own(schema, "$ref");
  const name = typeof reference === "string" ? named.get(localPointer(reference) ?? "") : undefined;
  // By name and not by reference: a description beside a reference would cost the type its name.
  const parts = [...(name === undefined ? [] : [{ tsType: name }]), ...splitKinds(result)];
  if (own(schema, "x-hivewire-optional-item") === true) parts.unshift({ tsType: optionalName });
  const [only] = parts;
  const type = parts.length === 1 && isObject(only) ? only : { allOf: parts };
  return { ...documentation(schema), ...(parts.length === 0 ? { tsType: "unknown" } : type) };
}

/**
 * The unions and intersections of a schema apart from the rest of it: beside each other in one schema,
 * json-schema-to-typescript 16 fails on those that refer back to themselves.
 */
function splitKinds({ allOf, anyOf, oneOf, ...rest }: Record<string, Json>): readonly Json[] {
  const unions = [
    ...(anyOf === undefined ? [] : [{ anyOf }]),
    ...(oneOf === undefined ? [] : [{ oneOf }]),
    ...(Array.isArray(allOf) ? allOf : []),
  ];
  const { type } = rest;
  if (Array.isArray(type)) {
    const kinds = type.map((kind: Json) => splitKinds(onlyFor(kind, rest)));
    return [
      {
        anyOf: kinds.map(([only, ...more]) =>
          only !== undefined && more.length === 0 ? only : { allOf: [only ?? {}, ...more] },
        ),
      },
      ...unions,
    ];
  }
  const saysNothing =
    Object.keys(rest).length === 0 ||
    (unions.length > 0 && Object.keys(rest).join() === "type" && rest.type === "object");
  return saysNothing ? unions : [...objectKinds(rest), ...unions];
}

const objectKeywords: readonly string[] = [
  "properties",
  "patternProperties",
  "additionalProperties",
  "required",
];
const arrayKeywords: readonly string[] = ["items", "additionalItems", "minItems"];

/** The part of a schema that speaks of values of one type. */
function onlyFor(type: Json, schema: Readonly<Record<string, Json>>): Record<string, Json> {
  const foreign = [...(type === "object" ? [] : objectKeywords), ...(type === "array" ? [] : arrayKeywords)];
  const kept = Object.entries(schema).filter(([key]) => !foreign.includes(key));
  return { ...Object.fromEntries(kept), type };
}

/** A map of which some keys are required is those keys and a map. */
function objectKinds(schema: Record<string, Json>): readonly Json[] {
  const { required, properties, additionalProperties } = schema;
  const isMap =
    properties === undefined &&
    isObject(additionalProperties) &&
    isStringArray(required) &&
    required.length > 0;
  if (!isMap) return [closed(requiredOnly(schema))];
  const named = required.map((key) => [key, additionalProperties] as const);
  return [
    closed({ type: "object", required, properties: Object.fromEntries(named) }),
    closed({ type: "object", additionalProperties }),
  ];
}

/** A property that is required and described nowhere in this schema may be anything, but is there. */
function requiredOnly(schema: Record<string, Json>): Record<string, Json> {
  const { required, properties } = schema;
  if (!isStringArray(required)) return schema;
  const known = isObject(properties) ? properties : {};
  const missing = required.filter((key) => !Object.hasOwn(known, key));
  if (missing.length === 0) return schema;
  const added = missing.map((key) => [key, { tsType: "unknown" }] as const);
  return { ...schema, properties: Object.fromEntries([...Object.entries(known), ...added]) };
}

/** `nullable` adds null to a type, as Ajv reads it. */
function nullable(schema: JsonObject): JsonObject {
  const { nullable: isNullable, type } = schema;
  if (isNullable !== true || type === undefined) return schema;
  return { ...schema, type: [...new Set([type, "null"].flat())] };
}

/** What the schema tells people, as TSDoc. */
function documentation(schema: JsonObject): JsonObject {
  const { description, default: fallback, examples, deprecated } = schema;
  const lines = [
    ...(typeof description === "string" ? [description] : []),
    ...(fallback === undefined ? [] : [`@default ${JSON.stringify(fallback)}`]),
    ...(Array.isArray(examples)
      ? examples.slice(0, 1).map((item: Json) => `@example ${JSON.stringify(item)}`)
      : []),
  ];
  return {
    ...(lines.length === 0 ? {} : { description: lines.join("\n\n") }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

/** Objects and arrays among the values are written as types: a value may look like a reference. */
function literals(key: "const" | "enum", value: Json, type: Json | undefined): JsonObject {
  const all = key === "enum" && Array.isArray(value) ? value : [value];
  const values = all.filter((item: Json) => isOfType(item, type));
  if (values.length === 0) return { tsType: "never" };
  if (values.every((item: Json) => typeof item !== "object" || item === null)) {
    return values.length === all.length ? { [key]: value } : { enum: values };
  }
  return { tsType: values.map(literalType).join(" | ") };
}

/** Whether a constant can be of the schema's type at all. */
function isOfType(value: Json, type: Json | undefined): boolean {
  if (type === undefined) return true;
  const name = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const names = [type].flat();
  return names.includes(name) || (name === "number" && names.includes("integer") && Number.isInteger(value));
}

function literalType(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literalType).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, child]) => `${JSON.stringify(key)}: ${literalType(child)}`,
  );
  return `{ ${members.join("; ")} }`;
}

/**
 * `prefixItems` would become `unknown[]`: the older spelling of tuples is understood. Its least number of items
 * says which of them are optional; other arrays have no such number, which would unfold them.
 */
function tuple(schema: JsonObject): JsonObject {
  const { prefixItems: prefix, items, minItems, ...rest } = schema;
  if (!Array.isArray(prefix)) return items === undefined ? rest : { ...rest, items };
  const least = typeof minItems === "number" ? minItems : 0;
  const marked = prefix.map((item: Json, index) =>
    index < least ? item : { ...optionalMark, allOf: [item] },
  );
  return { ...rest, items: marked, additionalItems: items ?? true, minItems: prefix.length };
}

/** An index signature beside named properties would break narrowing: a map keeps it, a record loses it. */
function closed(schema: Record<string, Json>): Json {
  const { properties, patternProperties } = schema;
  const hasProperties = isObject(properties) && Object.keys(properties).length > 0;
  const isRecord = hasProperties || schema.type === "object" || properties !== undefined;
  if (!isRecord)
    return Object.keys(schema).some((key) => key !== "description")
      ? schema
      : { ...schema, tsType: "unknown" };
  if (hasProperties) return { ...schema, additionalProperties: false };
  return patternProperties === undefined ? { additionalProperties: true, ...schema } : schema;
}
