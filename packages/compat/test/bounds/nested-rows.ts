import type { Json } from "@hivewire/codegen";
import { chain, nested, nestedObjects, pigeons, range, unions } from "../support/pathological.js";
import { list, map, type Row, string, text } from "./row.js";

const requiring = (keyword: string, count: number): Json => ({
  [keyword]: range(count).map((index) => ({ required: [`k${index}`] })),
});
const unevaluated = (count: number): Json =>
  map({
    anyOf: range(count).map((index) => ({ required: [`k${index}`], properties: { [`k${index}`]: true } })),
    unevaluatedProperties: false,
  });
const nullable = { type: ["string", "null"] };
const exclusive = (least: number): Json =>
  chain(25, (inner) => ({ oneOf: [inner, { type: "number", minimum: least }] }), { type: "integer" });

/** How deep schemas and values may be. */
export const depth: readonly Row[] = [
  ["240 levels of objects", nestedObjects(240, text), nestedObjects(240, nullable), "included"],
  ["240 levels of objects, broken", nestedObjects(240, nullable), nestedObjects(240, text), "excluded"],
  ["more levels than are followed", nestedObjects(300, text), nestedObjects(300, nullable), "unknown"],
  ["20,000 levels of objects", nestedObjects(20_000, text), nestedObjects(20_000, true), "unknown"],
  [
    "200 levels of arrays",
    nested(200, (items) => list({ items, minItems: 1 }), text),
    nested(200, (items) => list({ items }), text),
    "included",
  ],
  ["1,000 denials of denials", nested(1_000, (not) => ({ not }), text), text, "included"],
  ["300 levels of `allOf`", nested(300, (inner) => ({ allOf: [inner, true] }), text), text, "included"],
  [
    "constants of 100 levels",
    { const: nested(100, (inner) => [inner], 1) },
    { const: nested(100, (inner) => [inner], 2) },
    "excluded",
  ],
  [
    "constants of 1,000 levels",
    { const: nested(1_000, (inner) => [inner], 1) },
    { const: nested(1_000, (inner) => [inner], 2) },
    "unknown",
  ],
];

/** Alternatives that multiply. */
export const alternatives: readonly Row[] = [
  ["25 unions beside each other", unions("oneOf", 25), unions("anyOf", 25), "included"],
  ["25 unions beside each other, broken", unions("anyOf", 25), unions("oneOf", 25), "excluded"],
  ["25 unions that are denied", unions("anyOf", 25), { not: unions("anyOf", 25) }, "excluded"],
  ["25 unions that have one member more", map(unions("anyOf", 25)), map({ minProperties: 26 }), "excluded"],
  [
    "25 unions inside each other",
    chain(25, (a) => ({ oneOf: [{ properties: { a } }, { properties: { b: a } }] }), text),
    chain(25, (a) => ({ anyOf: [{ properties: { b: a } }, { properties: { a } }] }), text),
    "included",
  ],
  ["25 exclusive unions inside each other", exclusive(5), exclusive(6), "excluded"],
  [
    "25 unions about the same text, which validators try out",
    chain(
      25,
      (inner) => ({ anyOf: [{ allOf: [inner, { minLength: 1 }] }, { allOf: [inner, { pattern: "a" }] }] }),
      text,
    ),
    string({ minLength: 3 }),
    "unknown",
  ],
  ["200 branches that overlap", requiring("oneOf", 200), requiring("anyOf", 200), "included"],
  ["200 branches that overlap, in pairs", requiring("anyOf", 200), requiring("oneOf", 200), "excluded"],
  ["200 branches that overlap, one less", requiring("oneOf", 200), requiring("oneOf", 199), "excluded"],
  ["9 pigeons in 8 holes", pigeons(9), false, "unknown"],
  [
    "30 conditions",
    {
      allOf: range(30).map((index) => ({
        if: { required: [`a${index}`] },
        then: { required: [`a${index + 1}`] },
        else: { maxProperties: index + 1 },
      })),
    },
    { maxProperties: 3 },
    "excluded",
  ],
  ["unevaluated members of 8 branches", unevaluated(8), map({ maxProperties: 8 }), "included"],
  ["unevaluated members of 12 branches", unevaluated(12), map({ maxProperties: 12 }), "unknown"],
];
