import { incomparable, type Rule, same, twins } from "./rule.js";
import { closed, object, text } from "./shapes.js";

/** Names and numbers of members, and what one asks of others. */
export const memberRules: readonly Rule[] = [
  ...twins("propertyNames", ["removed", "added"], object({ propertyNames: { maxLength: 4 } }), object({})),
  ...twins(
    "propertyNames",
    ["loosened", "tightened"],
    object({ propertyNames: { enum: ["a"] } }),
    object({ propertyNames: { enum: ["a", "b"] } }),
  ),
  ...twins(
    "propertyNames",
    ["a pattern loosened", "a pattern tightened"],
    object({ propertyNames: { pattern: "^[a-f]+$" } }),
    object({ propertyNames: { pattern: "^[a-z]+$" } }),
  ),
  ...incomparable(
    "propertyNames",
    "other names",
    object({ propertyNames: { pattern: "^a" }, minProperties: 1 }),
    object({ propertyNames: { pattern: "^b" }, minProperties: 1 }),
  ),
  ...same(
    "propertyNames",
    "listed names as a closed object",
    object({ propertyNames: { enum: ["a", "b"] } }),
    closed({ a: true, b: true }),
  ),
  ...same(
    "propertyNames",
    "false is no members",
    object({ propertyNames: false }),
    object({ maxProperties: 0 }),
  ),
  ...same(
    "propertyNames",
    "a pattern as a closed object",
    object({ propertyNames: { pattern: "^x" } }),
    closed({}, { patternProperties: { "^x": true } }),
  ),
  ...twins("minProperties", ["removed", "added"], object({ minProperties: 1 }), object({})),
  ...twins(
    "minProperties",
    ["loosened", "tightened"],
    object({ minProperties: 2 }),
    object({ minProperties: 1 }),
  ),
  ...twins(
    "minProperties",
    ["implied by what is required", "a number instead of names"],
    object({ required: ["a", "b"] }),
    object({ minProperties: 2 }),
  ),
  ...twins("maxProperties", ["removed", "added"], object({ maxProperties: 1 }), object({})),
  ...twins(
    "maxProperties",
    ["loosened", "tightened"],
    object({ maxProperties: 1 }),
    object({ maxProperties: 2 }),
  ),
  ...incomparable(
    "maxProperties",
    "a window moved",
    object({ minProperties: 1, maxProperties: 2 }),
    object({ minProperties: 2, maxProperties: 3 }),
  ),
  ...same("minProperties", "zero says nothing", object({}), object({ minProperties: 0 })),
  ...same(
    "minProperties",
    "every key of a closed object",
    closed({ a: text, b: text }, { minProperties: 2 }),
    closed({ a: text, b: text }, { required: ["a", "b"] }),
  ),
  ...same(
    "maxProperties",
    "as many as a closed object has",
    closed({ a: text }),
    closed({ a: text }, { maxProperties: 1 }),
  ),
  ...twins(
    "dependentRequired",
    ["removed", "added"],
    object({ dependentRequired: { a: ["b"] } }),
    object({}),
  ),
  ...twins(
    "dependentRequired",
    ["a key leaves", "a key joins"],
    object({ dependentRequired: { a: ["b", "c"] } }),
    object({ dependentRequired: { a: ["b"] } }),
  ),
  ...twins(
    "dependentRequired",
    ["only beside another key", "always asked for"],
    object({ required: ["b"] }),
    object({ dependentRequired: { a: ["b"] } }),
  ),
  ...incomparable(
    "dependentRequired",
    "the other way round",
    object({ dependentRequired: { a: ["b"] } }),
    object({ dependentRequired: { b: ["a"] } }),
  ),
  ...same(
    "dependentRequired",
    "as a condition",
    { type: "object", if: { required: ["a"] }, then: { required: ["b"] } },
    object({ dependentRequired: { a: ["b"] } }),
  ),
  ...same(
    "dependentRequired",
    "beside a required key",
    object({ required: ["a"], dependentRequired: { a: ["b"] } }),
    object({ required: ["a", "b"] }),
  ),
  ...twins(
    "dependentSchemas",
    ["removed", "added"],
    object({ dependentSchemas: { a: { maxProperties: 2 } } }),
    object({}),
  ),
  ...twins(
    "dependentSchemas",
    ["loosened", "tightened"],
    object({ dependentSchemas: { a: { maxProperties: 2 } } }),
    object({ dependentSchemas: { a: { maxProperties: 3 } } }),
  ),
  ...incomparable(
    "dependentSchemas",
    "beside another key",
    object({ dependentSchemas: { a: { required: ["x"] } } }),
    object({ dependentSchemas: { b: { required: ["x"] } } }),
  ),
  ...same(
    "dependentSchemas",
    "that requires only",
    object({ dependentSchemas: { a: { required: ["b"] } } }),
    object({ dependentRequired: { a: ["b"] } }),
  ),
];
