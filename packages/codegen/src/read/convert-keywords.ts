import { isObject, type Json, type JsonObject, own } from "../json.js";
import type { Dialect } from "./dialect.js";

/** One keyword of a schema on its way into 2020-12, with the keys that lead to its value in the source. */
export interface ConvertedKeyword {
  readonly keyword: string;
  readonly value: Json;
  /** Path of the value in the source schema; members of a map that was split carry their own. */
  readonly from: readonly string[];
  /** Members of a map, when only some of the source's belong under this keyword. */
  readonly members?: readonly string[];
}

const tupleDialects: ReadonlySet<Dialect> = new Set(["2019-09", "07", "06", "04"]);

/** `items` as an array and `additionalItems` (up to 2019-09) are `prefixItems` and `items` since. */
function convertTuple(schema: JsonObject, dialect: Dialect, keyword: string): string | undefined {
  if (!tupleDialects.has(dialect)) return keyword;
  const isTuple = Array.isArray(own(schema, "items"));
  if (keyword === "items" && isTuple)
    return Array.isArray(schema.items) && schema.items.length > 0 ? "prefixItems" : undefined;
  if (keyword === "additionalItems") return isTuple ? "items" : undefined;
  return keyword;
}

/** Draft 04 says `exclusiveMinimum: true` beside `minimum`. */
function convertBound(
  schema: JsonObject,
  keyword: string,
  value: Json,
): readonly ConvertedKeyword[] | undefined {
  const exclusive = keyword === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  if (keyword === "minimum" || keyword === "maximum") {
    return [{ keyword: own(schema, exclusive) === true ? exclusive : keyword, value, from: [keyword] }];
  }
  return (keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum") && typeof value === "boolean"
    ? []
    : undefined;
}

/** `dependencies` was split in 2019-09; Ajv reads it in every draft. */
function splitDependencies(value: JsonObject): readonly ConvertedKeyword[] {
  const names = Object.keys(value);
  const required = names.filter((name) => Array.isArray(own(value, name)));
  const schemas = names.filter((name) => !required.includes(name));
  const row = (keyword: string, members: readonly string[]): readonly ConvertedKeyword[] =>
    members.length === 0 ? [] : [{ keyword, value, from: ["dependencies"], members }];
  return [...row("dependentRequired", required), ...row("dependentSchemas", schemas)];
}

/**
 * The keywords of one schema in the words of draft 2020-12, in their order.
 * Keywords that only address schemas are left out: references no longer need them.
 */
export function convertKeywords(schema: JsonObject, dialect: Dialect): readonly ConvertedKeyword[] {
  return Object.entries(schema).flatMap(([key, value]): readonly ConvertedKeyword[] => {
    if (key === "dependencies" && isObject(value)) return splitDependencies(value);
    const bound = dialect === "04" ? convertBound(schema, key, value) : undefined;
    if (bound) return bound;
    const keyword = convertTuple(schema, dialect, key);
    return keyword === undefined ? [] : [{ keyword, value, from: [key] }];
  });
}
