import { isObject, isStringArray, type Json, own, pointerOf, valueAt } from "../json.js";
import { knownKeyword } from "../read/open-enums.js";
import type { Place } from "../read/references.js";
import {
  allows,
  alternatives,
  child,
  equal,
  type Fact,
  list,
  listed,
  type TypeName,
  typeNames,
  typesOf,
} from "./sample-facts.js";
import { sampleText } from "./sample-text.js";

interface Task {
  readonly root: Json;
  /** Schemas that the values around this one are made from: entering one again would never end. */
  readonly above: ReadonlySet<string>;
  /** Other numbers give other values, where the schema leaves room. */
  readonly variant: number;
  /** Values that may still be tried: a grammar without an end has more ways than anyone can go. */
  readonly budget: { left: number };
}

/** Combinations of branches that are tried for one value. */
const maxCombinations = 200;

/** Combinations that are tried for one sample. */
const maxTries = 20_000;

/** Keywords that tell a type when `type` does not. */
const hints: readonly (readonly [TypeName, readonly string[]])[] = [
  ["object", ["properties", "required", "additionalProperties", "patternProperties", "minProperties"]],
  ["array", ["items", "prefixItems", "minItems", "uniqueItems", "contains"]],
  ["string", ["minLength", "maxLength", "pattern", "format"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

function numbers(facts: readonly Fact[], keyword: string): readonly number[] {
  return facts.map(({ schema }) => own(schema, keyword)).filter((value) => typeof value === "number");
}

function sampleNumber(facts: readonly Fact[], whole: boolean, variant: number): number | undefined {
  const least = Math.max(...numbers(facts, "minimum"), ...numbers(facts, "exclusiveMinimum"));
  const most = Math.min(...numbers(facts, "maximum"), ...numbers(facts, "exclusiveMaximum"));
  const factors = numbers(facts, "multipleOf");
  const step = factors.reduce(
    (product, factor) => (product % factor === 0 ? product : product * factor),
    whole ? 1 : (factors[0] ?? 1),
  );
  const start = least > 0 || !Number.isFinite(least) ? least : most >= 0 ? 0 : least;
  const first = Number.isFinite(start) ? start : Math.min(0, most);
  const aligned =
    (Number.isFinite(least) || most >= 0 ? Math.ceil(first / step) : Math.floor(first / step)) * step;
  const towards = Number.isFinite(least) || most > 0 ? 1 : -1;
  const middle = factors.length === 0 && !whole ? [(least + most) / 2] : [];
  const options = [0, 1, 2].map((count) => aligned + (count + variant) * step * towards);
  return [
    ...options,
    ...(variant === 0 ? [least, ...middle] : [least + (most - least) / (variant + 2)]),
  ].find(
    (value) =>
      Number.isFinite(value) &&
      value >= least &&
      value <= most &&
      (!whole || Number.isInteger(value)) &&
      numbers(facts, "exclusiveMinimum").every((bound) => value > bound) &&
      numbers(facts, "exclusiveMaximum").every((bound) => value < bound),
  );
}

function sampleObject(task: Task, facts: readonly Fact[]): Json | undefined {
  const texts = (keyword: string): readonly string[] =>
    facts.flatMap(({ schema }) => {
      const names = own(schema, keyword);
      return isStringArray(names) ? names : [];
    });
  const properties = facts.flatMap(({ schema }) => {
    const map = own(schema, "properties");
    return isObject(map) ? Object.keys(map) : [];
  });
  const wanted = new Set(texts("required"));
  for (const name of wanted)
    for (const { schema } of facts)
      for (const keyword of ["dependentRequired", "dependencies"]) {
        const needed = valueAt(schema, pointerOf([keyword, name]));
        if (isStringArray(needed)) for (const other of needed) wanted.add(other);
      }
  const entries = new Map<string, Json>();
  const add = (name: string): boolean => {
    const value = sample(
      task,
      facts.flatMap((fact) => placesOf(fact, name)),
    );
    if (value !== undefined) entries.set(name, value);
    return value !== undefined;
  };
  if (![...wanted].every(add)) return undefined;
  const least = Math.max(0, ...numbers(facts, "minProperties"));
  for (const name of [...properties, ...Array.from({ length: least }, (_, index) => `key${index + 1}`)])
    if (entries.size < least && !entries.has(name)) add(name);
  return entries.size < least ? undefined : Object.fromEntries(entries);
}

/** Schemas that one property has to fulfil by one schema of its object. */
function placesOf(fact: Fact, name: string): readonly Place[] {
  const patterns = own(fact.schema, "patternProperties");
  const matching = isObject(patterns)
    ? Object.keys(patterns).filter((pattern) => new RegExp(pattern, "u").test(name))
    : [];
  const found = [
    ...child(fact, ["properties", name]),
    ...matching.flatMap((pattern) => child(fact, ["patternProperties", pattern])),
  ];
  return found.length > 0 ? found : child(fact, ["additionalProperties"]);
}

/** Schemas that the item at an index has to fulfil. */
function placesAt(facts: readonly Fact[], index: number): readonly Place[] {
  return facts.flatMap((fact) => {
    const tuple = [...child(fact, ["prefixItems", index]), ...child(fact, ["items", index])];
    return tuple.length > 0
      ? tuple
      : child(fact, [Array.isArray(fact.schema.items) ? "additionalItems" : "items"]);
  });
}

function sampleArray(task: Task, facts: readonly Fact[]): Json | undefined {
  const contained = facts.flatMap((fact) => child(fact, ["contains"]));
  const lengths = facts.flatMap((fact) => [list(fact, "prefixItems").length, list(fact, "items").length]);
  const prefix = Math.max(0, ...lengths);
  const least = Math.max(0, ...numbers(facts, "minItems"));
  const most = Math.min(...numbers(facts, "maxItems"));
  const unique = facts.some(({ schema }) => own(schema, "uniqueItems") === true);
  let missing = contained.length === 0 ? 0 : Math.max(...numbers(facts, "minContains"), 0);
  if (contained.length > 0 && numbers(facts, "minContains").length === 0) missing = 1;
  const items: Json[] = [];
  const tries = 4 * (least + prefix + missing + 1);
  for (let count = 0; count < tries && items.length < most; count++) {
    const places = placesAt(facts, items.length);
    const usual = places.length === 0 ? 0 : 1;
    if (missing === 0 && items.length >= Math.max(least, prefix, usual)) break;
    const inner = { ...task, variant: unique ? task.variant + count : task.variant };
    const wanted = missing > 0 ? sample(inner, [...places, ...contained]) : undefined;
    const item = wanted ?? sample(inner, places);
    if (item === undefined) break;
    if (unique && items.some((other) => equal(other, item))) continue;
    if (wanted !== undefined) missing--;
    items.push(item);
  }
  return items.length < least || missing > 0 ? undefined : items;
}

function build(task: Task, facts: readonly Fact[], type: TypeName): Json | undefined {
  if (type === "object") return sampleObject(task, facts);
  if (type === "array") return sampleArray(task, facts);
  if (type === "integer" || type === "number") return sampleNumber(facts, type === "integer", task.variant);
  if (type === "boolean") return task.variant % 2 === 0;
  if (type === "null") return null;
  const texts = (keyword: string): readonly string[] =>
    facts.map(({ schema }) => own(schema, keyword)).filter((value) => typeof value === "string");
  const least = Math.max(0, ...numbers(facts, "minLength"));
  const rules = {
    least,
    most: Math.min(...numbers(facts, "maxLength")),
    patterns: texts("pattern"),
    format: texts("format")[0],
  };
  return sampleText(rules, task.variant);
}

function sample(task: Task, places: readonly Place[]): Json | undefined {
  let count = 0;
  for (const facts of alternatives(task.root, places)) {
    if (++count > maxCombinations || --task.budget.left < 0) return undefined;
    if (facts.some(({ pointer }) => task.above.has(pointer))) continue;
    const accepts = (value: Json | undefined): value is Json =>
      value !== undefined && facts.every((fact) => allows(fact, value));
    const values = facts
      .map(({ schema }) => listed(schema))
      .find((found) => found !== undefined)
      ?.filter(accepts);
    const inner = { ...task, above: new Set([...task.above, ...facts.map(({ pointer }) => pointer)]) };
    const named = facts.flatMap(({ schema }) => {
      const types = typesOf(schema);
      return types ? [types] : [];
    });
    const hinted = hints.find(([, keywords]) =>
      facts.some(({ schema }) => keywords.some((keyword) => Object.hasOwn(schema, keyword))),
    )?.[0];
    const types = typeNames.filter((name) => named.every((types) => types.includes(name)));
    const ordered = hinted === undefined ? types : [hinted, ...types].filter((name) => types.includes(name));
    if (values) {
      const value = values[task.variant];
      if (value !== undefined) return value;
      continue;
    }
    const known = facts
      .flatMap(({ schema }) => own(schema, knownKeyword) ?? [])
      .filter((value: Json) => accepts(value))[task.variant];
    if (known !== undefined) return known;
    for (const type of ordered) {
      const value = build(inner, facts, type);
      if (accepts(value)) return value;
    }
  }
  return undefined;
}

/**
 * Makes a value that the schema at `pointer` accepts: required properties, first branches, smallest numbers; the same one on every
 * run. It is valid by construction for the keywords it knows; `not`, `if` and `oneOf` are read as far as types and constants go.
 * @returns undefined when no value was found
 */
export function sampleValue(root: Json, pointer: string): Json | undefined {
  const schema = valueAt(root, pointer);
  return schema === undefined
    ? undefined
    : sample({ root, above: new Set(), variant: 0, budget: { left: maxTries } }, [{ pointer, schema }]);
}

/** The first of the schema's own `examples`, else a value made from the schema. */
export function exampleOf(root: Json, pointer: string): Json | undefined {
  const schema = valueAt(root, pointer);
  const examples = isObject(schema) ? own(schema, "examples") : undefined;
  return Array.isArray(examples) && examples.length > 0 ? examples[0] : sampleValue(root, pointer);
}
