import { isObject, type Json, type JsonObject, own } from "@hivewire/codegen";
import { mapOf } from "../formula/document.js";

/** A schema without some keywords. */
export const without = (schema: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

/** What a keyword lists. */
export const list = (schema: JsonObject, keyword: string): readonly Json[] => {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value : [];
};

/** A schema of values that one of two accepts. */
export const either = (a: Json, b: Json): Json => ({ anyOf: [a, b] });

/** Members are gone: nothing asks for them. */
export function removed(schema: JsonObject, keys: readonly string[]): JsonObject {
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
  };
}

/**
 * `unevaluatedProperties` and `unevaluatedItems` where they could say something of a changed value, or of other values
 * than before. What described all other properties still declares them.
 */
export function withoutUnevaluated(schema: JsonObject, isAll = false): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    if (key !== "unevaluatedProperties" && key !== "unevaluatedItems") return [[key, value]];
    if (isObject(value)) return [[key, true]];
    return value === false && isAll ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** One member is another value. */
export function memberChanged(schema: JsonObject, key: string, inner: (child: Json) => Json): JsonObject {
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
export function membersChanged(schema: JsonObject, inner: (child: Json) => Json): JsonObject {
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
export function itemsChanged(
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
