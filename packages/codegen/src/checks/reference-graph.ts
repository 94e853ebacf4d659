import { isObject, type Json, own, valueAt } from "../json.js";
import { localPointer, walkSchemas } from "../references.js";

/** Pointers of the schemas that a `$ref` leads to and that lead back to themselves. */
export function recursiveTargets(root: Json): ReadonlySet<string> {
  const edges = new Map<string, readonly string[]>();
  const edgesOf = (pointer: string): readonly string[] => {
    const known = edges.get(pointer);
    if (known) return known;
    const found = [...walkSchemas(valueAt(root, pointer) ?? true)].flatMap(
      ({ schema }) => targetOf(schema) ?? [],
    );
    edges.set(pointer, found);
    return found;
  };
  const targets = [...walkSchemas(root)].flatMap(({ schema }) => targetOf(schema) ?? []);
  const reaches = (from: string): boolean => {
    const seen = new Set<string>();
    const queue = [...edgesOf(from)];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next === from) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...edgesOf(next));
    }
    return false;
  };
  return new Set([...new Set(targets)].filter(reaches));
}

/** The pointer that a schema's `$ref` names. */
export function targetOf(schema: Json): string | undefined {
  const reference = isObject(schema) ? own(schema, "$ref") : undefined;
  return typeof reference === "string" ? localPointer(reference) : undefined;
}
