import { isObject, type Json, type JsonObject, own, targetOf, valueAt, walkSchemas } from "@hivewire/codegen";
import { recursionKey } from "./recursion-key.js";

/** A schema of draft 2020-12 in which every reference is a pointer into it. */
export interface SchemaDocument {
  readonly root: Json;
  /** The schema that a pointer names; undefined when there is none. */
  readonly at: (pointer: string) => Json | undefined;
  /** Whether the schema there leads back to itself. */
  readonly isRecursive: (pointer: string) => boolean;
  /** Whether it does so for the same value, so that what it says is not defined. */
  readonly isEndless: (pointer: string) => boolean;
  /** A text that is equal for recursive definitions which say the same, whatever their names and document. */
  readonly recursionKey: (pointer: string) => string;
}

/** Keywords whose schemas are about the value itself. */
const inPlace: readonly string[] = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/** Targets of the references that a schema holds a value against before it has decided about it. */
function inPlaceTargets(schema: Json): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(inPlaceTargets);
  if (!isObject(schema)) return [];
  const children = inPlace.flatMap((keyword) => own(schema, keyword) ?? []);
  const dependent = mapOf(schema, "dependentSchemas").map(([, child]) => child);
  return [...[targetOf(schema) ?? []].flat(), ...[...children, ...dependent].flatMap(inPlaceTargets)];
}

/** Everything that can be reached from a pointer, by its targets; the pointer itself only if it leads back. */
function reach(pointer: string, targetsOf: (pointer: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...targetsOf(pointer)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...targetsOf(next));
  }
  return seen;
}

/** Remembers what was worked out for a pointer. */
function once<T>(work: (pointer: string) => T): (pointer: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (pointer) => {
    const before = known.get(pointer) ?? { value: work(pointer) };
    known.set(pointer, before);
    return before.value;
  };
}

/** Reads the references of a schema once. */
export function schemaDocument(root: Json): SchemaDocument {
  const at = (pointer: string): Json | undefined => valueAt(root, pointer);
  const targetsOf = once((pointer) =>
    walkSchemas(at(pointer) ?? true).flatMap(({ schema }) => targetOf(schema) ?? []),
  );
  const inPlaceOf = once((pointer) => inPlaceTargets(at(pointer) ?? true));
  return {
    root,
    at,
    isRecursive: once((pointer) =>
      // A reference to what the definition stands in leads back as well.
      [...reach(pointer, targetsOf)].some((target) => target === pointer || pointer.startsWith(`${target}/`)),
    ),
    isEndless: once((pointer) => reach(pointer, inPlaceOf).has(pointer)),
    recursionKey: once((pointer) => recursionKey(at, pointer)),
  };
}

/** The member of a schema that is a map of schemas; empty when it is none. */
export function mapOf(schema: JsonObject, keyword: string): readonly (readonly [string, Json])[] {
  const value = own(schema, keyword);
  return isObject(value) ? Object.entries(value) : [];
}
