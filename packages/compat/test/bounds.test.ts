import { isObject, type Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { checkInclusion } from "../src/check-inclusion.js";

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A schema nested in itself. */
const nested = (levels: number, inner: Json, wrap: (schema: Json) => Json): Json =>
  times(levels, () => 0).reduce<Json>((schema) => wrap(schema), inner);

const inObject = (schema: Json): Json => ({ type: "object", properties: { a: schema }, required: ["a"] });

interface Row {
  readonly title: string;
  readonly narrow: Json;
  readonly wide: Json;
  readonly verdicts: readonly string[];
}

const any = ["included", "excluded", "unknown"];

const rows: readonly Row[] = [
  {
    title: "objects nested 240 levels deep that differ in the innermost",
    narrow: nested(240, { type: "string" }, inObject),
    wide: nested(240, { type: "number" }, inObject),
    verdicts: ["excluded"],
  },
  {
    title: "objects nested 1,500 levels deep that differ in the innermost",
    narrow: nested(1_500, { type: "string" }, inObject),
    wide: nested(1_500, { type: "number" }, inObject),
    verdicts: ["unknown"],
  },
  {
    title: "objects nested 50 levels deep that differ in the innermost",
    narrow: nested(50, { type: "string" }, inObject),
    wide: nested(50, { type: "number" }, inObject),
    verdicts: ["excluded"],
  },
  {
    title: "25 unions of two, beside each other",
    narrow: {
      allOf: times(25, (index) => ({ anyOf: [{ required: [`a${index}`] }, { required: [`b${index}`] }] })),
    },
    wide: { type: "object", minProperties: 26 },
    verdicts: any,
  },
  {
    title: "25 exclusive unions of overlapping branches, nested",
    narrow: nested(25, { type: "integer" }, (schema) => ({
      oneOf: [schema, { type: "number", minimum: 5 }],
    })),
    wide: nested(25, { type: "integer" }, (schema) => ({ oneOf: [schema, { type: "number", minimum: 6 }] })),
    verdicts: any,
  },
  {
    title: "an exclusive union of 200 overlapping branches",
    narrow: { oneOf: times(200, (index) => ({ type: "integer", minimum: index })) },
    wide: { oneOf: times(200, (index) => ({ type: "integer", minimum: index + 1 })) },
    verdicts: any,
  },
  {
    title: "an exclusive union of 200 overlapping objects",
    narrow: { type: "object", oneOf: times(200, (index) => ({ required: [`k${index}`] })) },
    wide: { type: "object", oneOf: times(199, (index) => ({ required: [`k${index}`] })) },
    verdicts: any,
  },
  {
    title: "500 dependencies",
    narrow: {
      type: "object",
      dependentRequired: Object.fromEntries(times(500, (index) => [`k${index}`, [`k${index + 1}`]])),
    },
    wide: { type: "object", dependentRequired: { k0: ["k500"] } },
    verdicts: any,
  },
  {
    title: "an enum of 5,000 values in another of as many",
    narrow: { enum: times(5_000, (index) => `v${index}`) },
    wide: { enum: times(5_000, (index) => `v${index + 1}`) },
    verdicts: ["excluded"],
  },
  {
    title: "an enum of 5,000 objects",
    narrow: { enum: times(5_000, (index) => ({ index })) },
    wide: { enum: times(4_999, (index) => ({ index })) },
    verdicts: any,
  },
  {
    title: "a billion items, members and characters",
    narrow: {
      anyOf: [
        { type: "array", minItems: 1e9 },
        { type: "object", minProperties: 1e9 },
        { type: "string", minLength: 1e9 },
      ],
    },
    wide: { type: "null" },
    verdicts: ["unknown"],
  },
  {
    title: "thirty definitions that lead to each other",
    narrow: mutual(30, { type: "string" }),
    wide: mutual(30, { type: ["string", "null"] }),
    verdicts: ["included"],
  },
  {
    title: "the same the other way round",
    narrow: mutual(30, { type: ["string", "null"] }),
    wide: mutual(30, { type: "string" }),
    verdicts: ["excluded"],
  },
  {
    title: "patterns that make an automaton explode",
    narrow: { type: "string", pattern: "^(a|b)*a(a|b){24}$" },
    wide: { type: "string", pattern: "^(a|b)*b(a|b){24}$" },
    verdicts: any,
  },
  {
    title: "a pattern that makes an engine backtrack",
    narrow: { type: "string", pattern: "^(a+)+$", minLength: 60 },
    wide: { type: "string", not: { pattern: "^(a+)+$" } },
    verdicts: any,
  },
  {
    title: "names of members that every object has",
    narrow: {
      type: "object",
      properties: { constructor: { type: "string" }, toString: true },
      required: ["constructor"],
    },
    wide: { type: "object", properties: { constructor: { type: "number" } } },
    verdicts: ["excluded"],
  },
  {
    title: "a key called __proto__",
    narrow: JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}',
    ),
    wide: JSON.parse('{"type":"object","properties":{"__proto__":{"type":"number"}}}'),
    verdicts: any,
  },
  {
    title: "the largest and the smallest number",
    narrow: { type: "number", minimum: 1e308, maximum: 1.7e308 },
    wide: { type: "number", minimum: 5e-324 },
    verdicts: ["included"],
  },
  {
    title: "a number between neighbours",
    narrow: { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 1.0000000000000002 },
    wide: { type: "null" },
    verdicts: any,
  },
  {
    title: "half a surrogate pair",
    narrow: { const: "\ud800" },
    wide: { type: "string", maxLength: 1 },
    verdicts: ["included"],
  },
  {
    title: "counted items among many",
    narrow: { type: "array", contains: { const: 1 }, minContains: 500, maxItems: 600 },
    wide: { type: "array", contains: { const: 2 } },
    verdicts: any,
  },
  {
    title: "unevaluated properties of twenty alternatives",
    narrow: {
      type: "object",
      anyOf: times(20, (index) => ({ properties: { [`k${index}`]: true }, required: [`k${index}`] })),
      unevaluatedProperties: false,
    },
    wide: { type: "object", maxProperties: 20 },
    verdicts: ["unknown"],
  },
];

function mutual(count: number, leaf: Json): Json {
  const definitions = times(count, (index) => [
    `d${index}`,
    {
      type: "object",
      properties: {
        leaf,
        next: { $ref: `#/$defs/d${(index + 1) % count}` },
        other: { $ref: `#/$defs/d${(index * 7) % count}` },
      },
      required: ["leaf"],
      additionalProperties: false,
    },
  ]);
  return { $ref: "#/$defs/d0", $defs: Object.fromEntries(definitions) };
}

describe("a pathological pair ends within the bounds", () => {
  it.each(rows)("$title", ({ narrow, wide, verdicts }) => {
    for (const bounds of [undefined, { maxSteps: 2_000 }]) {
      const result = checkInclusion(narrow, wide, bounds ? { bounds } : {});
      if (!bounds) expect(verdicts).toContain(result.verdict);
      if (result.verdict === "unknown") expect(result.reason).not.toBe("");
      if (result.verdict === "excluded" && isObject(narrow)) expect(result.keyword).not.toBe("");
    }
  });
});
