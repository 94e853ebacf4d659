import { isObject, isStringArray, type Json, type JsonObject, own } from "@hivewire/codegen";
import { deepEqual, hasUniqueItems } from "@hivewire/protocol";
import { mapOf } from "../formula/document.js";
import { typeOf } from "../formula/node.js";
import { patternAccepts } from "../solve/holds.js";
import { formatAccepts, wholeNumbersOf } from "./formats.js";
import { isMultiple } from "./multiples.js";
import type { EvaluateSettings } from "./refusal.js";

/** A keyword without schemas that refuses a value, and the member it is about. */
interface Refused {
  readonly keyword: string;
  readonly key?: string;
}

function hasType(name: string, value: Json): boolean {
  return name === "integer" ? typeof value === "number" && Number.isInteger(value) : name === typeOf(value);
}

function hasFormat(name: string, value: Json): boolean {
  if (typeof value === "string") return formatAccepts(name, value);
  const whole = typeof value === "number" ? wholeNumbersOf(name) : undefined;
  if (!whole || typeof value !== "number") return true;
  return Number.isInteger(value) && value >= whole.least && value <= whole.most;
}

type Test = (limit: number) => boolean;

/** Keywords that compare with a number, for each type of value. */
function comparisons(value: Json): Readonly<Record<string, Test>> {
  if (typeof value === "number")
    return {
      minimum: (limit) => value >= limit,
      exclusiveMinimum: (limit) => value > limit,
      maximum: (limit) => value <= limit,
      exclusiveMaximum: (limit) => value < limit,
      multipleOf: (limit) => isMultiple(value, limit),
    };
  if (typeof value === "string") {
    const length = [...value].length;
    return { minLength: (limit) => length >= limit, maxLength: (limit) => length <= limit };
  }
  if (Array.isArray(value))
    return { minItems: (limit) => value.length >= limit, maxItems: (limit) => value.length <= limit };
  if (!isObject(value)) return {};
  const size = Object.keys(value).length;
  return { minProperties: (limit) => size >= limit, maxProperties: (limit) => size <= limit };
}

/** Keywords without schemas that refuse a value: JSON Schema Validation 2020-12, section 6. */
export function* assertions(schema: JsonObject, value: Json, settings: EvaluateSettings): Generator<Refused> {
  const type = own(schema, "type");
  const names = typeof type === "string" ? [type] : isStringArray(type) ? type : undefined;
  const isNull = value === null && own(schema, "nullable") === true;
  if (names && !isNull && !names.some((name) => hasType(name, value))) yield { keyword: "type" };
  const constant = own(schema, "const");
  if (constant !== undefined && !deepEqual(constant, value)) yield { keyword: "const" };
  const values = own(schema, "enum");
  if (Array.isArray(values) && !values.some((one: Json) => deepEqual(one, value))) yield { keyword: "enum" };
  for (const [keyword, test] of Object.entries(comparisons(value))) {
    const limit = own(schema, keyword);
    if (typeof limit === "number" && !test(limit)) yield { keyword };
  }
  const pattern = own(schema, "pattern");
  if (typeof value === "string" && typeof pattern === "string" && patternAccepts(pattern, value) !== true)
    yield { keyword: "pattern" };
  const format = own(schema, "format");
  if (settings.assertFormats && typeof format === "string" && !hasFormat(format, value))
    yield { keyword: "format" };
  if (Array.isArray(value) && own(schema, "uniqueItems") === true && !hasUniqueItems(value))
    yield { keyword: "uniqueItems" };
  if (!isObject(value)) return;
  const required = own(schema, "required");
  for (const key of isStringArray(required) ? required : [])
    if (own(value, key) === undefined) yield { keyword: "required", key };
  for (const [key, others] of mapOf(schema, "dependentRequired")) {
    if (own(value, key) === undefined) continue;
    for (const other of isStringArray(others) ? others : [])
      if (own(value, other) === undefined) yield { keyword: "dependentRequired", key: other };
  }
}
