import { isObject, type Json, type JsonObject, keysOf, own, valueAt } from "@hivewire/codegen";
import type { Random } from "../../../codegen/test/support/random-value.js";
import { type Edit, list, member, pick, without } from "./edit-table.js";
import { type Edited, isWhole, replaced, sitesOf } from "./random-edit.js";

const isScalar = (value: Json): boolean => typeof value !== "object" || value === null;

const reversed = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).toReversed());

/** Keywords that are read beside others, so that one cannot go without the other. */
const tied: readonly string[] = [
  ...["properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "allOf", "anyOf"],
  ...["oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref", "prefixItems", "items", "contains"],
  ...["minContains", "maxContains", "unevaluatedItems", "nullable", "type", "$defs"],
];

/** A property that no schema has, with what the schema says of such members anyway. */
function unheard(schema: JsonObject): JsonObject | undefined {
  if (own(schema, "properties") === undefined || own(schema, "patternProperties") !== undefined)
    return undefined;
  const rest = own(schema, "additionalProperties") ?? true;
  return { ...schema, properties: { ...member(schema, "properties"), "never heard of": rest } };
}

/** Other words for the same, by what they do. */
const spellings: Readonly<Record<string, Edit>> = {
  annotated: (schema) => ({ ...schema, title: "Another", $comment: "x", examples: [1], deprecated: true }),
  "keys in another order": reversed,
  "properties in another order": (schema) =>
    own(schema, "properties") === undefined
      ? undefined
      : { ...schema, properties: reversed(member(schema, "properties")) },
  "inside `allOf`": (schema) => ({ allOf: [schema] }),
  "inside `anyOf`": (schema) => ({ anyOf: [schema] }),
  "inside `oneOf`": (schema) => ({ oneOf: [false, schema] }),
  "denied twice": (schema) => ({ not: { not: schema } }),
  "in a condition": (schema) => ({ if: true, then: schema, else: false }),
  "a constant as an enum": (schema) => {
    const constant = own(schema, "const");
    return constant === undefined ? undefined : { ...without(schema, "const"), enum: [constant] };
  },
  "an enum as constants": (schema) => {
    const values = list(schema, "enum");
    if (values.length === 0 || own(schema, "anyOf") !== undefined) return undefined;
    return { ...without(schema, "enum"), anyOf: values.map((value) => ({ const: value })) };
  },
  "an enum in another order": (schema) =>
    list(schema, "enum").length < 2 ? undefined : { ...schema, enum: list(schema, "enum").toReversed() },
  "an enum with its types": (schema) => {
    const values = list(schema, "enum");
    if (values.length === 0 || own(schema, "type") !== undefined || !values.every(isScalar)) return undefined;
    return { ...schema, type: ["string", "number", "boolean", "null"] };
  },
  "types as a union": (schema) => {
    const types = list(schema, "type");
    if (types.length < 2 || own(schema, "anyOf") !== undefined || schema.nullable === true) return undefined;
    return { ...without(schema, "type"), anyOf: types.map((type) => ({ type })) };
  },
  "one type in a list": (schema) =>
    typeof schema.type === "string" ? { ...schema, type: [schema.type] } : undefined,
  "branches in another order": (schema) => {
    const keyword = ["oneOf", "anyOf", "allOf"].find((name) => list(schema, name).length > 1);
    return keyword === undefined ? undefined : { ...schema, [keyword]: list(schema, keyword).toReversed() };
  },
  "required keys in `allOf`": (schema) => {
    const keys = list(schema, "required");
    if (keys.length === 0 || own(schema, "allOf") !== undefined) return undefined;
    return { ...without(schema, "required"), allOf: keys.map((key) => ({ required: [key] })) };
  },
  "whole numbers above": (schema) => {
    const least = own(schema, "minimum");
    const isWhole = schema.type === "integer" && typeof least === "number" && Number.isInteger(least);
    if (!isWhole || own(schema, "exclusiveMinimum") !== undefined) return undefined;
    return { ...without(schema, "minimum"), exclusiveMinimum: least - 1 };
  },
  "a keyword in `allOf`": (schema, random) => {
    const keyword = pick(
      random,
      Object.keys(schema).filter((key) => !tied.includes(key)),
    );
    if (keyword === undefined || own(schema, "allOf") !== undefined) return undefined;
    return { ...without(schema, keyword), allOf: [{ [keyword]: own(schema, keyword) ?? null }] };
  },
  "what is said anyway": unheard,
};

/** Whether something looks at what other keywords evaluate: denials hide that, and more properties are more of it. */
const isWatched = (root: Json): boolean => JSON.stringify(root).includes('"unevaluated');

/** Says one schema at or below the root in other words. */
export function respelled(root: Json, random: Random): Edited {
  const sites = sitesOf(root);
  for (let tries = 0; tries < 200; tries++) {
    const site = pick(random, sites);
    const [name, way] = pick(random, Object.entries(spellings)) ?? ["", undefined];
    const changed = site && way?.(site.schema, random);
    if (!site || !changed || JSON.stringify(changed) === JSON.stringify(site.schema)) continue;
    if (isWatched(root) && ["denied twice", "what is said anyway"].includes(name)) continue;
    const schema = replaced(root, keysOf(site.pointer), changed);
    if (isWhole(schema)) return { schema, keyword: name, pointer: site.pointer };
  }
  return { schema: root, keyword: "none", pointer: "" };
}

/** The document with its definitions renamed. */
export function renamed(root: Json): Json {
  const definitions = isObject(root) ? valueAt(root, "/$defs") : undefined;
  if (!isObject(root) || !isObject(definitions)) return root;
  const prefix = "#/$defs/";
  const isReference = (key: string, value: Json): value is string =>
    key === "$ref" && typeof value === "string" && value.startsWith(prefix);
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        isReference(key, child) ? `${prefix}renamed-${child.slice(prefix.length)}` : visit(child),
      ]),
    );
  };
  const entries = Object.entries(definitions).map(
    ([name, schema]) => [`renamed-${name}`, visit(schema)] as const,
  );
  const rest = visit(without(root, "$defs"));
  return { ...(isObject(rest) ? rest : {}), $defs: Object.fromEntries(entries) };
}
