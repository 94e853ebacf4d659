import { isObject, isStringArray, type Json, type JsonObject, own, valueAt } from "../json.js";
import { knownKeyword } from "../read/open-enums.js";
import { localPointer, type Place } from "../read/references.js";

/** A piece of the words for a type. */
export interface Word {
  readonly text: string;
  /** `name`: a section of the page; `value`: JSON text; `plain`: a word. */
  readonly kind: "name" | "value" | "plain";
}

interface Scope {
  readonly root: Json;
  readonly names: ReadonlyMap<string, string>;
}

const plain = (text: string): readonly Word[] => [{ text, kind: "plain" }];
const value = (json: Json): readonly Word[] => [{ text: JSON.stringify(json), kind: "value" }];

function joined(parts: readonly (readonly Word[])[], between: string): readonly Word[] {
  const seen = new Set<string>();
  const distinct = parts.filter((words) => {
    const key = JSON.stringify(words);
    return !seen.has(key) && seen.add(key);
  });
  return distinct.flatMap((words, index) => (index === 0 ? words : [...plain(between), ...words]));
}

function objectWords(
  scope: Scope,
  schema: JsonObject,
  pointer: string,
  seen: ReadonlySet<string>,
): readonly Word[] {
  const rest = own(schema, "additionalProperties");
  const isMap = isObject(rest) && own(schema, "properties") === undefined;
  return isMap
    ? [
        ...plain("map of "),
        ...words(scope, { pointer: `${pointer}/additionalProperties`, schema: rest }, seen),
      ]
    : plain("object");
}

function arrayWords(
  scope: Scope,
  schema: JsonObject,
  pointer: string,
  seen: ReadonlySet<string>,
): readonly Word[] {
  const items = own(schema, "items");
  if (Array.isArray(own(schema, "prefixItems")) || Array.isArray(items)) return plain("tuple");
  return isObject(items)
    ? [...plain("array of "), ...words(scope, { pointer: `${pointer}/items`, schema: items }, seen)]
    : plain("array");
}

function words(scope: Scope, { pointer, schema }: Place, above: ReadonlySet<string>): readonly Word[] {
  if (schema === false) return plain("nothing");
  if (!isObject(schema) || above.has(pointer)) return plain("any value");
  const seen = new Set([...above, pointer]);
  const reference = own(schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : undefined;
  if (target !== undefined) {
    const name = scope.names.get(target);
    if (name !== undefined) return [{ text: name, kind: "name" }];
    return words(scope, { pointer: target, schema: valueAt(scope.root, target) ?? true }, seen);
  }
  if (Object.hasOwn(schema, "const")) return value(own(schema, "const") ?? null);
  const listed = own(schema, "enum");
  if (Array.isArray(listed)) return joined(listed.map(value), " or ");
  const known = own(schema, knownKeyword);
  if (Array.isArray(known)) return [...joined(known.map(value), " or "), ...plain(" or any other")];
  const branches = (keyword: string): readonly (readonly Word[])[] => {
    const parts = own(schema, keyword);
    return Array.isArray(parts)
      ? parts.map((part: Json, index) =>
          words(scope, { pointer: `${pointer}/${keyword}/${index}`, schema: part }, seen),
        )
      : [];
  };
  const type = own(schema, "type");
  const types = typeof type === "string" ? [type] : isStringArray(type) ? type : [];
  const typed = types.map((name) =>
    name === "object"
      ? objectWords(scope, schema, pointer, seen)
      : name === "array"
        ? arrayWords(scope, schema, pointer, seen)
        : plain(name),
  );
  const unions = [...branches("oneOf"), ...branches("anyOf")];
  if (unions.length > 0 && types.length <= 1) return joined(unions, " or ");
  const all = branches("allOf");
  if (all.length > 0 && typed.length === 0) return joined(all, " and ");
  if (typed.length > 0) return joined(typed, " or ");
  return plain(own(schema, "properties") === undefined ? "any value" : "object");
}

/** Words for the type of a schema: `array of Agent`, `string or null`, `"idle" or "busy"`. */
export function typeWords(scope: Scope, place: Place): readonly Word[] {
  return words(scope, place, new Set());
}

const sentences: readonly (readonly [string, (value: string) => string])[] = [
  ["format", (text) => `format ${text}`],
  ["pattern", (text) => `matches ${text}`],
  ["minLength", (count) => `at least ${count} characters`],
  ["maxLength", (count) => `at most ${count} characters`],
  ["minimum", (bound) => `≥ ${bound}`],
  ["exclusiveMinimum", (bound) => `> ${bound}`],
  ["maximum", (bound) => `≤ ${bound}`],
  ["exclusiveMaximum", (bound) => `< ${bound}`],
  ["multipleOf", (factor) => `a multiple of ${factor}`],
  ["minItems", (count) => `at least ${count} items`],
  ["maxItems", (count) => `at most ${count} items`],
  ["minProperties", (count) => `at least ${count} fields`],
  ["maxProperties", (count) => `at most ${count} fields`],
];

/** What a schema asks beyond its type, one phrase each. */
export function constraintsOf(schema: Json): readonly string[] {
  if (!isObject(schema)) return [];
  const phrases = sentences.flatMap(([keyword, phrase]) => {
    const found = own(schema, keyword);
    const text = typeof found === "number" ? String(found) : found;
    return typeof text === "string" ? [phrase(text).replace(/^(at \w+ 1 \w+)s$/, "$1")] : [];
  });
  const refused = own(schema, "not");
  const listed = isObject(refused) ? (own(refused, "enum") ?? own(refused, "const")) : undefined;
  return [
    ...phrases,
    ...(own(schema, "uniqueItems") === true ? ["no doubles"] : []),
    ...(own(schema, "additionalProperties") === false || own(schema, "unevaluatedProperties") === false
      ? ["no other fields"]
      : []),
    ...(listed === undefined ? [] : [`none of ${JSON.stringify(listed)}`]),
  ];
}
