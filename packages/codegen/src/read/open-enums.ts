import { isObject, type Json, type JsonObject, own } from "../json.js";
import { childrenOf } from "./keywords.js";

/** Keyword beside `enum` or `const`: readers accept values that are not listed. */
const openKeyword = "x-open";

/** Keyword that keeps the values which an open enum lists: a word for people, and for types. */
export const knownKeyword = "x-known";

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** The schema without its list: any value of the listed types is accepted, and the list is told. */
function opened(schema: JsonObject): JsonObject {
  const listed = own(schema, "enum");
  const constant = own(schema, "const");
  const values = Array.isArray(listed) ? listed : constant === undefined ? undefined : [constant];
  if (own(schema, openKeyword) !== true || values === undefined) return schema;
  const types = [...new Set(values.map(typeOf))];
  const rest = Object.entries(schema).filter(([key]) => key !== "enum" && key !== "const");
  const type = types.length === 1 ? types : [types];
  return {
    ...(own(schema, "type") === undefined ? { type: type[0] ?? "string" } : {}),
    ...Object.fromEntries(rest),
    [knownKeyword]: values,
  };
}

/**
 * Makes `x-open` true for everyone who reads the schema: an `enum`, or `const`, with `"x-open": true` beside it becomes
 * the types of its values, and what it lists stays as `x-known`.
 */
export function openEnums(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const changed: Record<string, Json> = { ...schema };
  for (const { path, schema: child } of childrenOf(schema)) {
    const [keyword = "", name] = path;
    const inner = openEnums(child);
    if (inner === child) continue;
    const holder = changed[String(keyword)];
    changed[String(keyword)] =
      name === undefined
        ? inner
        : Array.isArray(holder)
          ? holder.map((item: Json, index) => (index === name ? inner : item))
          : { ...(isObject(holder) ? holder : {}), [name]: inner };
  }
  const isSame = Object.keys(changed).every((key) => changed[key] === schema[key]);
  return opened(isSame ? schema : changed);
}
