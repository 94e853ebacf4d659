import { incomparable, type Rule, same, twins } from "./rule.js";
import { closed, object, open, text, whole } from "./shapes.js";

/** Properties, those that are asked for, and those that are not named. */
export const objectRules: readonly Rule[] = [
  ...twins("required", ["removed", "added"], open({ a: text }, { required: ["a"] }), open({ a: text })),
  ...twins(
    "required",
    ["a key leaves", "a key joins"],
    object({ required: ["a", "b"] }),
    object({ required: ["a"] }),
  ),
  ...incomparable("required", "another key", object({ required: ["a"] }), object({ required: ["b"] })),
  ...incomparable(
    "required",
    "a new key of a closed object",
    closed({ a: text }, { required: ["a"] }),
    closed({ a: text, b: text }, { required: ["a", "b"] }),
  ),
  ...same("required", "an empty list", object({}), object({ required: [] })),
  ...same(
    "required",
    "a key twice in two places",
    object({ required: ["a"] }),
    object({ required: ["a"], allOf: [{ required: ["a"] }] }),
  ),
  ...same("required", "a key that is not allowed", closed({}, { required: ["a"] }), false),
  ...twins(
    "properties",
    ["a property of an open object dropped", "a property of an open object added"],
    open({ a: text, b: whole }),
    open({ a: text }),
  ),
  ...twins(
    "properties",
    ["an optional property of a closed object added", "an optional property of a closed object dropped"],
    closed({ a: text }),
    closed({ a: text, b: whole }),
  ),
  ...twins(
    "properties",
    ["a property loosened", "a property tightened"],
    open({ a: whole }),
    open({ a: { type: "number" } }),
  ),
  ...twins(
    "properties",
    ["a property of two levels loosened", "a property of two levels tightened"],
    open({ a: open({ b: { maximum: 1 } }) }),
    open({ a: open({ b: { maximum: 2 } }) }),
  ),
  ...twins(
    "properties",
    ["a property becomes nullable", "a property is null no more"],
    open({ a: text }),
    open({ a: { type: ["string", "null"] } }),
  ),
  ...twins(
    "properties",
    ["a property that must not be may be", "a property must not be"],
    open({ a: false }),
    open({ a: text }),
  ),
  ...incomparable(
    "properties",
    "a property of another type",
    open({ a: text }, { required: ["a"] }),
    open({ a: whole }, { required: ["a"] }),
  ),
  ...incomparable(
    "properties",
    "an optional property of another type",
    open({ a: text }),
    open({ a: whole }),
  ),
  ...incomparable(
    "properties",
    "a property of a closed object renamed",
    closed({ a: text }),
    closed({ b: text }),
  ),
  ...incomparable(
    "properties",
    "a required property renamed",
    open({ a: text }, { required: ["a"] }),
    open({ b: text }, { required: ["b"] }),
  ),
  ...same("properties", "a property about which nothing is said", object({}), open({ a: true })),
  ...same("properties", "in another order", open({ a: text, b: whole }), open({ b: whole, a: text })),
  ...twins("additionalProperties", ["removed", "added"], closed({ a: text }), open({ a: text })),
  ...twins(
    "additionalProperties",
    ["from none to some", "none any more"],
    closed({ a: text }),
    open({ a: text }, { additionalProperties: text }),
  ),
  ...twins(
    "additionalProperties",
    ["a map's values loosened", "a map's values tightened"],
    object({ additionalProperties: whole }),
    object({ additionalProperties: { type: "number" } }),
  ),
  ...twins(
    "additionalProperties",
    ["a property falls under it no more", "a property falls under it"],
    object({ additionalProperties: text }),
    open({ a: true }, { additionalProperties: text }),
  ),
  ...incomparable(
    "additionalProperties",
    "a map's values of another type",
    object({ additionalProperties: text, minProperties: 1 }),
    object({ additionalProperties: whole, minProperties: 1 }),
  ),
  ...same(
    "additionalProperties",
    "true says nothing",
    open({ a: text }),
    open({ a: text }, { additionalProperties: true }),
  ),
  ...same(
    "additionalProperties",
    "false alone is no members",
    object({ additionalProperties: false }),
    object({ maxProperties: 0 }),
  ),
];
