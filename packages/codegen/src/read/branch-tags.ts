import { isObject, isStringArray, type Json, type JsonObject, own } from "../json.js";
import type { Tag } from "../model.js";
import { conjuncts, type Place, resolve } from "./references.js";

/** What one branch of a union says about one property, or about one item of a tuple. */
export interface BranchTag {
  /** The only values it accepts there; undefined when it names none. */
  readonly values: readonly Tag[] | undefined;
  /** A pattern of the strings it accepts there. */
  readonly pattern: string | undefined;
  /** Values that it refuses there by `not`. */
  readonly refused: ReadonlySet<Tag>;
  /** It accepts nothing but strings there. */
  readonly textOnly: boolean;
  /** It refuses values without it. */
  readonly required: boolean;
  /** It refuses values that are no object, or for an item no array. */
  readonly container: boolean;
}

/** The property's name, or the item's index. */
export type Key = string | number;

const isTag = (value: Json): value is Tag => typeof value !== "object" || value === null;

function tagsOf(schema: Json | undefined): readonly Tag[] | undefined {
  if (!isObject(schema)) return undefined;
  const constant = own(schema, "const");
  if (constant !== undefined) return isTag(constant) ? [constant] : undefined;
  const values = own(schema, "enum");
  return Array.isArray(values) && values.length > 0 && values.every(isTag) ? values : undefined;
}

function schemaAt(schema: JsonObject, key: Key): { at: string; schema: Json } | undefined {
  const holder = own(schema, typeof key === "number" ? "prefixItems" : "properties");
  if (Array.isArray(holder)) {
    const item = holder[Number(key)];
    return item === undefined ? undefined : { at: `/prefixItems/${key}`, schema: item };
  }
  const property = isObject(holder) ? own(holder, String(key)) : undefined;
  return property === undefined ? undefined : { at: `/properties/${key}`, schema: property };
}

function isRequired(part: JsonObject, key: Key): boolean {
  if (typeof key === "number") return Number(own(part, "minItems") ?? 0) > key;
  const names = own(part, "required");
  return isStringArray(names) && names.includes(key);
}

/** What the branch says about the key, over everything that has to hold for it. */
export function branchTag(root: Json, branch: Place, key: Key): BranchTag {
  const parts = [...conjuncts(root, branch)].flatMap((place) =>
    isObject(place.schema) ? [{ pointer: place.pointer, schema: place.schema }] : [],
  );
  const found = parts.flatMap((part) => {
    const inner = schemaAt(part.schema, key);
    return inner ? [...conjuncts(root, { pointer: part.pointer + inner.at, schema: inner.schema })] : [];
  });
  const schemas = found.map((place) => resolve(root, place).schema).filter(isObject);
  const pattern = schemas.map((schema) => own(schema, "pattern")).find((value) => typeof value === "string");
  return {
    values: schemas.map(tagsOf).find((values) => values !== undefined),
    pattern: typeof pattern === "string" ? pattern : undefined,
    refused: new Set(schemas.flatMap((schema) => tagsOf(own(schema, "not")) ?? [])),
    textOnly: schemas.some((schema) => own(schema, "type") === "string"),
    required: parts.some((part) => isRequired(part.schema, key)),
    container: parts.some(
      (part) => own(part.schema, "type") === (typeof key === "number" ? "array" : "object"),
    ),
  };
}

/** Most items of a tuple that are looked at. */
const maxTupleKeys = 8;

/** Names that win when several properties could tell messages apart. */
const preferred: readonly Key[] = ["type", "event", "op", "method", "kind", 0];

/** Every key that some branch gives constants for: the usual names first, then in the order of the schema. */
export function candidateKeys(root: Json, branches: readonly Place[]): readonly Key[] {
  const names = branches.flatMap((branch) =>
    [...conjuncts(root, branch)].flatMap(({ schema }): readonly Key[] => {
      if (!isObject(schema)) return [];
      const properties = own(schema, "properties");
      const items = own(schema, "prefixItems");
      return [
        ...(isObject(properties) ? Object.keys(properties) : []),
        ...(Array.isArray(items) ? items.slice(0, maxTupleKeys).keys() : []),
      ];
    }),
  );
  const known = new Set(names);
  return [...new Set([...preferred.filter((key) => known.has(key)), ...names])];
}
