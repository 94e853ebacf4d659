/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Gives numbers from 0 to below 1. */
export type Random = () => number;

/** A seeded generator: the same numbers for the same seed, on every platform (mulberry32). */
export function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const once = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether the value is an object and no array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the value is an array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A member that is the object's own: never what it inherits. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The value at a JSON pointer, as it stands in a `$ref` or in plain. */
export function at(root: Json, pointer: string): Json | undefined {
  const keys = pointer.split("/").slice(1);
  return keys.reduce<Json | undefined>((value, part) => {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isList(value)) return value[Number(key)];
    return isObject(value) ? own(value, key) : undefined;
  }, root);
}

const below = (random: Random, end: number): number => Math.floor(random() * end);
const chance = (random: Random, share: number): boolean => random() < share;

function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[below(random, items.length)];
}

const words = [
  "a",
  "bee",
  "Cell",
  "drone 7",
  "e-f",
  "x",
  "",
  "0",
  "12.5",
  "\u{1F41D}",
  "honey",
  "constructor",
];

const word = (random: Random): string => pick(random, words) ?? "";

/** From this depth on values get as small as their schemas let them. */
const maxDepth = 5;

/** A text that a pattern accepts, for patterns of characters, classes, groups and quantifiers. */
function textFor(pattern: string, random: Random): string {
  let index = 0;
  const peek = (): string => pattern.charAt(index);
  const take = (): string => pattern.charAt(index++);
  const escaped = (letter: string): string =>
    letter === "d" ? String(below(random, 10)) : letter === "w" ? "w" : letter === "s" ? " " : letter;
  const range = (first: string, last: string): string =>
    String.fromCharCode(first.charCodeAt(0) + below(random, last.charCodeAt(0) - first.charCodeAt(0) + 1));
  const characters = (): string => {
    const options: string[] = [];
    while (peek() !== "]" && peek() !== "") {
      const first = take() === "\\" ? escaped(take()) : pattern.charAt(index - 1);
      const isRange = peek() === "-" && pattern.charAt(index + 1) !== "]";
      options.push(isRange ? range(first, pattern.charAt(++index)) : first);
      if (isRange) index++;
    }
    index++;
    return pick(random, options) ?? "";
  };
  const atom = (): string => {
    const character = take();
    if (character === "\\") return escaped(take());
    if (character === "[") return characters();
    if (character === ".") return "z";
    if (character !== "(") return character === "^" || character === "$" ? "" : character;
    if (pattern.startsWith("?:", index)) index += 2;
    return union();
  };
  const repeat = (): number => {
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(index));
    const [least, most] =
      counted?.[1] !== undefined
        ? [Number(counted[1]), counted[2] === undefined ? Number(counted[1]) : Number(counted[3] || 9)]
        : ({ "*": [0, 2], "+": [1, 3], "?": [0, 1] }[peek()] ?? [1, 1]);
    if (counted) index += counted[0].length;
    else if (/[*+?]/.test(peek())) index++;
    return (least ?? 1) + below(random, Math.min(most ?? 1, (least ?? 1) + 3) - (least ?? 1) + 1);
  };
  const sequence = (): string => {
    let text = "";
    while (peek() !== "" && peek() !== "|" && peek() !== ")") {
      const start = index;
      atom();
      const end = index;
      const count = repeat();
      const next = index;
      for (let round = 0; round < count; round++) {
        index = start;
        text += atom();
      }
      index = Math.max(end, next);
    }
    return text;
  };
  const union = (): string => {
    const options = [sequence()];
    while (take() === "|") options.push(sequence());
    return pick(random, options) ?? "";
  };
  const before = pattern.startsWith("^") ? "" : pick(random, ["", "fleet", "x"]);
  const after = pattern.endsWith("$") ? "" : pick(random, ["", "x", "cpu.load"]);
  return `${before}${union()}${after}`;
}

/** Everything that has to hold beside a schema, with one branch of each union. */
function parts(schema: Json, root: Json, random: Random, depth: number): readonly JsonObject[] {
  if (!isObject(schema) || depth > 4 * maxDepth) return [];
  const { $ref, allOf } = schema;
  const target = typeof $ref === "string" ? at(root, decodeURIComponent($ref.slice(1))) : undefined;
  const branches = [schema.oneOf, schema.anyOf].filter(isList).map((options) => {
    const small = options.filter((option) => !JSON.stringify(option).includes('"$ref"'));
    return pick(random, depth >= maxDepth && small.length > 0 ? small : options);
  });
  const all = [...(isList(allOf) ? allOf : []), ...(target === undefined ? [] : [target]), ...branches];
  return [schema, ...all.flatMap((part) => parts(part ?? true, root, random, depth + 1))];
}

const kinds = ["object", "array", "string", "number", "boolean", "null"];

function kindOf(facts: readonly JsonObject[], random: Random, depth: number): string | undefined {
  const types = facts.flatMap(({ type }) => (type === undefined ? [] : [[type].flat()]));
  const [first, ...others] = types;
  const both = first?.filter((type) =>
    others.every((list) => list.includes(type) || (type === "integer" && list.includes("number"))),
  );
  const has = (...keywords: readonly string[]): boolean =>
    facts.some((fact) => keywords.some((keyword) => own(fact, keyword) !== undefined));
  if (both === undefined) {
    if (has("properties", "required", "additionalProperties")) return "object";
    if (has("items", "prefixItems")) return "array";
    if (has("pattern", "minLength", "maxLength")) return "string";
    if (has("minimum", "maximum")) return "number";
    return pick(random, depth >= maxDepth ? kinds.slice(2) : kinds);
  }
  const kind = depth >= maxDepth && both.includes("null") ? "null" : pick(random, both);
  return typeof kind === "string" ? kind : undefined;
}

/** The last number that a keyword has, over all parts. */
function bound(facts: readonly JsonObject[], keyword: string): number | undefined {
  const values = facts.map((fact) => own(fact, keyword)).filter((value) => typeof value === "number");
  return values.at(-1);
}

function numberFor(facts: readonly JsonObject[], random: Random, kind: string): number {
  const step = bound(facts, "multipleOf") ?? (kind === "integer" ? 1 : 0.25);
  const least = bound(facts, "minimum") ?? (bound(facts, "exclusiveMinimum") ?? -step) + step;
  const most = bound(facts, "maximum") ?? (bound(facts, "exclusiveMaximum") ?? least + 101) - step;
  const steps = Math.max(0, Math.floor((most - least) / step));
  return Number((least + step * below(random, Math.min(steps, 1_000) + 1)).toFixed(6));
}

function textOf(facts: readonly JsonObject[], random: Random): string {
  const pattern = facts.map((fact) => fact.pattern).find((value) => typeof value === "string");
  const text = typeof pattern === "string" ? textFor(pattern, random) : word(random);
  return pattern === undefined
    ? text.padEnd(bound(facts, "minLength") ?? 0, "y").slice(0, bound(facts, "maxLength"))
    : text;
}

type Draw = (schema: Json) => Json;

function listOf(facts: readonly JsonObject[], random: Random, draw: Draw, depth: number): readonly Json[] {
  const prefix = facts.map(({ prefixItems }) => prefixItems).find(isList) ?? [];
  const items = facts.map((fact) => own(fact, "items")).find((value) => value !== undefined) ?? true;
  const contains = facts.map((fact) => own(fact, "contains")).find((value) => value !== undefined);
  const least = bound(facts, "minItems") ?? 0;
  const more = items === false || depth >= maxDepth ? 0 : below(random, 3);
  const wanted = chance(random, 0.7) ? Math.max(least, prefix.length) + more : least;
  const count = Math.min(wanted, bound(facts, "maxItems") ?? wanted);
  const list = Array.from({ length: count }, (_, index) => draw(prefix[index] ?? items));
  const found = contains === undefined ? list : [...list, draw({ allOf: [items, contains] })];
  if (!facts.some(({ uniqueItems }) => uniqueItems === true)) return found;
  return [...new Map(found.map((item) => [JSON.stringify(item), item])).values()];
}

function objectOf(facts: readonly JsonObject[], random: Random, draw: Draw, depth: number): JsonObject {
  const all = (keyword: string): readonly (readonly [string, Json])[] =>
    facts.flatMap((fact) => {
      const value = own(fact, keyword);
      return isObject(value) ? Object.entries(value) : [];
    });
  const named = all("properties");
  const required = new Set(facts.flatMap((fact) => (isList(fact.required) ? fact.required : [])));
  const kept = [...new Set([...named.map(([key]) => key), ...required])].filter(
    (key) => required.has(key) || chance(random, depth >= maxDepth ? 0 : 0.5),
  );
  const entries = kept.map((key): readonly [string, Json] => {
    const schemas = named.filter(([name]) => name === key).map(([, schema]) => schema);
    return [String(key), draw(schemas.length === 1 ? (schemas[0] ?? true) : { allOf: schemas })];
  });
  const value = (schema: Json): Json => draw(schema);
  const patterns = all("patternProperties");
  const rest = facts.map((fact) => own(fact, "additionalProperties")).find((found) => found !== undefined);
  const names = facts.map((fact) => own(fact, "propertyNames")).find((found) => found !== undefined);
  const key = (): string => {
    const name = names === undefined ? undefined : draw({ type: "string", allOf: [names] });
    return typeof name === "string" ? name : word(random);
  };
  const isMap = named.length === 0 && bound(facts, "maxProperties") !== 0;
  const extra = isMap ? Math.max(bound(facts, "minProperties") ?? 0, below(random, 3)) : 0;
  const more = Array.from({ length: extra }, (): readonly [string, Json] => {
    const [pattern, schema] = pick(random, patterns) ?? [undefined, rest ?? true];
    return pattern === undefined ? [key(), value(schema)] : [textFor(pattern, random), value(schema)];
  });
  return Object.fromEntries([...more, ...entries]);
}

/**
 * Draws a value that the schema is likely to accept: unions by one branch, conditions overlooked.
 * @param root - the document that `$ref` points into
 */
export function randomValue(schema: Json, root: Json, random: Random, depth = 0): Json {
  const facts = parts(schema, root, random, depth);
  const draw: Draw = (inner) => randomValue(inner, root, random, depth + 1);
  const constant = facts.map((fact) => own(fact, "const")).find((value) => value !== undefined);
  if (constant !== undefined) return constant;
  const values = facts.map((fact) => fact.enum).find(isList);
  if (values) return pick(random, values) ?? null;
  const kind = kindOf(facts, random, depth);
  if (kind === "object") return objectOf(facts, random, draw, depth);
  if (kind === "array") return listOf(facts, random, draw, depth);
  if (kind === "string") return textOf(facts, random);
  if (kind === "number" || kind === "integer") return numberFor(facts, random, kind);
  return kind === "boolean" ? chance(random, 0.5) : null;
}

/** Every place of a value, as keys from its root. */
function places(value: Json): readonly (readonly string[])[] {
  const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [[], ...children.flatMap(([key, child]) => places(child).map((path) => [key, ...path]))];
}

/** A copy in which the value at one place is another. */
function replaced(value: Json, [key, ...rest]: readonly string[], change: (old: Json) => Json): Json {
  if (key === undefined) return change(value);
  if (isList(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, change) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, change) : item]),
  );
}

function mutatedObject(value: JsonObject, random: Random): Json {
  const entries = Object.entries(value);
  const [name = "", inner = null] = pick(random, entries) ?? [];
  const others = entries.filter(([key]) => key !== name);
  const changes: readonly (() => Json)[] = [
    () => Object.fromEntries(others),
    () => Object.fromEntries([...others, [`${name.slice(0, -1)}q`, inner]]),
    () => ({ ...value, unknown: inner }),
    () => [value],
    () => ({ [name === "__proto__" ? "name" : name]: value }),
    () => inner,
    () => null,
  ];
  return pick(random, changes)?.() ?? null;
}

function mutatedList(value: readonly Json[], random: Random): Json {
  const changes: readonly (() => Json)[] = [
    () => [...value, pick<Json>(random, [null, "wrong", 4.5, {}, []]) ?? null],
    () => value.slice(0, -1),
    () => value.toReversed(),
    () => ({ items: value }),
    () => value[0] ?? null,
    () => [value],
  ];
  return pick(random, changes)?.() ?? null;
}

function mutatedLeaf(value: Json, random: Random): Json {
  const text =
    typeof value === "string" ? [word(random), `${value}q`, value.toUpperCase(), Number(value) || 7] : [];
  const numbers = typeof value === "number" ? [1e300, -1 - Math.abs(value), value + 0.5, String(value)] : [];
  const flags = typeof value === "boolean" ? [!value, value ? 1 : 0, String(value)] : [];
  return (
    pick<Json>(random, [...text, ...numbers, ...flags, null, [value], {}, { value }, false, "null"]) ?? null
  );
}

/**
 * The value with one thing changed, somewhere in it: a key dropped, renamed or added, a type, a text or a number
 * changed, an item pushed, taken or moved, a level of nesting put in or taken out.
 */
export function mutated(value: Json, random: Random): Json {
  return replaced(value, pick(random, places(value)) ?? [], (old) => {
    if (isObject(old)) return mutatedObject(old, random);
    return isList(old) ? mutatedList(old, random) : mutatedLeaf(old, random);
  });
}
