import { incomparable, type Rule, same, twins } from "./rule.js";
import { closed, object, open, text, whole } from "./shapes.js";

/** Members that are named by patterns, and those that nothing else is about. */
export const restRules: readonly Rule[] = [
  ...twins(
    "patternProperties",
    ["removed", "added"],
    object({ patternProperties: { "^x": text } }),
    object({}),
  ),
  ...twins(
    "patternProperties",
    ["values loosened", "values tightened"],
    object({ patternProperties: { "^x": whole } }),
    object({ patternProperties: { "^x": { type: "number" } } }),
  ),
  ...twins(
    "patternProperties",
    ["fewer names fall under it", "more names fall under it"],
    object({ patternProperties: { "^x": text } }),
    object({ patternProperties: { "^xy": text } }),
  ),
  ...twins(
    "patternProperties",
    ["a property out of it", "a property that falls under it"],
    object({ patternProperties: { "^x": text } }),
    open({ xa: text }),
  ),
  ...twins(
    "patternProperties",
    ["a closed object allows more names", "a closed object allows fewer names"],
    closed({ a: text }),
    closed({ a: text }, { patternProperties: { "^x": whole } }),
  ),
  ...incomparable(
    "patternProperties",
    "other names",
    object({ patternProperties: { "^x": text } }),
    object({ patternProperties: { "^y": text } }),
  ),
  ...same(
    "patternProperties",
    "one name as a property",
    object({ patternProperties: { "^a$": text } }),
    open({ a: text }),
  ),
  ...same(
    "patternProperties",
    "all names as a map",
    object({ patternProperties: { "": text } }),
    object({ additionalProperties: text }),
  ),
  ...twins(
    "unevaluatedProperties",
    ["removed", "added"],
    open({ a: text }, { unevaluatedProperties: false }),
    open({ a: text }),
  ),
  ...twins(
    "unevaluatedProperties",
    ["from none to some", "none any more"],
    open({ a: text }, { unevaluatedProperties: false }),
    open({ a: text }, { unevaluatedProperties: text }),
  ),
  ...twins(
    "unevaluatedProperties",
    ["a property in `allOf` added", "a property in `allOf` dropped"],
    object({ allOf: [open({ a: text })], unevaluatedProperties: false }),
    object({ allOf: [open({ a: text, b: text })], unevaluatedProperties: false }),
  ),
  ...twins(
    "unevaluatedProperties",
    ["a property in `anyOf` added", "a property in `anyOf` dropped"],
    object({ anyOf: [open({ a: text }), open({ c: text })], unevaluatedProperties: false }),
    object({ anyOf: [open({ a: text, b: true }), open({ c: text })], unevaluatedProperties: false }),
  ),
  ...incomparable(
    "unevaluatedProperties",
    "a property in a condition renamed",
    object({
      if: { required: ["k"] },
      then: { properties: { k: true, a: true } },
      unevaluatedProperties: false,
    }),
    object({
      if: { required: ["k"] },
      then: { properties: { k: true, b: true } },
      unevaluatedProperties: false,
    }),
  ),
  ...same(
    "unevaluatedProperties",
    "alone it is `additionalProperties`",
    closed({ a: text }),
    open({ a: text }, { unevaluatedProperties: false }),
  ),
  ...same(
    "unevaluatedProperties",
    "over `allOf` it closes all of it",
    object({ allOf: [open({ a: text }), open({ b: whole })], unevaluatedProperties: false }),
    closed({ a: text, b: whole }),
  ),
  ...same(
    "unevaluatedProperties",
    "beside a map it has nothing to say",
    object({ additionalProperties: text }),
    object({ additionalProperties: text, unevaluatedProperties: false }),
  ),
  ...same(
    "unevaluatedProperties",
    "over a union it closes each branch",
    {
      type: "object",
      oneOf: [
        open({ k: { const: 1 }, a: text }, { required: ["k"] }),
        open({ k: { const: 2 }, b: text }, { required: ["k"] }),
      ],
      unevaluatedProperties: false,
    },
    {
      oneOf: [
        closed({ k: { const: 1 }, a: text }, { required: ["k"] }),
        closed({ k: { const: 2 }, b: text }, { required: ["k"] }),
      ],
    },
  ),
];
