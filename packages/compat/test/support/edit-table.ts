import { isObject, type Json, type JsonObject, own } from "@hivewire/codegen";
import type { Random } from "../../../codegen/test/support/random-value.js";

/** A change of one keyword: gives the schema anew, or nothing where it does not fit. */
export type Edit = (schema: JsonObject, random: Random) => JsonObject | undefined;

/** One of several; undefined when there is none. */
export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

const isOf = (schema: JsonObject, type: string): boolean => {
  const found = own(schema, "type");
  return found === undefined || found === type || (Array.isArray(found) && found.includes(type));
};

/** A schema without a keyword. */
export const without = (schema: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));

const put =
  (keyword: string, values: readonly Json[], type?: string): Edit =>
  (schema, random) => {
    const value = pick(random, values);
    if (value === undefined || (type !== undefined && !isOf(schema, type))) return undefined;
    return { ...schema, [keyword]: value };
  };

const drop =
  (keyword: string): Edit =>
  (schema) =>
    own(schema, keyword) === undefined ? undefined : without(schema, keyword);

/** Moves a number that is there. */
const shift =
  (keyword: string): Edit =>
  (schema, random) => {
    const value = own(schema, keyword);
    if (typeof value !== "number") return undefined;
    return {
      ...schema,
      [keyword]: Math.max(
        keyword.startsWith("m") && keyword.length > 7 ? 0 : -1e6,
        value + (pick(random, [-2, -1, 1, 2]) ?? 1),
      ),
    };
  };

const small: readonly Json[] = [
  { type: "string" },
  { type: "integer" },
  { type: "number" },
  { type: "boolean" },
  { type: ["string", "null"] },
  { enum: ["a", "b"] },
  { const: "a" },
  { type: "object", properties: { id: { type: "string" } } },
  { type: "array", items: { type: "string" } },
  { minimum: 1 },
  { maxLength: 3 },
  { not: { type: "null" } },
  true,
  false,
];

/** An object under a keyword; empty when there is none. */
export function member(schema: JsonObject, keyword: string): JsonObject {
  const value = own(schema, keyword);
  return isObject(value) ? value : {};
}

/** A list under a keyword; empty when there is none. */
export function list(schema: JsonObject, keyword: string): readonly Json[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value : [];
}

const names = ["id", "type", "note", "x", "data"];

const types = ["object", "array", "string", "number", "integer", "boolean", "null"];

/** The table of changes, by keyword. */
export const edits: Readonly<Record<string, readonly Edit[]>> = {
  type: [
    put("type", [...types, ["string", "null"], ["object", "null"], ["integer", "string"]]),
    drop("type"),
    (schema, random) => {
      const type = own(schema, "type");
      if (type === undefined) return undefined;
      const before = typeof type === "string" ? [type] : Array.isArray(type) ? type : [];
      return { ...schema, type: [...new Set([...before, pick(random, types) ?? "null"])] };
    },
  ],
  enum: [
    (schema, random) => {
      const values = list(schema, "enum");
      return values.length < 2
        ? undefined
        : { ...schema, enum: values.filter((value) => value !== pick(random, values)) };
    },
    (schema) =>
      own(schema, "enum") === undefined ? undefined : { ...schema, enum: [...list(schema, "enum"), "added"] },
    put("enum", [["a"], ["a", "b", 1], [1, 2, null], [{ a: 1 }, "x"], [[1, 2], true]]),
    drop("enum"),
    (schema) => {
      const constant = own(schema, "const");
      return constant === undefined ? undefined : { ...without(schema, "const"), enum: [constant, "other"] };
    },
  ],
  const: [put("const", ["a", 1, null, { a: 1 }, [1], true]), drop("const")],
  minimum: [put("minimum", [-1, 0, 1, 2.5, 100], "number"), drop("minimum"), shift("minimum")],
  maximum: [put("maximum", [-1, 0, 1, 2.5, 100], "number"), drop("maximum"), shift("maximum")],
  exclusiveMinimum: [put("exclusiveMinimum", [-1, 0, 0.5, 10], "number"), drop("exclusiveMinimum")],
  exclusiveMaximum: [put("exclusiveMaximum", [0, 1, 10.5, 100], "number"), drop("exclusiveMaximum")],
  multipleOf: [put("multipleOf", [1, 2, 3, 5, 0.5, 0.25], "number"), drop("multipleOf")],
  minLength: [put("minLength", [0, 1, 2, 5], "string"), drop("minLength"), shift("minLength")],
  maxLength: [put("maxLength", [0, 1, 3, 10, 64], "string"), drop("maxLength"), shift("maxLength")],
  pattern: [
    put(
      "pattern",
      ["^a", "^[a-z]+$", "_update$", "^\\d{4}-\\d{2}$", "b", "^(?!x).*$", "^[a-z0-9_]{1,16}$"],
      "string",
    ),
    drop("pattern"),
  ],
  minItems: [put("minItems", [0, 1, 2], "array"), drop("minItems"), shift("minItems")],
  maxItems: [put("maxItems", [0, 1, 3], "array"), drop("maxItems"), shift("maxItems")],
  uniqueItems: [put("uniqueItems", [true], "array"), drop("uniqueItems")],
  items: [put("items", small, "array"), drop("items")],
  prefixItems: [
    put("prefixItems", [[{ type: "string" }], [{ const: 1 }, { type: "number" }]], "array"),
    drop("prefixItems"),
  ],
  contains: [put("contains", small, "array"), drop("contains")],
  maxContains: [put("maxContains", [0, 1, 2], "array"), drop("maxContains")],
  minContains: [put("minContains", [0, 1, 2], "array"), drop("minContains")],
  required: [
    (schema, random) => {
      const keys = [...Object.keys(member(schema, "properties")), ...names];
      const key = pick(random, keys) ?? "x";
      return isOf(schema, "object")
        ? { ...schema, required: [...new Set([...list(schema, "required"), key])] }
        : undefined;
    },
    (schema, random) => {
      const keys = list(schema, "required");
      const gone = pick(random, keys);
      return gone === undefined ? undefined : { ...schema, required: keys.filter((key) => key !== gone) };
    },
    drop("required"),
  ],
  properties: [
    (schema, random) =>
      isOf(schema, "object")
        ? {
            ...schema,
            properties: {
              ...member(schema, "properties"),
              [pick(random, names) ?? "x"]: pick(random, small) ?? true,
            },
          }
        : undefined,
    (schema, random) => {
      const properties = member(schema, "properties");
      const key = pick(random, Object.keys(properties));
      return key === undefined ? undefined : { ...schema, properties: without(properties, key) };
    },
    (schema, random) => {
      const properties = member(schema, "properties");
      const key = pick(random, Object.keys(properties));
      if (key === undefined) return undefined;
      return { ...schema, properties: { ...without(properties, key), [`${key}2`]: properties[key] ?? true } };
    },
  ],
  additionalProperties: [
    put("additionalProperties", [false, true, ...small], "object"),
    drop("additionalProperties"),
  ],
  patternProperties: [
    put(
      "patternProperties",
      [{ "^x": { type: "string" } }, { _id$: { type: "integer" } }, { "": true }],
      "object",
    ),
    drop("patternProperties"),
  ],
  propertyNames: [
    put(
      "propertyNames",
      [{ maxLength: 4 }, { pattern: "^[a-z_]+$" }, { enum: ["id", "type"] }, false],
      "object",
    ),
    drop("propertyNames"),
  ],
  minProperties: [put("minProperties", [0, 1, 2, 3], "object"), drop("minProperties")],
  maxProperties: [put("maxProperties", [0, 1, 4, 10], "object"), drop("maxProperties")],
  dependentRequired: [
    put("dependentRequired", [{ id: ["x"] }, { note: ["id", "type"] }], "object"),
    drop("dependentRequired"),
  ],
  dependentSchemas: [
    put(
      "dependentSchemas",
      [{ id: { required: ["x"] } }, { note: { properties: { id: { type: "string" } } } }],
      "object",
    ),
    drop("dependentSchemas"),
  ],
  unevaluatedProperties: [
    put("unevaluatedProperties", [false, { type: "string" }], "object"),
    drop("unevaluatedProperties"),
  ],
  unevaluatedItems: [put("unevaluatedItems", [false, { type: "string" }], "array"), drop("unevaluatedItems")],
  oneOf: [
    (schema, random) => ({ ...schema, oneOf: [...list(schema, "oneOf"), pick(random, small) ?? true] }),
    (schema) =>
      list(schema, "oneOf").length > 1 ? { ...schema, oneOf: list(schema, "oneOf").slice(1) } : undefined,
    (schema) =>
      list(schema, "oneOf").length > 1 ? { ...schema, oneOf: list(schema, "oneOf").toReversed() } : undefined,
    (schema) => {
      const branches = own(schema, "oneOf");
      return branches === undefined ? undefined : { ...without(schema, "oneOf"), anyOf: branches };
    },
  ],
  anyOf: [
    (schema, random) => ({ ...schema, anyOf: [...list(schema, "anyOf"), pick(random, small) ?? true] }),
    (schema) =>
      list(schema, "anyOf").length > 1 ? { ...schema, anyOf: list(schema, "anyOf").slice(1) } : undefined,
    drop("anyOf"),
  ],
  allOf: [
    (schema, random) => ({ ...schema, allOf: [pick(random, small) ?? true] }),
    drop("allOf"),
    (schema) => ({ allOf: [schema] }),
  ],
  not: [(schema, random) => ({ ...schema, not: pick(random, small) ?? true }), drop("not")],
  if: [
    (schema, random) => ({ ...schema, if: pick(random, small) ?? true, then: pick(random, small) ?? true }),
    (schema) => ({
      ...schema,
      if: { required: ["id"] },
      then: { required: ["x"] },
      else: { maxProperties: 3 },
    }),
    drop("then"),
    drop("else"),
  ],
  $ref: [
    drop("$ref"),
    (schema, random) =>
      own(schema, "$ref") === undefined ? undefined : { ...schema, allOf: [pick(random, small) ?? true] },
  ],
};
