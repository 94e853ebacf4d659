import {
  isObject,
  type Json,
  type JsonObject,
  localPointer,
  own,
  targetOf,
  valueAt,
  walkSchemas,
  withoutAnnotations,
} from "@hivewire/codegen";

/** A schema of draft 2020-12 in which every reference is a pointer into it. */
export interface SchemaDocument {
  readonly root: Json;
  /** The schema that a pointer names; undefined when there is none. */
  readonly at: (pointer: string) => Json | undefined;
  /** Whether the schema there leads back to itself. */
  readonly isRecursive: (pointer: string) => boolean;
  /** A text that is equal for recursive definitions which say the same, whatever their names and document. */
  readonly recursionKey: (pointer: string) => string;
}

/** A schema with each reference replaced by the number of its target. */
function numbered(value: Json, numberOf: (pointer: string) => number): Json {
  if (Array.isArray(value)) return value.map((item: Json) => numbered(item, numberOf));
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== "$defs" && key !== "definitions")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, child]) => {
      const target = key === "$ref" && typeof child === "string" ? localPointer(child) : undefined;
      return [key, target === undefined ? numbered(child, numberOf) : numberOf(target)];
    }),
  );
}

/** Reads the references of a schema once. */
export function schemaDocument(root: Json): SchemaDocument {
  const targets = new Map<string, readonly string[]>();
  const at = (pointer: string): Json | undefined => valueAt(root, pointer);
  const targetsOf = (pointer: string): readonly string[] => {
    const known = targets.get(pointer);
    if (known) return known;
    const found = walkSchemas(at(pointer) ?? true).flatMap(({ schema }) => targetOf(schema) ?? []);
    targets.set(pointer, found);
    return found;
  };
  const recursive = new Map<string, boolean>();
  const isRecursive = (pointer: string): boolean => {
    const known = recursive.get(pointer);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const queue = [...targetsOf(pointer)];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...targetsOf(next));
      if (next === pointer) break;
    }
    // A reference into the inside of a definition, or around it, leads back as well.
    const isBack = [...seen].some((target) => target === pointer || pointer.startsWith(`${target}/`));
    recursive.set(pointer, isBack);
    return isBack;
  };
  const keys = new Map<string, string>();
  const recursionKey = (pointer: string): string => {
    const known = keys.get(pointer);
    if (known !== undefined) return known;
    const order = [pointer];
    const numberOf = (target: string): number => {
      const index = order.indexOf(target);
      return index >= 0 ? index : order.push(target) - 1;
    };
    const texts: string[] = [];
    for (let index = 0; index < order.length; index++) {
      const schema: Json = at(order[index] ?? "") ?? true;
      texts.push(JSON.stringify(numbered(withoutAnnotations(schema), numberOf)));
    }
    const key = texts.join("\n");
    keys.set(pointer, key);
    return key;
  };
  return { root, at, isRecursive, recursionKey };
}

/** The member of a schema that is a map of schemas; empty when it is none. */
export function mapOf(schema: JsonObject, keyword: string): readonly (readonly [string, Json])[] {
  const value = own(schema, keyword);
  return isObject(value) ? Object.entries(value) : [];
}
