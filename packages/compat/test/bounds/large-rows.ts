import type { Json } from "@hivewire/codegen";
import { alike, dominoes, range } from "../support/pathological.js";
import { list, map, type Row, string, text } from "./row.js";

const containing = (count: number): Json =>
  list({ allOf: range(count).map((value) => ({ contains: { const: value } })) });
const objects = (count: number): Json => ({ enum: range(count).map((a) => ({ a })) });
const overlapping = {
  oneOf: range(300).map((index) => ({ enum: range(20).map((value) => index * 10 + value) })),
};

/** Many keys, values and items. */
export const crowds: readonly Row[] = [
  [
    "500 keys that ask for each other",
    map({ required: ["k0"], allOf: [dominoes(500, 1)] }),
    { required: ["k500"] },
    "included",
  ],
  ["500 keys that ask for each other, two further", dominoes(500, 1), dominoes(500, 2), "excluded"],
  ["5,000 values", { enum: range(5_000) }, { enum: range(4_999) }, "excluded"],
  [
    "5,000 values of a property",
    alike(1, { enum: range(4_999) }),
    alike(1, { enum: range(5_000) }),
    "included",
  ],
  ["2,000 objects", objects(2_000), objects(1_999), "excluded"],
  ["300 enums that overlap", overlapping, { type: "integer", maximum: 3_000 }, "excluded"],
  ["3,000 properties", alike(3_000, { type: "integer" }), alike(3_000, { type: "number" }), "included"],
  [
    "1,000 required properties",
    alike(1_000, text, { required: range(1_000).map((index) => `p${index}`) }),
    { minProperties: 1_001 },
    "excluded",
  ],
  ["a billion items", list({ minItems: 1e9 }), list({ minItems: 5 }), "included"],
  ["a billion items to be shown", list({ minItems: 1e9 }), list({ maxItems: 5e9 }), "unknown"],
  ["9,999 items", list({ minItems: 9_999, items: text }), list({ maxItems: 5 }), "excluded"],
  [
    "39 different items out of 38",
    list({ minItems: 39, uniqueItems: true, items: { enum: range(38) } }),
    false,
    "included",
  ],
  [
    "a million different items",
    list({ minItems: 1e6, uniqueItems: true, items: { enum: range(100) } }),
    false,
    "unknown",
  ],
  [
    "300 places that differ",
    list({ prefixItems: range(300).map((value) => ({ const: value })), items: false }),
    { uniqueItems: true },
    "included",
  ],
  ["9 kinds of items", containing(9), { minItems: 9 }, "included"],
  ["31 kinds of items", containing(31), { minItems: 2 }, "unknown"],
  ["a billion members", map({ minProperties: 1e9 }), map({ minProperties: 5 }), "included"],
  ["a billion members to be shown", map({ minProperties: 1e9 }), map({ maxProperties: 5e9 }), "unknown"],
  [
    "400 members by a pattern",
    map({ minProperties: 400, propertyNames: { pattern: "^[a-z]{3}$" } }),
    map({ maxProperties: 5 }),
    "excluded",
  ],
  ["a text of a billion characters", string({ minLength: 1e9 }), string({ minLength: 5 }), "included"],
  [
    "a text of a billion characters to be shown",
    string({ minLength: 1e9 }),
    string({ maxLength: 5e9 }),
    "unknown",
  ],
];
