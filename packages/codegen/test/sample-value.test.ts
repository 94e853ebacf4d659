import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { sampleValue } from "../src/emit/sample-value.js";
import { createAjv } from "./support/ajv.js";

const list = {
  $defs: {
    L: {
      type: "object",
      properties: { next: { anyOf: [{ $ref: "#/$defs/L" }, { type: "null" }] } },
      required: ["next"],
    },
  },
  $ref: "#/$defs/L",
};

describe("sampleValue", () => {
  const exact: readonly { readonly title: string; readonly schema: object; readonly want: unknown }[] = [
    { title: "a constant", schema: { const: { a: [1] } }, want: { a: [1] } },
    {
      title: "the first value of a list that all parts allow",
      schema: { enum: ["a", 2, "c"], allOf: [{ type: "string" }, { enum: ["c"] }] },
      want: "c",
    },
    { title: "a value that not leaves over", schema: { enum: ["a", "b"], not: { const: "a" } }, want: "b" },
    {
      title: "required properties only",
      schema: { type: "object", properties: { a: { type: "string" }, b: { type: "null" } }, required: ["b"] },
      want: { b: null },
    },
    {
      title: "names that a required one needs",
      schema: {
        type: "object",
        required: ["a"],
        dependentRequired: { a: ["b"] },
        additionalProperties: { const: 1 },
      },
      want: { a: 1, b: 1 },
    },
    { title: "the branch that ends a recursion", schema: list, want: { next: null } },
    {
      title: "the second branch when the first is impossible",
      schema: { type: "string", oneOf: [{ type: "number" }, { minLength: 6 }] },
      want: "textaa",
    },
    { title: "a whole number over an open bound", schema: { type: "integer", exclusiveMinimum: 4 }, want: 5 },
    { title: "a multiple", schema: { type: "number", multipleOf: 0.25, minimum: 0.3 }, want: 0.5 },
    { title: "a negative number", schema: { type: "integer", maximum: -3 }, want: -3 },
    {
      title: "a number between two open bounds",
      schema: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
      want: 0.5,
    },
    {
      title: "a tuple",
      schema: { prefixItems: [{ const: "e" }, { type: "boolean" }], items: false },
      want: ["e", true],
    },
    {
      title: "a property that Object.prototype has too",
      schema: { type: "object", properties: { constructor: { const: 1 } }, required: ["constructor"] },
      want: { constructor: 1 },
    },
    { title: "nothing where nothing is valid", schema: { type: "string", enum: [1] }, want: undefined },
    {
      title: "nothing for a recursion without end",
      schema: {
        $defs: { A: { type: "object", properties: { a: { $ref: "#/$defs/A" } }, required: ["a"] } },
        $ref: "#/$defs/A",
      },
      want: undefined,
    },
  ];

  test.each(exact)("makes $title", ({ schema, want }) => {
    expect(sampleValue(JSON.parse(JSON.stringify(schema)), "")).toEqual(want);
  });

  test("gives up on a grammar whose every branch goes on", () => {
    const names = Array.from({ length: 12 }, (_, index) => `N${index}`);
    const branch = {
      oneOf: names.map((name) => ({
        type: "object",
        properties: { a: { $ref: `#/$defs/${name}` } },
        required: ["a"],
      })),
    };
    const schema = { $defs: Object.fromEntries(names.map((name) => [name, branch])), $ref: "#/$defs/N0" };
    expect(sampleValue(schema, "")).toBeUndefined();
  });

  const valid: readonly (readonly [title: string, schema: object])[] = [
    [
      "a property called __proto__",
      JSON.parse('{"type":"object","properties":{"__proto__":{"const":1}},"required":["__proto__"]}'),
    ],
    [
      "an array without doubles",
      { type: "array", items: { type: "integer", minimum: 3 }, minItems: 4, uniqueItems: true },
    ],
    [
      "objects without doubles",
      {
        type: "array",
        items: { type: "object", properties: { a: { type: "string", pattern: "^[xy]$" } }, required: ["a"] },
        minItems: 2,
        uniqueItems: true,
      },
    ],
    [
      "texts without doubles",
      { type: "array", items: { type: "string", maxLength: 2 }, minItems: 3, uniqueItems: true },
    ],
    [
      "a tuple that contains",
      { type: "array", prefixItems: [{ const: "open" }], minItems: 1, contains: { const: 7 } },
    ],
    ["an array that contains", { type: "array", contains: { const: 3 }, minContains: 2 }],
    [
      "at least three properties",
      { type: "object", minProperties: 3, properties: { a: { type: "string" } } },
    ],
    [
      "a condition",
      {
        type: "object",
        properties: { k: { enum: [1, 2] } },
        required: ["k"],
        if: { properties: { k: { const: 2 } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ["x"] },
      },
    ],
    [
      "a condition that cannot hold",
      {
        type: "object",
        properties: { k: { const: 1 } },
        required: ["k"],
        if: { properties: { k: { const: 2 } }, required: ["k"] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: false,
        else: { required: ["y"] },
      },
    ],
    [
      "inherited parts",
      {
        $defs: { B: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
        allOf: [{ $ref: "#/$defs/B" }, { properties: { a: { minLength: 9, maxLength: 9 } } }],
      },
    ],
    ["several types", { type: ["null", "string"], minLength: 3 }],
    [
      "properties by pattern",
      { type: "object", required: ["s-a"], patternProperties: { "^s-": { type: "integer", minimum: 8 } } },
    ],
    ["a short text", { type: "string", maxLength: 1 }],
    ["an empty text", { type: "string", maxLength: 0 }],
    ...[
      "^[a-z]{2,}-\\d+$",
      "^(foo|bar)?baz$",
      "_update$",
      "^\\p{Lu}\\w{3}$",
      "^(?:\\d{1,3}\\.){3}\\d{1,3}$",
      "^[^a-z\\s]+$",
      "^v\\d+\\.\\d+$",
      "^#[0-9a-fA-F]{6}$",
      "^(?=.*x)[a-z]x$",
      "^\\u0041\\x42\\u{43}$",
      "^[\\]\\-]{2}$",
      "^(?<year>\\d{4})-(0[1-9]|1[0-2])$",
      "\\.json$",
      "^$",
      "^a+?b*c?$",
      "^[a-zA-Z0-9_-]+@[a-z]+\\.[a-z]{2,}$",
    ].map((pattern) => [`a text that matches ${pattern}`, { type: "string", pattern }] as const),
    ["a long text of a pattern", { type: "string", pattern: "^[ab]+$", minLength: 40 }],
    ["a long text of an open pattern", { type: "string", pattern: "_update$", minLength: 40 }],
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
    ].map((format) => [`format ${format}`, { type: "string", format }] as const),
  ];

  test.each(valid)("makes a valid value for %s", (_title, schema) => {
    const value = sampleValue(JSON.parse(JSON.stringify(schema)), "");
    const ajv = createAjv();
    ajv.opts.validateFormats = true;
    addFormats.default(ajv);
    const check = ajv.compile(schema);
    expect({ value, verdict: check(value), errors: check.errors }).toEqual({
      value,
      verdict: true,
      errors: null,
    });
  });
});
