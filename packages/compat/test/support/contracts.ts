import { readFileSync } from "node:fs";
import { isObject, type Json, type JsonObject, keysOf, own, readModel, valueAt } from "@hivewire/codegen";
import { type CompareOptions, compareContracts } from "../../src/contract/compare-contracts.js";
import type { Comparison } from "../../src/contract/comparison.js";

/** The text of our own schema. */
export const ownSchema = readFileSync(
  new URL("../../../../schemas/ws_messages.schema.json", import.meta.url),
  "utf8",
);

/** One change of a schema: the value at a pointer becomes another, or goes. */
export type Edit = readonly [pointer: string, value: Json | undefined];

function put(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (Array.isArray(value)) {
    const items: Json[] = [...value];
    if (rest.length > 0) items[Number(key)] = put(items[Number(key)] ?? null, rest, by);
    else if (by === undefined) items.splice(Number(key), 1);
    else if (key === "-") items.push(by);
    else items[Number(key)] = by;
    return items;
  }
  const object: JsonObject = isObject(value) ? value : {};
  if (rest.length === 0 && by === undefined)
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  return { ...object, [key]: rest.length === 0 ? (by ?? null) : put(own(object, key) ?? {}, rest, by) };
}

/** The schema with changes; `-` at the end of a pointer appends to a list. */
export function withEdits(schema: Json, edits: readonly Edit[]): Json {
  return edits.reduce<Json>((changed, [pointer, value]) => put(changed, keysOf(pointer), value), schema);
}

/** A property that became another, in place. */
export function renamed(schema: Json, holder: string, from: string, to: string): readonly Edit[] {
  return [
    [`${holder}/${to}`, valueAt(schema, `${holder}/${from}`)],
    [`${holder}/${from}`, undefined],
  ];
}

/** Two schemas compared. */
export function compare(older: Json, newer: Json, options: CompareOptions = {}): Comparison {
  const read = (schema: Json, label: string) => ({
    model: readModel({ text: JSON.stringify(schema, undefined, 2), file: "messages.schema.json" }),
    label,
  });
  return compareContracts(read(older, "1.0.0"), read(newer, "next"), options);
}
