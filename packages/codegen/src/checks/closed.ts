import { isObject, type Json, type JsonObject, own, valueAt } from "../json.js";
import { targetOf } from "../read/references.js";

/** Keys of an object beyond those that are known, and what they have to be. */
export interface ClosedKeys {
  readonly keyword: "additionalProperties" | "unevaluatedProperties";
  readonly keys: readonly string[];
  readonly patterns: readonly string[];
  readonly schema: Json;
  /** Keys below the schema's pointer. */
  readonly path: readonly string[];
}

/** Keywords that evaluate properties or items only for some values. */
const conditional = ["anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "$dynamicRef"] as const;

interface Evaluated {
  readonly keys: Set<string>;
  readonly patterns: Set<string>;
  all: boolean;
  prefix: number;
  allItems: boolean;
}

/** Adds what a schema evaluates for every value; false when that depends on the value. */
function collect(
  root: Json,
  schema: Json,
  into: Evaluated,
  seen: ReadonlySet<JsonObject>,
  isOuter: boolean,
): boolean {
  if (!isObject(schema)) return true;
  if (seen.has(schema) || conditional.some((keyword) => own(schema, keyword) !== undefined)) return false;
  const next = new Set([...seen, schema]);
  const { properties, patternProperties, prefixItems, allOf } = schema;
  if (isObject(properties)) for (const key of Object.keys(properties)) into.keys.add(key);
  if (isObject(patternProperties)) for (const key of Object.keys(patternProperties)) into.patterns.add(key);
  if (own(schema, "additionalProperties") !== undefined) into.all = true;
  if (!isOuter && own(schema, "unevaluatedProperties") !== undefined) into.all = true;
  if (Array.isArray(prefixItems)) into.prefix = Math.max(into.prefix, prefixItems.length);
  if (own(schema, "items") !== undefined) into.allItems = true;
  if (!isOuter && own(schema, "unevaluatedItems") !== undefined) into.allItems = true;
  if (own(schema, "contains") !== undefined && asksForItems([...seen, schema])) return false;
  const pointer = targetOf(schema);
  const target = pointer === undefined ? undefined : valueAt(root, pointer);
  if (target !== undefined && !collect(root, target, into, next, false)) return false;
  return !Array.isArray(allOf) || allOf.every((part: Json) => collect(root, part, into, next, false));
}

/** `contains` evaluates the items it matches, which matters where unevaluated items are asked about. */
function asksForItems(schemas: readonly JsonObject[]): boolean {
  return schemas.some((schema) => own(schema, "unevaluatedItems") !== undefined);
}

function evaluated(root: Json, schema: JsonObject): Evaluated | undefined {
  const into: Evaluated = { keys: new Set(), patterns: new Set(), all: false, prefix: 0, allItems: false };
  return collect(root, schema, into, new Set(), true) ? into : undefined;
}

/** Whether `unevaluatedProperties` or `unevaluatedItems` depend on the value: only Ajv's code decides about them. */
export function needsAjv(root: Json, schema: JsonObject): boolean {
  const asks =
    own(schema, "unevaluatedProperties") !== undefined || own(schema, "unevaluatedItems") !== undefined;
  return asks && evaluated(root, schema) === undefined;
}

/** What a schema says about keys that it does not name. */
export function closedKeys(root: Json, schema: JsonObject): readonly ClosedKeys[] {
  const { properties, patternProperties } = schema;
  const additional = own(schema, "additionalProperties");
  const unevaluated = own(schema, "unevaluatedProperties");
  const found: ClosedKeys[] = [];
  if (additional !== undefined && additional !== true) {
    found.push({
      keyword: "additionalProperties",
      keys: isObject(properties) ? Object.keys(properties) : [],
      patterns: isObject(patternProperties) ? Object.keys(patternProperties) : [],
      schema: additional,
      path: ["additionalProperties"],
    });
  }
  const known = unevaluated === undefined || unevaluated === true ? undefined : evaluated(root, schema);
  if (known && !known.all && unevaluated !== undefined) {
    found.push({
      keyword: "unevaluatedProperties",
      keys: [...known.keys],
      patterns: [...known.patterns],
      schema: unevaluated,
      path: ["unevaluatedProperties"],
    });
  }
  return found;
}

/** From which item on items are unevaluated, and what they have to be; undefined when none is. */
export function unevaluatedItems(
  root: Json,
  schema: JsonObject,
): { readonly from: number; readonly schema: Json } | undefined {
  const unevaluated = own(schema, "unevaluatedItems");
  if (unevaluated === undefined || unevaluated === true) return undefined;
  const known = evaluated(root, schema);
  return known && !known.allItems ? { from: known.prefix, schema: unevaluated } : undefined;
}
