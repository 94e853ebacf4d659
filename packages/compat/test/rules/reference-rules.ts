import { incomparable, type Rule, same, twins } from "./rule.js";
import { next, number, text, tree, whole } from "./shapes.js";

/** References, and what they lead to. */
export const referenceRules: readonly Rule[] = [
  ...twins(
    "$ref",
    ["a keyword beside it dropped", "a keyword beside it added"],
    { $ref: "#/$defs/t", maxLength: 3, $defs: { t: text } },
    { $ref: "#/$defs/t", $defs: { t: text } },
  ),
  ...twins(
    "$ref",
    ["its target loosened", "its target tightened"],
    { $ref: "#/$defs/t", $defs: { t: whole } },
    { $ref: "#/$defs/t", $defs: { t: number } },
  ),
  ...twins(
    "$ref",
    ["what a recursion holds loosened", "what a recursion holds tightened"],
    tree({ properties: { v: whole, next } }),
    tree({ properties: { v: number, next } }),
  ),
  ...twins(
    "$ref",
    ["a recursion may end", "a recursion that may not be deep"],
    tree({ properties: { next: { type: "object", properties: { next: false } } } }),
    tree({ properties: { next } }),
  ),
  ...twins(
    "$ref",
    ["a recursion asks for less", "a recursion asks for more"],
    tree({ properties: { v: whole, next }, required: ["v"] }),
    tree({ properties: { v: whole, next } }),
  ),
  ...twins(
    "$ref",
    ["a list of lists loosened", "a list of lists tightened"],
    { $defs: { l: { anyOf: [whole, { type: "array", items: { $ref: "#/$defs/l" } }] } }, $ref: "#/$defs/l" },
    { $defs: { l: { anyOf: [number, { type: "array", items: { $ref: "#/$defs/l" } }] } }, $ref: "#/$defs/l" },
  ),
  ...incomparable(
    "$ref",
    "another target",
    { $ref: "#/$defs/t", $defs: { t: text } },
    { $ref: "#/$defs/t", $defs: { t: whole } },
  ),
  ...incomparable(
    "$ref",
    "what a recursion holds of another type",
    tree({ properties: { v: text, next } }),
    tree({ properties: { v: whole, next } }),
  ),
  ...same("$ref", "a target written out", { $ref: "#/$defs/t", $defs: { t: text } }, text),
  ...same("$ref", "a recursion written out once", tree({ properties: { next } }), {
    $defs: { node: { type: "object", properties: { next } } },
    type: "object",
    properties: { next: { type: "object", properties: { next } } },
  }),
  ...same("$ref", "a recursion of two instead of one", tree({ properties: { next } }), {
    $defs: {
      a: { type: "object", properties: { next: { $ref: "#/$defs/b" } } },
      b: { type: "object", properties: { next: { $ref: "#/$defs/a" } } },
    },
    $ref: "#/$defs/a",
  }),
  ...same(
    "$ref",
    "a recursion that can never end",
    tree({ properties: { next }, required: ["next"] }),
    false,
  ),
  ...same(
    "$ref",
    "the whole schema",
    { type: "object", properties: { next: { $ref: "#" } } },
    tree({ properties: { next } }),
  ),
  ...twins(
    "$anchor",
    ["its target loosened", "its target tightened"],
    { $ref: "#t", $defs: { x: { $anchor: "t", type: "integer" } } },
    { $ref: "#t", $defs: { x: { $anchor: "t", type: "number" } } },
  ),
  ...same(
    "$anchor",
    "a pointer instead",
    { $ref: "#t", $defs: { x: { $anchor: "t", type: "string" } } },
    { $ref: "#/$defs/x", $defs: { x: text } },
  ),
  ...same(
    "$dynamicRef",
    "a recursion by an anchor",
    { $dynamicAnchor: "node", type: "object", properties: { next: { $dynamicRef: "#node" } } },
    tree({ properties: { next } }),
  ),
  ...twins(
    "$dynamicRef",
    ["what it extends loosened", "what it extends tightened"],
    { $dynamicAnchor: "node", type: "object", properties: { v: whole, next: { $dynamicRef: "#node" } } },
    { $dynamicAnchor: "node", type: "object", properties: { v: number, next: { $dynamicRef: "#node" } } },
  ),
  ...incomparable(
    "$dynamicRef",
    "what it leads to of another type",
    { $dynamicAnchor: "node", type: "object", properties: { v: text, next: { $dynamicRef: "#node" } } },
    { $dynamicAnchor: "node", type: "object", properties: { v: whole, next: { $dynamicRef: "#node" } } },
  ),
  ...same(
    "$defs",
    "a definition renamed",
    { $ref: "#/$defs/a", $defs: { a: text } },
    { $ref: "#/$defs/b", $defs: { b: text } },
  ),
  ...same("$defs", "a recursive definition renamed", tree({ properties: { next, name: text } }), {
    $defs: { other: { type: "object", properties: { name: text, next: { $ref: "#/$defs/other" } } } },
    $ref: "#/$defs/other",
  }),
  ...same("$defs", "one that nothing refers to", text, {
    type: "string",
    $defs: { unused: { type: "integer" } },
  }),
  {
    ...{ keyword: "$ref", change: "a reference to itself, without end" },
    ...{
      before: text,
      after: { $defs: { t: { allOf: [{ $ref: "#/$defs/t" }] } }, anyOf: [text, { $ref: "#/$defs/t" }] },
    },
    ...{ client: "compatible", server: "unknown", both: "unknown" },
    mirror: { reason: "what such a schema says is not defined" },
    why: "a schema that is held against a value while it already is says nothing that is defined",
  },
  ...twins(
    "$ref",
    ["a property called `definitions` loosened", "a property called `definitions` tightened"],
    tree({ properties: { definitions: whole, next } }),
    tree({ properties: { definitions: number, next } }),
  ),
  ...incomparable(
    "$ref",
    "a constant with a key called `$ref`",
    tree({ properties: { v: { const: { $ref: "#/$defs/node" } }, next } }),
    tree({ properties: { v: { const: { $ref: "#/$defs/other" } }, next } }),
  ),
  ...same(
    "$ref",
    "a recursion through what is evaluated",
    tree({
      oneOf: [
        { properties: { not: { $ref: "#/$defs/node", unevaluatedProperties: false } }, required: ["not"] },
        { properties: { text }, required: ["text"] },
      ],
    }),
    tree({
      oneOf: [
        { properties: { text }, required: ["text"] },
        { properties: { not: { $ref: "#/$defs/node", unevaluatedProperties: false } }, required: ["not"] },
      ],
    }),
  ),
];
