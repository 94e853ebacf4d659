import { isObject, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import { childrenOf, isAssertion } from "./keywords.js";
import type { Source } from "./source.js";

/** A place inside a schema: a value and the pointer that names it. */
export interface Place {
  readonly pointer: string;
  readonly schema: Json;
}

/** A schema that is an object, and its pointer. */
export interface Walked {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Every schema at or below one, with its pointer. */
export function walkSchemas(schema: Json, pointer = ""): readonly Walked[] {
  const found: Walked[] = [];
  const visit = (inner: Json, at: string): void => {
    if (!isObject(inner)) return;
    found.push({ pointer: at, schema: inner });
    for (const child of childrenOf(inner)) visit(child.schema, at + pointerOf(child.path));
  };
  visit(schema, pointer);
  return found;
}

/** The pointer a `$ref` inside this document names; undefined when it leads elsewhere. */
export function localPointer(reference: string): string | undefined {
  if (reference !== "#" && !reference.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}

/** The pointer that a schema's `$ref` names. */
export function targetOf(schema: Json): string | undefined {
  const reference = isObject(schema) ? own(schema, "$ref") : undefined;
  return typeof reference === "string" ? localPointer(reference) : undefined;
}

/** Keywords that apply schemas to the same value. */
const inPlaceKeywords = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] as const;

/** Schemas that a value has to be held against before the one at `pointer` has decided about it. */
function inPlace(root: Json, pointer: string): readonly string[] {
  const schema = valueAt(root, pointer);
  if (!isObject(schema)) return [];
  const reference = own(schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : undefined;
  const nested = inPlaceKeywords.flatMap((keyword) => {
    const value = own(schema, keyword);
    const at = `${pointer}/${keyword}`;
    if (Array.isArray(value)) return value.map((_, index) => `${at}/${index}`);
    if (!isObject(value)) return [];
    return keyword === "dependentSchemas" ? Object.keys(value).map((key) => at + pointerOf([key])) : [at];
  });
  return target === undefined ? nested : [target, ...nested];
}

/**
 * Makes sure that no schema is held against a value while it already is: that would never end.
 * @throws CodegenError `unresolved_reference`
 */
export function checkCycles(source: Source): void {
  const finished = new Set<string>();
  const visit = (pointer: string, path: ReadonlySet<string>): void => {
    if (finished.has(pointer)) return;
    if (path.has(pointer)) {
      throw source.fail(
        "unresolved_reference",
        pointer,
        `Failed to resolve the schema at ${pointer || "the root"}: it refers to itself for the same value, without end.`,
        "a recursion that goes through a property or an item",
      );
    }
    for (const next of inPlace(source.value, pointer)) visit(next, new Set([...path, pointer]));
    finished.add(pointer);
  };
  for (const { pointer } of walkSchemas(source.value)) visit(pointer, new Set());
}

/** Follows `$ref` until a schema without one, or one that asserts something beside it, is reached. */
export function resolve(root: Json, place: Place): Place {
  const seen = new Set<string>();
  let current = place;
  while (isObject(current.schema) && !seen.has(current.pointer)) {
    seen.add(current.pointer);
    const reference = own(current.schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : undefined;
    const schema = target === undefined ? undefined : valueAt(root, target);
    if (target === undefined || schema === undefined) break;
    if (Object.keys(current.schema).some((key) => key !== "$ref" && isAssertion(key))) break;
    current = { pointer: target, schema };
  }
  return current;
}

/** The schema and everything that `allOf` and `$ref` add to it: all of it has to hold. */
export function* conjuncts(
  root: Json,
  place: Place,
  seen: ReadonlySet<string> = new Set(),
): Generator<Place> {
  if (seen.has(place.pointer) || !isObject(place.schema)) return;
  const visited = new Set([...seen, place.pointer]);
  yield place;
  const reference = own(place.schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : undefined;
  const schema = target === undefined ? undefined : valueAt(root, target);
  if (target !== undefined && schema !== undefined)
    yield* conjuncts(root, { pointer: target, schema }, visited);
  const all = own(place.schema, "allOf");
  if (!Array.isArray(all)) return;
  for (const [index, item] of all.entries()) {
    yield* conjuncts(root, { pointer: `${place.pointer}/allOf/${index}`, schema: item }, visited);
  }
}
