import { isStringArray, type Json } from "../json.js";

/** How TypeScript says "any value of that type" beside some of them, so that editors go on proposing those. */
const anyOther: ReadonlyMap<string, string> = new Map([
  ["string", "(string & {})"],
  ["number", "(number & {})"],
  ["integer", "(number & {})"],
  ["boolean", "boolean"],
  ["null", "null"],
]);

/**
 * The type of an open enum: its values, and any other of their types.
 * @param known - what `x-known` lists
 * @param type - what `type` says beside it
 * @returns undefined where the types are not all plain ones
 */
export function knownType(known: readonly Json[], type: Json | undefined): string | undefined {
  const types = typeof type === "string" ? [type] : isStringArray(type) ? type : [];
  const parts = types.map((name) => {
    const other = anyOther.get(name);
    if (other === undefined || !other.includes("&")) return other;
    const kind = name === "string" ? "string" : "number";
    return [...known.filter((value) => typeof value === kind).map((value) => JSON.stringify(value)), other];
  });
  const all = parts.flatMap((part) => part ?? []);
  return types.length === 0 || parts.includes(undefined) ? undefined : `(${[...new Set(all)].join(" | ")})`;
}
