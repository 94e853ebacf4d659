import { type Json, valueAt } from "../json.js";
import { targetOf, walkSchemas } from "../read/references.js";

/** Pointers of the schemas that a `$ref` leads to and that lead back to themselves. */
export function recursiveTargets(root: Json): ReadonlySet<string> {
  const edges = new Map<string, readonly string[]>();
  const edgesOf = (pointer: string): readonly string[] => {
    const known = edges.get(pointer);
    if (known) return known;
    const found = walkSchemas(valueAt(root, pointer) ?? true).flatMap(({ schema }) => targetOf(schema) ?? []);
    edges.set(pointer, found);
    return found;
  };
  const targets = walkSchemas(root).flatMap(({ schema }) => targetOf(schema) ?? []);
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
