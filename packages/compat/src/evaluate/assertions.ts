import { isObject, isStringArray, type Json, type JsonObject, own } from "@hivewire/codegen";
import { deepEqual, hasMaxLength, hasMinLength, hasUniqueItems } from "@hivewire/protocol";
import { mapOf } from "../formula/document.js";
import { typeOf } from "../formula/node.js";
import { formatAccepts, wholeNumbersOf } from "./formats.js";
import { isMultiple } from "./multiples.js";
import { patternAccepts } from "./pattern-accepts.js";
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

/** What a keyword says of a value: false where it refuses it. */
type Test = (said: Json, value: Json, schema: JsonObject, settings: EvaluateSettings) => boolean;

const onNumbers =
  (test: (value: number, limit: number) => boolean): Test =>
  (said, value) =>
    typeof said !== "number" || typeof value !== "number" || test(value, said);

const onTexts =
  (test: (value: string, limit: number) => boolean): Test =>
  (said, value) =>
    typeof said !== "number" || typeof value !== "string" || test(value, said);

const onLists =
  (test: (length: number, limit: number) => boolean): Test =>
  (said, value) =>
    typeof said !== "number" || !Array.isArray(value) || test(value.length, said);

const onObjects =
  (test: (size: number, limit: number) => boolean): Test =>
  (said, value) =>
    typeof said !== "number" || !isObject(value) || test(Object.keys(value).length, said);

const atLeast = (size: number, limit: number): boolean => size >= limit;
const atMost = (size: number, limit: number): boolean => size <= limit;

/** Keywords that are about the value as a whole, in the order in which their refusals are given. */
const tests: readonly (readonly [string, Test])[] = [
  [
    "type",
    (said, value, schema) => {
      const names = typeof said === "string" ? [said] : isStringArray(said) ? said : undefined;
      const isNull = value === null && own(schema, "nullable") === true;
      return !names || isNull || names.some((name) => hasType(name, value));
    },
  ],
  ["const", (said, value) => deepEqual(said, value)],
  ["enum", (said, value) => !Array.isArray(said) || said.some((one: Json) => deepEqual(one, value))],
  ["minimum", onNumbers((value, limit) => value >= limit)],
  ["exclusiveMinimum", onNumbers((value, limit) => value > limit)],
  ["maximum", onNumbers((value, limit) => value <= limit)],
  ["exclusiveMaximum", onNumbers((value, limit) => value < limit)],
  ["multipleOf", onNumbers(isMultiple)],
  ["minLength", onTexts(hasMinLength)],
  ["maxLength", onTexts(hasMaxLength)],
  ["minItems", onLists(atLeast)],
  ["maxItems", onLists(atMost)],
  ["minProperties", onObjects(atLeast)],
  ["maxProperties", onObjects(atMost)],
  [
    "pattern",
    (said, value) =>
      typeof said !== "string" || typeof value !== "string" || patternAccepts(said, value) === true,
  ],
  [
    "format",
    (said, value, _, { assertFormats }) =>
      !assertFormats || typeof said !== "string" || hasFormat(said, value),
  ],
  ["uniqueItems", (said, value) => said !== true || !Array.isArray(value) || hasUniqueItems(value)],
];

/** What one schema says by such keywords; told once, since values are held against the same schemas often. */
interface Said {
  readonly tests: readonly { readonly keyword: string; readonly said: Json; readonly test: Test }[];
  readonly required: readonly string[];
  readonly dependent: readonly (readonly [string, readonly string[]])[];
}

const known = new WeakMap<JsonObject, Said>();

const textsOf = (value: Json | undefined): readonly string[] => (isStringArray(value) ? value : []);

function saidBy(schema: JsonObject): Said {
  const before = known.get(schema);
  if (before) return before;
  const said = {
    tests: tests.flatMap(([keyword, test]) => {
      const value = own(schema, keyword);
      return value === undefined ? [] : [{ keyword, said: value, test }];
    }),
    required: textsOf(own(schema, "required")),
    dependent: mapOf(schema, "dependentRequired").map(([key, others]) => [key, textsOf(others)] as const),
  };
  known.set(schema, said);
  return said;
}

/** Keywords without schemas that refuse a value: JSON Schema Validation 2020-12, section 6. */
export function assertions(schema: JsonObject, value: Json, settings: EvaluateSettings): readonly Refused[] {
  const refused: Refused[] = [];
  const { tests: asked, required, dependent } = saidBy(schema);
  for (const { keyword, said, test } of asked)
    if (!test(said, value, schema, settings)) refused.push({ keyword });
  if (!isObject(value)) return refused;
  for (const key of required) if (!Object.hasOwn(value, key)) refused.push({ keyword: "required", key });
  for (const [key, others] of dependent) {
    if (!Object.hasOwn(value, key)) continue;
    for (const other of others)
      if (!Object.hasOwn(value, other)) refused.push({ keyword: "dependentRequired", key: other });
  }
  return refused;
}
