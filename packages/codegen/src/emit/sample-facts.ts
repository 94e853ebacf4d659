import { isObject, isStringArray, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import { localPointer, type Place } from "../read/references.js";

/** A schema that has to hold, and where it stands. */
export interface Fact {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Types of JSON Schema, in the order in which a sample tries them. */
export const typeNames = ["object", "array", "string", "integer", "number", "boolean", "null"] as const;
/** One of them. */
export type TypeName = (typeof typeNames)[number];

/** The schema that one keyword, or a key under it, holds; none or one. */
export function child(fact: Fact, keys: readonly (string | number)[]): readonly Place[] {
  const schema = valueAt(fact.schema, pointerOf(keys));
  return schema === undefined ? [] : [{ pointer: fact.pointer + pointerOf(keys), schema }];
}

/** The schemas of a keyword that holds a list. */
export function list(fact: Fact, keyword: string): readonly Place[] {
  const items = own(fact.schema, keyword);
  return Array.isArray(items) ? items.flatMap((_, index) => child(fact, [keyword, index])) : [];
}

/** Every way to take one branch of each union: all schemas that then hold. */
export function* alternatives(
  root: Json,
  work: readonly Place[],
  done: readonly Fact[] = [],
): Generator<readonly Fact[]> {
  const [place, ...later] = work;
  if (place === undefined) return yield done;
  if (place.schema === true) return yield* alternatives(root, later, done);
  if (!isObject(place.schema)) return;
  const fact: Fact = { pointer: place.pointer, schema: place.schema };
  const reference = own(fact.schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : undefined;
  const referred = target === undefined ? undefined : valueAt(root, target);
  const forced = [
    ...(target === undefined || referred === undefined ? [] : [{ pointer: target, schema: referred }]),
    ...list(fact, "allOf"),
  ];
  const unions = ["oneOf", "anyOf"].map((keyword) => list(fact, keyword).map((branch) => [branch]));
  const condition = child(fact, ["if"]);
  const outcomes = [[...condition, ...child(fact, ["then"])], child(fact, ["else"])];
  const choices = [...unions, condition.length === 0 ? [] : outcomes].filter((options) => options.length > 0);
  for (const chosen of product(choices))
    yield* alternatives(root, [...forced, ...chosen, ...later], [...done, fact]);
}

function* product(choices: readonly (readonly (readonly Place[])[])[]): Generator<readonly Place[]> {
  const [first, ...rest] = choices;
  if (first === undefined) return yield [];
  for (const option of first) for (const others of product(rest)) yield [...option, ...others];
}

function typeOf(value: Json): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "object" ? "object" : typeof value === "string" ? "string" : "boolean";
}

/** The types that `type` names, an integer being a number; undefined when it names none. */
export function typesOf(schema: JsonObject): readonly TypeName[] | undefined {
  const type = own(schema, "type");
  const names = typeof type === "string" ? [type] : isStringArray(type) ? type : undefined;
  const known = names && typeNames.filter((name) => names.includes(name));
  return known?.includes("number") ? [...new Set<TypeName>([...known, "integer"])] : known;
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function equal(a: Json, b: Json): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null))
  );
}

/** Values that the schema lists; undefined when it lists none. */
export function listed(schema: JsonObject): readonly Json[] | undefined {
  if (Object.hasOwn(schema, "const")) return [own(schema, "const") ?? null];
  const values = own(schema, "enum");
  return Array.isArray(values) ? values : undefined;
}

/** Whether type, constants and a plain `not` let the value pass. */
export function allows({ schema }: Fact, value: Json): boolean {
  if (typesOf(schema)?.includes(typeOf(value)) === false) return false;
  if (listed(schema)?.some((item) => equal(item, value)) === false) return false;
  const refused = own(schema, "not");
  if (!isObject(refused)) return refused !== true;
  const [keyword, ...others] = Object.keys(refused);
  const decides = others.length === 0 && (keyword === "const" || keyword === "enum" || keyword === "type");
  return !decides || !allows({ pointer: "", schema: refused }, value);
}
