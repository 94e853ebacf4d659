import { nearestName } from "@hivewire/protocol";
import { isObject, type Json, type JsonObject, own, pointerOf } from "../json.js";
import type { Model } from "../model.js";
import { lowerPattern } from "../patterns/lower-pattern.js";
import { isApplicator, isKnownKeyword, knownKeywords } from "../read/keywords.js";
import { definitionKeywords } from "../read/read-messages.js";
import { targetOf, walkSchemas } from "../read/references.js";
import type { Rule, RuleFinding } from "./rule.js";

type Visit = (schema: JsonObject, pointer: string) => Iterable<RuleFinding>;

/** A rule that looks at each schema by itself. */
const each =
  (visit: Visit) =>
  (model: Model): Iterable<RuleFinding> =>
    walkSchemas(model.schema).flatMap(({ schema, pointer }) => [...visit(schema, pointer)]);

function* closedObjects(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  for (const keyword of ["additionalProperties", "unevaluatedProperties"]) {
    if (own(schema, keyword) !== false) continue;
    yield {
      pointer: pointer + pointerOf([keyword]),
      message: "The object is closed: every property added later breaks readers of this version.",
      fix: `Remove "${keyword}": false, or waive this where nothing will ever be added.`,
    };
  }
}

const isUnsafe = (value: Json | undefined): boolean =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);

function* unsafeIntegers(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  const keyword = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"].find((name) =>
    isUnsafe(own(schema, name)),
  );
  const format = own(schema, "format");
  const isWide = own(schema, "type") === "integer" && (format === "int64" || format === "uint64");
  if (keyword === undefined && !isWide) return;
  yield {
    pointer: pointer + pointerOf([keyword ?? "format"]),
    message: "JavaScript cannot hold every integer of this range: beyond 2^53 neighbours become equal.",
    fix: 'Send it as a text of digits ("type": "string"), or keep it within ±9007199254740991.',
  };
}

function* missingTypes(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  if (
    pointer === "" ||
    ["type", "const", "enum", "$ref", "allOf"].some((key) => own(schema, key) !== undefined)
  )
    return;
  const kind = ["properties", "required", "additionalProperties"].some(
    (key) => own(schema, key) !== undefined,
  )
    ? "object"
    : ["items", "prefixItems"].some((key) => own(schema, key) !== undefined)
      ? "array"
      : undefined;
  // Within allOf and its like, the type stands beside the part.
  if (
    kind === undefined ||
    /\/(allOf|anyOf|oneOf|not|if|then|else|dependentSchemas)(\/[^/]*)?$/.test(pointer)
  )
    return;
  yield {
    pointer,
    message: `The schema describes an ${kind} and accepts any other kind of value too; its type says ${kind} only.`,
    fix: `Add "type": "${kind}".`,
  };
}

function* unboundedPatterns(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  const pattern = own(schema, "pattern");
  if (typeof pattern !== "string" || own(schema, "maxLength") !== undefined) return;
  if (lowerPattern(pattern).kind !== "expression") return;
  yield {
    pointer: pointer + pointerOf(["pattern"]),
    message: "A text of any length is held against this pattern.",
    fix: 'Add "maxLength": longer texts are then refused unread.',
  };
}

function* unknownKeywords(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  for (const keyword of Object.keys(schema)) {
    if (isKnownKeyword(keyword) || (pointer === "" && keyword === "version")) continue;
    const near = nearestName(keyword, knownKeywords());
    yield {
      pointer: pointer + pointerOf([keyword]),
      message: `"${keyword}" is no keyword of JSON Schema: it has no effect.`,
      fix: near === undefined ? `Remove it, or call it "x-${keyword}".` : `Write "${near}".`,
    };
  }
}

function* unreferenced(model: Model): Generator<RuleFinding> {
  const used = new Set(walkSchemas(model.schema).flatMap(({ schema }) => targetOf(schema) ?? []));
  const messages = new Set(model.messages.map(({ pointer }) => pointer));
  for (const keyword of definitionKeywords) {
    const definitions = own(model.schema, keyword);
    for (const key of isObject(definitions) ? Object.keys(definitions) : []) {
      const pointer = pointerOf([keyword, key]);
      if (
        messages.has(pointer) ||
        [...used].some((target) => target === pointer || target.startsWith(`${pointer}/`))
      )
        continue;
      yield { pointer, message: `Nothing refers to ${key}.`, fix: "Refer to it, or remove it." };
    }
  }
}

const styles: readonly (readonly [name: string, test: RegExp])[] = [
  ["snake_case", /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/],
  ["camelCase", /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$/],
  ["kebab-case", /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/],
];

function* naming(model: Model): Generator<RuleFinding> {
  const named = walkSchemas(model.schema).flatMap(({ schema, pointer }) => {
    const properties = own(schema, "properties");
    return (isObject(properties) ? Object.keys(properties) : []).flatMap((key) => {
      const style = styles.find(([, test]) => test.test(key))?.[0];
      return style === undefined ? [] : [{ key, style, pointer: pointer + pointerOf(["properties", key]) }];
    });
  });
  const count = (style: string): number => named.filter((row) => row.style === style).length;
  const [usual] = styles.map(([name]) => name).sort((a, b) => count(b) - count(a));
  for (const { key, style, pointer } of named) {
    if (style === usual) continue;
    yield {
      pointer,
      message: `"${key}" is ${style}; most properties are ${usual}.`,
      fix: `Rename it to ${usual} before it is released.`,
    };
  }
}

function* oldSiblings(model: Model): Generator<RuleFinding> {
  if (model.dialect === "2020-12" || model.dialect === "2019-09") return;
  for (const { schema, pointer } of walkSchemas(model.schema)) {
    if (targetOf(schema) === undefined) continue;
    const beside = Object.keys(schema).find(
      (key) =>
        isApplicator(key) ||
        ["type", "required", "enum", "const", "minimum", "maximum", "pattern"].includes(key),
    );
    if (beside === undefined || beside === "$defs" || beside === "definitions") continue;
    yield {
      pointer: pointer + pointerOf([beside]),
      message: `Draft ${model.dialect} overlooks "${beside}" beside $ref; here, as in Ajv, both hold.`,
      fix: 'Move it into "allOf" beside the reference, or read the schema as draft 2020-12.',
    };
  }
}

function* strangeFallbacks(schema: JsonObject, pointer: string): Generator<RuleFinding> {
  const fallback = own(schema, "x-fallback");
  const listed = own(schema, "enum");
  if (fallback === undefined || !Array.isArray(listed) || listed.includes(fallback)) return;
  yield {
    pointer: pointer + pointerOf(["x-fallback"]),
    message: `The fallback ${JSON.stringify(fallback).slice(0, 60)} is none of the values beside it.`,
    fix: `Choose one that every live version knows: ${JSON.stringify(listed).slice(1, -1).slice(0, 200)}.`,
  };
}

/** Rules about schemas, wherever they stand. */
export const schemaRules: readonly Rule[] = [
  {
    name: "closed-object",
    level: "warning",
    about: "Closed objects cannot gain a property without breaking those who validate.",
    check: each(closedObjects),
  },
  {
    name: "unsafe-integer",
    level: "warning",
    about: "JSON numbers are doubles in JavaScript.",
    check: each(unsafeIntegers),
  },
  {
    name: "invalid-fallback",
    level: "error",
    about: "Converters put the fallback where an older version does not know a value.",
    check: each(strangeFallbacks),
  },
  {
    name: "missing-type",
    level: "warning",
    about: "Keywords of objects and arrays say nothing about other values.",
    check: each(missingTypes),
  },
  {
    name: "unbounded-pattern",
    level: "warning",
    about: "The work of a pattern grows with the text.",
    check: each(unboundedPatterns),
  },
  {
    name: "unknown-keyword",
    level: "warning",
    about: "A misspelt keyword asserts nothing.",
    check: each(unknownKeywords),
  },
  {
    name: "unreferenced-definition",
    level: "warning",
    about: "Definitions that nothing uses still become types that somebody will import.",
    check: unreferenced,
  },
  { name: "naming", level: "warning", about: "One style of names in one contract.", check: naming },
  {
    name: "reference-siblings",
    level: "warning",
    about: "Up to draft-07 keywords beside $ref are overlooked by the standard.",
    check: oldSiblings,
  },
];
