import { isJsonObject } from "@hivewire/protocol";

/** A schema that is an object. */
export type Schema = Readonly<Record<string, unknown>>;

/** An own member; undefined when there is none (never one of `Object.prototype`). */
export function own(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
}

/** The members of a keyword that holds a list; none when it holds something else. */
export function list(schema: Schema, keyword: string): readonly unknown[] {
  const items = own(schema, keyword);
  return Array.isArray(items) ? items : [];
}

/** The members of a keyword that holds a map; none when it holds something else. */
export function entries(schema: Schema, keyword: string): readonly (readonly [string, unknown])[] {
  const map = own(schema, keyword);
  return isJsonObject(map) ? Object.entries(map) : [];
}

/** The schema of a keyword, in a list: none or one. */
export function one(schema: Schema, keyword: string): readonly unknown[] {
  const value = own(schema, keyword);
  return value === undefined ? [] : [value];
}

/** The numbers that schemas have under a keyword. */
export function numbers(schemas: readonly Schema[], keyword: string): readonly number[] {
  return schemas.map((schema) => own(schema, keyword)).filter((value) => typeof value === "number");
}

/** The texts that schemas have under a keyword. */
export function texts(schemas: readonly Schema[], keyword: string): readonly string[] {
  return schemas.map((schema) => own(schema, keyword)).filter((value) => typeof value === "string");
}

/** Whether a value is a list of texts. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/**
 * What a JSON pointer of this document names (RFC 6901): generated schemas have no other references.
 * @returns undefined when it leads nowhere, or elsewhere
 */
export function referred(root: Schema, reference: unknown): unknown {
  if (reference === "#") return root;
  if (typeof reference !== "string" || !reference.startsWith("#/")) return undefined;
  let found: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    found = typeof found === "object" && found !== null ? own(found, key) : undefined;
  }
  return found;
}

const expressions = new Map<string, RegExp>();

/** The expression of a pattern, made once: unanchored, with the `u` flag, as JSON Schema has it. */
export function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, "u");
  expressions.set(pattern, known);
  return known;
}
