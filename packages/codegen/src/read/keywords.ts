import { isObject, type Json, type JsonObject } from "../json.js";

/** What stands under a keyword: one schema, a list of them, or a map from names to them. */
type Holds = "schema" | "list" | "map";

/** Every keyword that holds schemas, of any draft; what is not listed holds data or nothing known. */
const applicators: ReadonlyMap<string, Holds> = new Map([
  ...(["allOf", "anyOf", "oneOf", "prefixItems"] as const).map((key) => [key, "list"] as const),
  ...(
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"] as const
  ).map((key) => [key, "map"] as const),
  ...(
    [
      ...["items", "additionalItems", "contains", "unevaluatedItems", "additionalProperties"],
      ...["unevaluatedProperties", "propertyNames", "not", "if", "then", "else", "contentSchema"],
    ] as const
  ).map((key) => [key, "schema"] as const),
]);

/** Keywords whose value is data, in which `$ref` means nothing. */
export const dataKeywords: ReadonlySet<string> = new Set(["const", "enum", "default", "examples", "example"]);

/** Keywords whose members are named by the schema's author. */
export const mapKeywords: ReadonlySet<string> = new Set(
  [...applicators].flatMap(([key, holds]) => (holds === "map" ? [key] : [])),
);

/** A schema below another, with the keys that lead to it. */
export interface Child {
  readonly path: readonly (string | number)[];
  readonly schema: Json;
}

/** Whether a keyword holds schemas. */
export function isApplicator(keyword: string): boolean {
  return applicators.has(keyword);
}

/** The schemas directly below this one, by the keywords that hold schemas. */
export function childrenOf(schema: JsonObject): readonly Child[] {
  const children: Child[] = [];
  for (const key in schema) {
    const holds = applicators.get(key);
    const value = schema[key];
    if (holds === undefined || value === undefined) continue;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) children.push({ path: [key, index], schema: item });
    } else if (holds === "map" && isObject(value)) {
      for (const [name, child] of Object.entries(value)) children.push({ path: [key, name], schema: child });
    } else if (holds === "schema") {
      children.push({ path: [key], schema: value });
    }
  }
  return children;
}

/** Keywords that have no say about a value. */
const silentKeywords: ReadonlySet<string> = new Set([
  ...["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "deprecated"],
  ...["examples", "example", "readOnly", "writeOnly", "discriminator", "version"],
  ...["contentEncoding", "contentMediaType", "contentSchema"],
]);

/** Whether a keyword can have a say about a value; unknown ones count as if they could. */
export function isAssertion(keyword: string): boolean {
  return !silentKeywords.has(keyword) && !keyword.startsWith("x-");
}

/** Keywords that assert something without holding schemas. */
const plainAssertions = [
  ...[
    "$ref",
    "$dynamicRef",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "type",
    "nullable",
    "format",
    "pattern",
  ],
  ...["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength"],
  ...["maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties"],
  ...["required", "dependentRequired"],
];

/** Every keyword that JSON Schema, OpenAPI or this tool gives a meaning. */
export function knownKeywords(): readonly string[] {
  return [...applicators.keys(), ...dataKeywords, ...silentKeywords, ...plainAssertions];
}

/** Whether a keyword has a meaning, or is marked as somebody's own by `x-`. */
export function isKnownKeyword(keyword: string): boolean {
  return keyword.startsWith("x-") || knownKeywords().includes(keyword);
}
