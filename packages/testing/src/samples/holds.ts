import { isJsonObject, maxValueDepth } from "@hivewire/protocol";
import { assertions } from "./assertions.js";
import { entries, expressionOf, list, one, own, referred, type Schema } from "./schema-walk.js";

/** Names and indexes that a schema had a say about, for `unevaluatedProperties` and `unevaluatedItems`. */
type Seen = ReadonlySet<string | number>;

const nothing: Seen = new Set();

/** Judges a value: what the schema had a say about, or undefined when it refuses. */
type Judge = (schema: unknown, value: unknown) => Seen | undefined;

function merge(parts: readonly (Seen | undefined)[]): Seen | undefined {
  if (parts.includes(undefined)) return undefined;
  return new Set(parts.flatMap((part) => [...(part ?? nothing)]));
}

/** The parts of a union that accept. */
function accepting(schema: Schema, keyword: string, value: unknown, judge: Judge): readonly Seen[] {
  return list(schema, keyword).flatMap((branch) => judge(branch, value) ?? []);
}

/** Keywords that apply schemas to the same value (JSON Schema 2020-12, core, section 10.2). */
function inPlace(schema: Schema, value: unknown, root: Schema, judge: Judge): Seen | undefined {
  const parts: (Seen | undefined)[] = list(schema, "allOf").map((part) => judge(part, value));
  if (own(schema, "$ref") !== undefined) parts.push(judge(referred(root, own(schema, "$ref")), value));
  if (own(schema, "anyOf") !== undefined) {
    const found = accepting(schema, "anyOf", value, judge);
    parts.push(found.length === 0 ? undefined : merge(found));
  }
  if (own(schema, "oneOf") !== undefined) {
    const found = accepting(schema, "oneOf", value, judge);
    parts.push(found.length === 1 ? found[0] : undefined);
  }
  if (own(schema, "not") !== undefined) parts.push(judge(schema.not, value) ? undefined : nothing);
  if (own(schema, "if") !== undefined) {
    const condition = judge(schema.if, value);
    const branch = own(schema, condition ? "then" : "else");
    parts.push(condition ?? nothing, branch === undefined ? nothing : judge(branch, value));
  }
  for (const [name, dependent] of entries(schema, "dependentSchemas"))
    if (isJsonObject(value) && Object.hasOwn(value, name)) parts.push(judge(dependent, value));
  return merge(parts);
}

function inObject(schema: Schema, value: Schema, judge: Judge): Seen | undefined {
  const seen = new Set<string>();
  const patterns = entries(schema, "patternProperties");
  const properties = own(schema, "properties");
  for (const [name, member] of Object.entries(value)) {
    const declared = isJsonObject(properties) ? one(properties, name) : [];
    const matching = patterns.filter(([pattern]) => expressionOf(pattern).test(name)).map(([, part]) => part);
    const named = [...declared, ...matching];
    const applied = named.length > 0 ? named : one(schema, "additionalProperties");
    if (!applied.every((part) => judge(part, member))) return undefined;
    if (applied.length > 0) seen.add(name);
    if (!one(schema, "propertyNames").every((part) => judge(part, name))) return undefined;
  }
  return seen;
}

function inArray(schema: Schema, value: readonly unknown[], judge: Judge): Seen | undefined {
  const seen = new Set<number>();
  const prefix = list(schema, "prefixItems");
  for (const [index, item] of value.entries()) {
    const applied = index < prefix.length ? [prefix[index]] : one(schema, "items");
    if (!applied.every((part) => judge(part, item))) return undefined;
    if (applied.length > 0) seen.add(index);
  }
  const contains = own(schema, "contains");
  if (contains === undefined) return seen;
  const found = [...value.keys()].filter((index) => judge(contains, value[index]));
  const least = Number(own(schema, "minContains") ?? 1);
  const most = Number(own(schema, "maxContains") ?? Number.POSITIVE_INFINITY);
  return found.length >= least && found.length <= most ? new Set([...seen, ...found]) : undefined;
}

/** Holds what no other keyword had a say about against `unevaluatedProperties` or `unevaluatedItems`. */
function unevaluated(schema: Schema, value: object, seen: Seen, judge: Judge): Seen | undefined {
  const isList = Array.isArray(value);
  const keyword = own(schema, isList ? "unevaluatedItems" : "unevaluatedProperties");
  if (keyword === undefined) return seen;
  const rest = Object.entries(value).filter(([key]) => !seen.has(isList ? Number(key) : key));
  if (!rest.every(([, member]) => judge(keyword, member))) return undefined;
  return new Set([...seen, ...rest.map(([key]) => (isList ? Number(key) : key))]);
}

function judgeWith(root: Schema, depth: number): Judge {
  return (schema, value) => {
    if (schema === true) return nothing;
    if (!isJsonObject(schema) || depth > maxValueDepth) return undefined;
    for (const keyword of Object.keys(schema)) {
      const test = Object.hasOwn(assertions, keyword) ? assertions[keyword] : undefined;
      if (test && !test(value, schema[keyword])) return undefined;
    }
    const judge = judgeWith(root, depth + 1);
    const parts = [inPlace(schema, value, root, judge)];
    if (Array.isArray(value)) parts.push(inArray(schema, value, judge));
    else if (isJsonObject(value)) parts.push(inObject(schema, value, judge));
    const seen = merge(parts);
    return seen && typeof value === "object" && value !== null
      ? unevaluated(schema, value, seen, judge)
      : seen;
  };
}

/**
 * Whether a schema of draft 2020-12 accepts a value; `format` says nothing. Slow and small: samples are judged by it, for
 * frames there are the generated validators.
 * @param root - the document in which references point
 */
export function holds(root: Schema, schema: unknown, value: unknown): boolean {
  return judgeWith(root, 0)(schema, value) !== undefined;
}
