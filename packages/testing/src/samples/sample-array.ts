import { deepEqual } from "@hivewire/protocol";
import type { Task } from "./alternatives.js";
import type { Sample } from "./sample-object.js";
import { list, numbers, one, own, type Schema } from "./schema-walk.js";

/** Schemas that the item at an index has to fulfil. */
function schemasAt(schemas: readonly Schema[], index: number): readonly unknown[] {
  return schemas.flatMap((schema) => {
    const prefix = list(schema, "prefixItems");
    return index < prefix.length ? [prefix[index]] : one(schema, "items");
  });
}

/** How many items an attempt makes: what is asked for at least, and in a full sample some more. */
function lengthOf({ variant, random }: Task, least: number, prefix: number, attempt: number): number {
  const whole = Math.max(least, prefix);
  if (variant === "minimal") return attempt % 2 === 0 ? least : whole;
  return attempt % 2 === 0 ? Math.max(whole, random.whole(1, 3)) : attempt === 1 ? whole : least;
}

/** An array that schemas may accept; the caller judges it. */
export function sampleArray(
  task: Task,
  schemas: readonly Schema[],
  attempt: number,
  sample: Sample,
): readonly unknown[] {
  const contained = schemas.flatMap((schema) => one(schema, "contains"));
  const asked = numbers(schemas, "minContains");
  let missing = contained.length === 0 ? 0 : Math.max(...(asked.length === 0 ? [1] : asked));
  const prefix = Math.max(0, ...schemas.map((schema) => list(schema, "prefixItems").length));
  const least = Math.max(0, missing, ...numbers(schemas, "minItems"));
  const most = Math.min(...numbers(schemas, "maxItems"));
  const isUnique = schemas.some((schema) => own(schema, "uniqueItems") === true);
  const length = Math.min(most, lengthOf(task, least, prefix, attempt));
  const items: unknown[] = [];
  for (let tries = 8 * (length + missing + 1); tries > 0; tries--) {
    if (items.length >= length && (missing === 0 || items.length >= most)) break;
    const own = schemasAt(schemas, items.length);
    const wanted = missing > 0 ? sample(task, [...own, ...contained]) : undefined;
    const item = wanted ?? sample(task, own);
    if (item === undefined) break;
    if (isUnique && items.some((other) => deepEqual(other, item))) continue;
    if (wanted !== undefined) missing--;
    items.push(item);
  }
  return items;
}
