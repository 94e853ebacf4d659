import type { Json } from "@hivewire/codegen";
import { incomparable, type Rule, same, twins } from "./rule.js";
import { number, text, whole } from "./shapes.js";

const keyed = (kind: string, properties: object): Json => ({
  type: "object",
  properties: { kind: { const: kind }, ...properties },
  required: ["kind"],
});

/** Keywords that hold other schemas against the same value. */
export const logicRules: readonly Rule[] = [
  ...twins(
    "allOf",
    ["a branch dropped", "a branch added"],
    { allOf: [text, { maxLength: 3 }] },
    { allOf: [text] },
  ),
  ...twins(
    "allOf",
    ["a branch loosened", "a branch tightened"],
    { allOf: [text, { maxLength: 3 }] },
    { allOf: [text, { maxLength: 4 }] },
  ),
  ...incomparable(
    "allOf",
    "a branch replaced",
    { allOf: [text, { minLength: 3 }] },
    { allOf: [text, { maxLength: 4 }] },
  ),
  ...same("allOf", "branches that exclude each other", { allOf: [text, whole] }, false),
  ...twins(
    "anyOf",
    ["a branch added", "a branch dropped"],
    { anyOf: [text, whole] },
    { anyOf: [text, whole, { type: "null" }] },
  ),
  ...twins(
    "anyOf",
    ["a branch loosened", "a branch tightened"],
    { anyOf: [text, whole] },
    { anyOf: [text, number] },
  ),
  ...twins("anyOf", ["becomes anything", "anything becomes a union"], { anyOf: [text, whole] }, {}),
  ...incomparable(
    "anyOf",
    "a branch replaced",
    { anyOf: [text, whole] },
    { anyOf: [text, { type: "null" }] },
  ),
  ...same("anyOf", "a branch that another holds", { anyOf: [number, whole] }, number),
  ...same("anyOf", "ranges that meet", { type: "number", anyOf: [{ maximum: 5 }, { minimum: 5 }] }, number),
  ...twins(
    "oneOf",
    ["a branch of its own added", "a branch of its own dropped"],
    { oneOf: [keyed("a", {}), keyed("b", {})] },
    { oneOf: [keyed("a", {}), keyed("b", {}), keyed("c", {})] },
  ),
  ...twins(
    "oneOf",
    ["a branch loosened", "a branch tightened"],
    { oneOf: [keyed("a", { n: whole }), keyed("b", {})] },
    { oneOf: [keyed("a", { n: number }), keyed("b", {})] },
  ),
  ...twins(
    "oneOf",
    ["branches that overlap become `anyOf`", "an `anyOf` that overlaps becomes `oneOf`"],
    { oneOf: [{ type: "number", minimum: 0 }, whole] },
    { anyOf: [{ type: "number", minimum: 0 }, whole] },
  ),
  ...incomparable(
    "oneOf",
    "a branch that overlaps added",
    { oneOf: [whole, text] },
    { oneOf: [whole, text, number] },
  ),
  ...incomparable(
    "oneOf",
    "a branch replaced",
    { oneOf: [text, whole] },
    { oneOf: [text, { type: "null" }] },
  ),
  ...same("oneOf", "branches of their own as `anyOf`", { oneOf: [text, whole] }, { anyOf: [text, whole] }),
  ...same("oneOf", "the same branch twice", { oneOf: [text, text] }, false),
  ...same("oneOf", "a branch inside another", { oneOf: [number, whole] }, { type: "number", not: whole }),
  ...twins("not", ["removed", "added"], { type: "string", not: { const: "a" } }, text),
  ...twins("not", ["refuses less", "refuses more"], { not: number }, { not: whole }),
  ...incomparable("not", "another one", { not: text }, { not: whole }),
  ...incomparable("not", "the contrary", text, { not: text }),
  ...same("not", "twice", { not: { not: text } }, text),
  ...same("not", "of a union", { not: { anyOf: [text, whole] } }, { allOf: [{ not: text }, { not: whole }] }),
  ...same(
    "not",
    "the types that are left",
    { not: { type: ["null", "boolean", "number", "object"] } },
    { type: ["string", "array"] },
  ),
  ...twins("if", ["removed", "added"], { if: { required: ["a"] }, then: { maxProperties: 1 } }, {}),
  ...twins(
    "then",
    ["loosened", "tightened"],
    { if: text, then: { maxLength: 3 } },
    { if: text, then: { maxLength: 4 } },
  ),
  ...twins("then", ["removed", "added"], { if: text, then: { maxLength: 3 } }, { if: text }),
  ...twins("else", ["loosened", "tightened"], { if: text, else: whole }, { if: text, else: number }),
  ...twins("else", ["removed", "added"], { if: text, else: whole }, { if: text }),
  ...twins(
    "if",
    ["the condition holds less often", "the condition holds more often"],
    { type: "string", if: true, then: { minLength: 3 } },
    { type: "string", if: { pattern: "^a" }, then: { minLength: 3 } },
  ),
  ...incomparable(
    "if",
    "branches swapped",
    { if: text, then: { minLength: 3 }, else: whole },
    { if: text, then: { maxLength: 1 }, else: number },
  ),
  ...same("if", "alone it says nothing", {}, { if: text }),
  ...same(
    "if",
    "as a union",
    { if: text, then: { minLength: 3 }, else: whole },
    { anyOf: [{ type: "string", minLength: 3 }, whole] },
  ),
  ...same("if", "a condition that always holds", { if: true, then: text, else: whole }, text),
  ...same("then", "without `if`", {}, { then: text, else: whole }),
  ...twins(
    "oneOf",
    ["branches that overlap become what both refuse", "what both refuse becomes branches"],
    { type: "string", oneOf: [{ pattern: "^a" }, { pattern: "b$" }] },
    { type: "string", not: { pattern: "^a.*b$" } },
  ),
  ...same(
    "oneOf",
    "one of three branches twice",
    { type: "number", oneOf: [{ minimum: 0 }, { minimum: 0 }, { maximum: 5 }] },
    { type: "number", exclusiveMaximum: 0 },
  ),
];
