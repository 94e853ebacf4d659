import { isJsonObject } from "@hivewire/protocol";
import type { Task } from "./alternatives.js";
import { patternText } from "./pattern-text.js";
import { entries, expressionOf, isTextList, list, numbers, one, own, type Schema } from "./schema-walk.js";

/** Makes a value that several schemas accept; undefined when none was found. */
export type Sample = (task: Task, schemas: readonly unknown[]) => unknown;

/** Entries that a sample of a map has: an object without declared properties. */
const mapSize = 2;

/** Names that have to be there, with those that they ask for. */
function requiredNames(schemas: readonly Schema[]): ReadonlySet<string> {
  const names = new Set(
    schemas.flatMap((schema) => list(schema, "required").filter((name) => typeof name === "string")),
  );
  for (const name of names)
    for (const schema of schemas) {
      const map = own(schema, "dependentRequired");
      const needed = isJsonObject(map) ? own(map, name) : undefined;
      if (isTextList(needed)) for (const other of needed) names.add(other);
    }
  return names;
}

/** Schemas that one schema of an object has for a property. */
function schemasOf(schema: Schema, name: string): readonly unknown[] {
  const properties = own(schema, "properties");
  const named = [
    ...(isJsonObject(properties) ? one(properties, name) : []),
    ...entries(schema, "patternProperties").flatMap(([pattern, part]) =>
      expressionOf(pattern).test(name) ? [part] : [],
    ),
  ];
  return named.length > 0 ? named : one(schema, "additionalProperties");
}

/** The declared names that an attempt adds to the required ones: all, about half, none. */
function optionalNames(names: readonly string[], { variant, random }: Task, attempt: number) {
  if (variant === "minimal" || attempt > 2) return [];
  return attempt === 0 ? names : names.filter(() => random.next() < 0.5);
}

/** Names that no schema declares: of patterns, or as `propertyNames` wants them. */
function madeUpNames(task: Task, schemas: readonly Schema[], count: number, sample: Sample): string[] {
  const { random } = task;
  const patterns = schemas.flatMap((schema) => entries(schema, "patternProperties").map(([name]) => name));
  const rules = schemas.flatMap((schema) => one(schema, "propertyNames"));
  return Array.from({ length: count }, (_, index) => {
    const pattern = random.pick(patterns);
    if (pattern !== undefined) return patternText(pattern, { random, grow: 2 }) ?? "";
    const name = rules.length === 0 ? `key_${index + 1}` : sample(task, [{ type: "string" }, ...rules]);
    return typeof name === "string" ? name : "";
  });
}

/** An object that schemas may accept; undefined when a required property has no value. The caller judges it. */
export function sampleObject(
  task: Task,
  schemas: readonly Schema[],
  attempt: number,
  sample: Sample,
): object | undefined {
  const required = requiredNames(schemas);
  const declared = [
    ...new Set(schemas.flatMap((schema) => entries(schema, "properties").map(([key]) => key))),
  ];
  const least = Math.max(0, ...numbers(schemas, "minProperties"));
  const most = Math.min(...numbers(schemas, "maxProperties"));
  const members = new Map<string, unknown>();
  const add = (name: string): boolean => {
    if (members.has(name)) return true;
    const value = sample(
      task,
      schemas.flatMap((schema) => schemasOf(schema, name)),
    );
    if (value !== undefined) members.set(name, value);
    return value !== undefined;
  };
  if (![...required].every(add)) return undefined;
  for (const name of optionalNames(declared, task, attempt)) if (members.size < most) add(name);
  for (const name of declared) if (members.size < least) add(name);
  const isMap = declared.length === 0 && task.variant === "full" && attempt < 2;
  const wanted = Math.min(most, Math.max(least, isMap ? mapSize : 0));
  for (const name of madeUpNames(task, schemas, 4 * Math.max(0, wanted - members.size), sample))
    if (members.size < wanted) add(name);
  const order = [...declared, ...members.keys()];
  const sorted = [...members].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return Object.fromEntries(sorted);
}
