import { sampleFrame, sampleFrames } from "@hivewire/testing";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAjv } from "../../codegen/test/support/ajv.js";
import { holds } from "../src/samples/holds.js";

type Schema = Readonly<Record<string, unknown>>;

/** A schema of one message that has the value under `v`. */
const under = (schema: unknown, $defs: Schema = {}): Schema => ({
  $defs,
  oneOf: [{ title: "M", type: "object", properties: { v: schema }, required: ["v"] }],
});

const list = {
  type: "object",
  properties: { next: { anyOf: [{ $ref: "#/$defs/L" }, { type: "null" }] } },
  required: ["next"],
};

type Row = readonly [title: string, schema: unknown, definitions?: Schema];

const named = (rows: readonly Row[]) => rows.map(([title, schema, $defs]) => ({ title, schema, $defs }));

/** Schemas of values, by what they ask for. */
const valid: readonly Row[] = [
  ["a constant", { const: { a: [1] } }],
  ["a list that all parts allow", { enum: ["a", 2, "c"], allOf: [{ type: "string" }, { enum: ["c"] }] }],
  ["what not leaves over", { enum: ["a", "b"], not: { const: "a" } }],
  ["what a schema of not leaves over", { type: "integer", minimum: 0, maximum: 1, not: { maximum: 0 } }],
  [
    "exactly one of overlapping branches",
    { type: "integer", minimum: 0, maximum: 9, oneOf: [{ minimum: 3 }, { maximum: 5 }] },
  ],
  [
    "names that a required one needs",
    { type: "object", required: ["a"], dependentRequired: { a: ["b"] }, additionalProperties: { const: 1 } },
  ],
  [
    "a schema that a property brings",
    {
      type: "object",
      properties: { a: { type: "integer" } },
      dependentSchemas: { a: { required: ["b"], properties: { b: { type: "string" } } } },
    },
  ],
  ["a recursion", { $ref: "#/$defs/L" }, { L: list }],
  ["open bounds", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ["a multiple of a decimal", { type: "number", multipleOf: 0.05, minimum: 0.3, maximum: 0.6 }],
  ["two multiples", { type: "integer", allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 1 }],
  ["a negative number", { type: "integer", maximum: -3 }],
  [
    "a tuple",
    { type: "array", prefixItems: [{ const: "e" }, { type: "boolean" }], items: false, minItems: 2 },
  ],
  [
    "an array without doubles",
    { type: "array", items: { type: "integer", minimum: 3, maximum: 7 }, minItems: 5, uniqueItems: true },
  ],
  [
    "a tuple that contains",
    { type: "array", prefixItems: [{ const: "open" }], minItems: 1, contains: { const: 7 } },
  ],
  ["an array that contains two", { type: "array", contains: { const: 3 }, minContains: 2 }],
  ["at least three properties", { type: "object", minProperties: 3, properties: { a: { type: "string" } } }],
  [
    "at most one property",
    { type: "object", maxProperties: 1, properties: { a: { type: "string" }, b: { type: "string" } } },
  ],
  [
    "names of a pattern",
    {
      type: "object",
      patternProperties: { "^k-\\d$": { type: "boolean" } },
      additionalProperties: false,
      minProperties: 2,
    },
  ],
  [
    "names that propertyNames wants",
    {
      type: "object",
      propertyNames: { pattern: "^[a-c]{2}$" },
      additionalProperties: { type: "integer" },
      minProperties: 2,
    },
  ],
  [
    "a condition",
    {
      type: "object",
      properties: { k: { enum: [1, 2] } },
      required: ["k"],
      if: { properties: { k: { const: 2 } } },
      then: { required: ["x"] },
    },
  ],
  [
    "a condition that cannot hold",
    {
      type: "object",
      properties: { k: { const: 1 } },
      required: ["k"],
      if: { properties: { k: { const: 2 } } },
      then: false,
      else: { required: ["y"] },
    },
  ],
  [
    "inheritance without surplus",
    {
      allOf: [{ type: "object", properties: { a: { type: "string" } } }],
      properties: { b: { type: "null" } },
      unevaluatedProperties: false,
    },
  ],
  ["a short text", { type: "string", maxLength: 1 }],
  ["an empty text", { type: "string", maxLength: 0 }],
  ["a long text", { type: "string", minLength: 300 }],
  ["a long text of a pattern", { type: "string", pattern: "^[ab]+$", minLength: 40 }],
  ["a long text of an open pattern", { type: "string", pattern: "_update$", minLength: 40 }],
  [
    "a property called __proto__",
    JSON.parse('{"type":"object","properties":{"__proto__":{"const":1}},"required":["__proto__"]}'),
  ],
  ["anything", true],
  ...[
    "^[a-z]{2,}-\\d+$",
    "^(foo|bar)?baz$",
    "^\\p{Lu}\\w{3}$",
    "^(?:\\d{1,3}\\.){3}\\d{1,3}$",
    "^[^a-z\\s]+$",
    "^#[0-9a-fA-F]{6}$",
    "^\\u0041\\x42\\u{43}$",
    "^[\\]\\-]{2}$",
    "^(?<year>\\d{4})-(0[1-9]|1[0-2])$",
    "\\.json$",
    "^$",
    "^a+?b*c?$",
    "^[a-zA-Z0-9_-]+@[a-z]+\\.[a-z]{2,}$",
  ].map((pattern) => [`a text of ${pattern}`, { type: "string", pattern }] as const),
  ...[
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
  ].map((format) => [`the format ${format}`, { type: "string", format }] as const),
];

describe("a sample", () => {
  it.each(named(valid))("is what Ajv accepts: $title", ({ schema, $defs }) => {
    const root = under(schema, $defs);
    const ajv = createAjv();
    ajv.opts.validateFormats = true;
    addFormats.default(ajv);
    const check = ajv.compile(root);
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("minimal" as const, "full" as const), (seed, variant) => {
        const value = sampleFrame(root, "M", { seed, variant });
        expect({ value, ok: check(value), errors: check.errors }).toEqual({ value, ok: true, errors: null });
      }),
      { numRuns: 30 },
    );
  });

  it("is of one branch only, where a pattern overlaps a constant", () => {
    const tagged = (title: string, type: unknown) => ({
      title,
      type: "object",
      properties: { type },
      required: ["type"],
    });
    const root = { oneOf: [tagged("A", { const: "a" }), tagged("B", { type: "string", pattern: "^[ab]$" })] };
    const made = Array.from({ length: 20 }, (_, seed) => sampleFrames(root, { seed }));
    expect(new Set(made.map(({ B }) => JSON.stringify(B)))).toEqual(new Set(['{"type":"b"}']));
  });

  const impossible: readonly Row[] = [
    ["nothing is valid", { type: "string", enum: [1] }],
    [
      "a recursion has no end",
      { $ref: "#/$defs/A" },
      { A: { type: "object", properties: { a: { $ref: "#/$defs/A" } }, required: ["a"] } },
    ],
    ["a reference leads nowhere", { $ref: "#/$defs/none" }],
    ["the schema is false", false],
  ];
  it.each(named(impossible))("is left out where $title", ({ schema, $defs }) => {
    expect(sampleFrames(under(schema, $defs))).toEqual({});
  });

  it("is given up where every branch of a grammar goes on", () => {
    const names = Array.from({ length: 12 }, (_, index) => `N${index}`);
    const branches = names.map((name) => ({
      type: "object",
      properties: { a: { $ref: `#/$defs/${name}` } },
      required: ["a"],
    }));
    const $defs = Object.fromEntries(names.map((name) => [name, { oneOf: branches }]));
    expect(sampleFrames(under({ $ref: "#/$defs/N0" }, $defs))).toEqual({});
  });
});

describe("holds", () => {
  const rows: readonly { readonly schema: Schema; readonly value: unknown; readonly want: boolean }[] = [
    { schema: { contains: { const: 1 }, maxContains: 1 }, value: [1, 1], want: false },
    { schema: { contains: { const: 1 }, minContains: 0 }, value: [], want: true },
    { schema: { prefixItems: [true], unevaluatedItems: false }, value: [1, 2], want: false },
    {
      schema: { prefixItems: [true], contains: { const: 2 }, unevaluatedItems: false },
      value: [1, 2],
      want: true,
    },
    { schema: { properties: { a: true }, unevaluatedProperties: false }, value: { a: 1, b: 2 }, want: false },
    {
      schema: { anyOf: [{ properties: { b: true } }], unevaluatedProperties: false },
      value: { b: 2 },
      want: true,
    },
    {
      schema: { not: { not: { properties: { b: true } } }, unevaluatedProperties: false },
      value: { b: 2 },
      want: false,
    },
    { schema: { if: { required: ["a"] }, then: { maxProperties: 1 } }, value: { a: 1, b: 1 }, want: false },
    { schema: { dependentRequired: { a: ["b"] } }, value: { a: 1 }, want: false },
    { schema: { oneOf: [true, true] }, value: 1, want: false },
    { schema: { type: "number" }, value: 1, want: true },
    { schema: { enum: [{ a: 1, b: 2 }] }, value: { b: 2, a: 1 }, want: true },
  ];
  it.each(rows)("says $want of $value for $schema, as Ajv does", ({ schema, value, want }) => {
    expect([holds(schema, schema, value), createAjv().validate(schema, value)]).toEqual([want, want]);
  });
});
