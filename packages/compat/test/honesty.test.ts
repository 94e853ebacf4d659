import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { checkInclusion } from "../src/check-inclusion.js";

const notColoured = { type: "string", not: { format: "colour" } };
const map = (schema: object): Json => ({ type: "object", ...schema });
const list = (schema: object): Json => ({ type: "array", ...schema });
const anyOf = (keyword: string, names: string): Json => ({ not: { [keyword]: { [names]: false } } });

/** What nobody can tell, or the search does not follow: to take it for "no value" would prove what is not so. */
const unsure: readonly (readonly [string, Json, Json])[] = [
  ["a pattern that does not compile, of a constant", { enum: ["a"] }, { pattern: "(" }],
  ["a pattern that does not compile, of texts", { type: "string" }, { pattern: "(" }],
  [
    "a pattern that does not compile, of names",
    map({
      patternProperties: { "(": { type: "string" } },
      properties: { a: { type: "number" } },
      required: ["a"],
    }),
    false,
  ],
  ["a format that nobody knows", notColoured, false],
  [
    "a member of a format that nobody knows",
    map({ properties: { a: notColoured }, additionalProperties: false, minProperties: 1 }),
    false,
  ],
  [
    "different items of a format that nobody knows",
    list({ items: { anyOf: [{ const: "x" }, notColoured] }, minItems: 2, uniqueItems: true }),
    false,
  ],
  [
    "members that compete for one name",
    map({
      allOf: [anyOf("patternProperties", "^[ac]$"), anyOf("patternProperties", "^[bc]$")],
      maxProperties: 1,
    }),
    false,
  ],
  ["a reference that leads nowhere", { $ref: "#/$defs/gone" }, { type: "string" }],
  ["a divisor that divides nothing", { type: "number", multipleOf: 0, minimum: 5 }, { type: "string" }],
];

describe("claims nothing about", () => {
  it.each(unsure)("%s", (_, narrow, wide) => {
    expect(checkInclusion(narrow, wide)).toMatchObject({ verdict: "unknown" });
  });
});

/** What has to be found in few steps: without them, questions of real contracts would end at the bounds. */
const short: readonly (readonly [string, Json, Json, boolean, number])[] = [
  [
    "a union in itself",
    {
      oneOf: Array.from({ length: 200 }, (_, kind) =>
        map({ properties: { kind: { const: kind } }, required: ["kind"] }),
      ),
    },
    true,
    true,
    2,
  ],
  [
    "a union of 200 kinds with one more",
    {
      oneOf: Array.from({ length: 200 }, (_, kind) =>
        map({ properties: { kind: { const: kind }, a: { type: "string" } }, required: ["kind"] }),
      ),
    },
    {
      oneOf: Array.from({ length: 201 }, (_, kind) =>
        map({ properties: { kind: { const: kind }, a: { type: ["string", "null"] } }, required: ["kind"] }),
      ),
    },
    false,
    2_000,
  ],
  [
    "what is said of senders in itself",
    map({
      anyOf: Array.from({ length: 12 }, (_, key) => map({ properties: { [`k${key}`]: { type: "string" } } })),
    }),
    map({
      anyOf: Array.from({ length: 12 }, (_, key) => map({ properties: { [`k${key}`]: { type: "string" } } })),
    }),
    true,
    2,
  ],
];

describe("proves in few steps", () => {
  it.each(short)("%s", (_, narrow, wide, declaredOnly, most) => {
    const result = checkInclusion(narrow, wide, { declaredOnly });
    expect(result).toMatchObject({ verdict: "included" });
    expect(result.verdict === "included" && result.proof.steps).toBeLessThanOrEqual(most);
  });
});
