import {
  deepEqual,
  hasMaxLength,
  hasMinLength,
  hasUniqueItems,
  isJsonObject,
  isMultipleOf,
} from "@hivewire/protocol";
import { expressionOf, isTextList } from "./schema-walk.js";

/** Types of JSON Schema. */
export const typeNames = ["object", "array", "string", "integer", "number", "boolean", "null"] as const;
/** One of them. */
export type TypeName = (typeof typeNames)[number];

/** The narrowest type of a value: a whole number is an `integer`. */
function typeOf(value: unknown): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}

/** The types that `type` names, an integer being a number; undefined when it names none. */
export function typesOf(type: unknown): readonly TypeName[] | undefined {
  const named = typeof type === "string" ? [type] : isTextList(type) ? type : undefined;
  const known = named && typeNames.filter((name) => named.includes(name));
  return known?.includes("number") ? [...new Set<TypeName>([...known, "integer"])] : known;
}

/** Passes what is no number; numbers are held against a bound. */
function forNumbers(test: (value: number, bound: number) => boolean) {
  return (value: unknown, bound: unknown): boolean =>
    typeof value !== "number" || typeof bound !== "number" || test(value, bound);
}

function forTexts(test: (value: string, bound: number) => boolean) {
  return (value: unknown, bound: unknown): boolean =>
    typeof value !== "string" || typeof bound !== "number" || test(value, bound);
}

function forLists(test: (length: number, bound: number) => boolean) {
  return (value: unknown, bound: unknown): boolean =>
    !Array.isArray(value) || typeof bound !== "number" || test(value.length, bound);
}

function forObjects(test: (size: number, bound: number) => boolean) {
  return (value: unknown, bound: unknown): boolean =>
    !isJsonObject(value) || typeof bound !== "number" || test(Object.keys(value).length, bound);
}

function hasAll(value: object, names: unknown): boolean {
  return !isTextList(names) || names.every((name) => Object.hasOwn(value, name));
}

/** Keywords that hold no schemas, and when a value keeps them (JSON Schema 2020-12, validation, section 6). */
export const assertions: Readonly<Record<string, (value: unknown, keyword: unknown) => boolean>> = {
  type: (value, type) => typesOf(type)?.includes(typeOf(value)) ?? true,
  const: (value, constant) => deepEqual(value, constant),
  enum: (value, values) => !Array.isArray(values) || values.some((item) => deepEqual(item, value)),
  multipleOf: forNumbers(isMultipleOf),
  maximum: forNumbers((value, bound) => value <= bound),
  exclusiveMaximum: forNumbers((value, bound) => value < bound),
  minimum: forNumbers((value, bound) => value >= bound),
  exclusiveMinimum: forNumbers((value, bound) => value > bound),
  maxLength: forTexts(hasMaxLength),
  minLength: forTexts(hasMinLength),
  pattern: (value, pattern) =>
    typeof value !== "string" || typeof pattern !== "string" || expressionOf(pattern).test(value),
  maxItems: forLists((length, bound) => length <= bound),
  minItems: forLists((length, bound) => length >= bound),
  uniqueItems: (value, unique) => unique !== true || !Array.isArray(value) || hasUniqueItems(value),
  maxProperties: forObjects((size, bound) => size <= bound),
  minProperties: forObjects((size, bound) => size >= bound),
  required: (value, names) => !isJsonObject(value) || hasAll(value, names),
  dependentRequired: (value, map) =>
    !isJsonObject(value) ||
    !isJsonObject(map) ||
    Object.entries(map).every(([name, names]) => !Object.hasOwn(value, name) || hasAll(value, names)),
};
