import type { Json } from "@hivewire/codegen";
import { parsed, range, recursion } from "../support/pathological.js";
import { map, type Row, string, text } from "./row.js";

const prefixes = (count: number): Json =>
  map({
    patternProperties: Object.fromEntries(
      range(count).map((index) => [
        `[${String.fromCharCode(97 + index)}]`,
        { type: "integer", minimum: index },
      ]),
    ),
  });
const whole = { type: "integer" };
const number = { type: "number" };
const itself = (schema: Json): Json => ({ $defs: { a: schema }, $ref: "#/$defs/a" });

/** What leads back to itself, and patterns that blow up. */
export const loops: readonly Row[] = [
  ["30 definitions", recursion(30, whole), recursion(30, number), "included"],
  ["30 definitions, broken", recursion(30, number), recursion(30, whole), "excluded"],
  ["30 definitions and 29 others", recursion(30, whole), recursion(29, number), "unknown"],
  ["30 definitions without an end", recursion(30, text, { required: ["a"] }), false, "included"],
  ["a definition that is itself", itself({ $ref: "#/$defs/a" }), text, "unknown"],
  ["a definition that it is not", itself({ not: { $ref: "#/$defs/a" } }), text, "unknown"],
  [
    "repetitions of repetitions",
    string({ pattern: "^(a+)+$" }),
    string({ pattern: "^(a|aa)+$" }),
    "included",
  ],
  [
    "repetitions that look back far",
    string({ pattern: "(a|b)*a(a|b){14}$" }),
    string({ pattern: "(a|b)*b(a|b){14}$" }),
    "excluded",
  ],
  [
    "14 patterns at once",
    string({ allOf: range(14).map((index) => ({ pattern: `a.{${index * 3 + 5}}b` })) }),
    string({ pattern: "c{3}" }),
    "unknown",
  ],
  [
    "counted repetitions of counted repetitions",
    string({ pattern: "^([a-z]{1,100}){1,100}$" }),
    string({ maxLength: 9_999 }),
    "unknown",
  ],
  ["12 patterns of names", prefixes(12), { additionalProperties: number }, "unknown"],
];

/** Names that every object has, numbers at the end of what doubles say, halves of characters. */
export const oddities: readonly Row[] = [
  [
    "`__proto__` as a key",
    parsed('{ "properties": { "__proto__": { "type": "string" } } }'),
    parsed('{ "properties": { "__proto__": { "type": ["string", "null"] } } }'),
    "included",
  ],
  ["`__proto__` as a required key", map({ required: ["__proto__"] }), map({ required: ["a"] }), "excluded"],
  [
    "`constructor` as a key",
    map({ properties: { constructor: text }, required: ["constructor"] }),
    map({ properties: { constructor: number } }),
    "excluded",
  ],
  ["`constructor` that is not asked for", map({}), map({ required: ["constructor"] }), "excluded"],
  ["`toString` that has to be there", map({ required: ["toString"] }), map({ minProperties: 1 }), "included"],
  [
    "`hasOwnProperty` of a definition",
    { $defs: { hasOwnProperty: text }, $ref: "#/$defs/hasOwnProperty" },
    text,
    "included",
  ],
  [
    "`constructor` as a constant's key",
    { const: { constructor: 1 } },
    map({ required: ["constructor"] }),
    "included",
  ],
  ["numbers up to 1e308", { ...number, maximum: 1e307 }, { ...number, maximum: 1e308 }, "included"],
  ["numbers from 1e308 on", { ...number, minimum: 1e308 }, { ...number, maximum: 1e307 }, "excluded"],
  ["whole numbers from 1e300 on", { ...whole, minimum: 1e300 }, { ...whole, maximum: 1e299 }, "excluded"],
  [
    "the least number above zero",
    { ...number, exclusiveMinimum: 0 },
    { ...number, minimum: 5e-324 },
    "unknown",
  ],
  [
    "the least number above zero, loosened",
    { ...number, minimum: 5e-324 },
    { ...number, exclusiveMinimum: 0 },
    "included",
  ],
  ["a divisor next to zero", { ...number, multipleOf: 5e-324 }, { ...number, maximum: -1 }, "excluded"],
  ["a divisor of 1e308", { ...number, multipleOf: 1e308 }, { ...number, maximum: -1 }, "excluded"],
  ["half a character", { const: "\ud800" }, string({ maxLength: 1 }), "included"],
  ["half a character that is none", string({ pattern: "^[\\u{1F41D}]$" }), { enum: ["\ud83d"] }, "excluded"],
  [
    "a key of half a character",
    map({ required: ["\udc1d"] }),
    map({ propertyNames: { maxLength: 0 } }),
    "excluded",
  ],
  ["a number that JSON cannot write", { const: Number.POSITIVE_INFINITY }, { const: null }, "excluded"],
];
