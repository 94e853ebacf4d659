import { type Json, type JsonObject, own, pointerOf } from "@hivewire/codegen";
import { mapOf } from "../formula/document.js";

/** A schema under a name, and the end of its pointer. */
interface Named {
  readonly name: string;
  readonly schema: Json;
  readonly path: string;
}

/** Which keywords a schema has; worked out once, since values are held against the same schemas often. */
export interface Plan {
  readonly reference: Json | undefined;
  readonly hasUnions: boolean;
  readonly hasConditions: boolean;
  readonly hasItems: boolean;
  readonly hasMembers: boolean;
  readonly properties: readonly Named[];
  readonly patterns: readonly Named[];
  readonly dependent: readonly Named[];
}

const unions = ["allOf", "anyOf", "oneOf", "not"];
const conditions = ["if", "dependentSchemas"];
const items = ["prefixItems", "items", "contains", "unevaluatedItems"];
const members = [
  ...["properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties"],
];

const known = new WeakMap<JsonObject, Plan>();

function named(schema: JsonObject, keyword: string): readonly Named[] {
  return mapOf(schema, keyword).map(([name, child]) => ({
    name,
    schema: child,
    path: keyword + pointerOf([name]),
  }));
}

/** The plan of a schema. */
export function planOf(schema: JsonObject): Plan {
  const before = known.get(schema);
  if (before) return before;
  const hasOneOf = (keywords: readonly string[]): boolean =>
    keywords.some((keyword) => own(schema, keyword) !== undefined);
  const plan: Plan = {
    reference: own(schema, "$ref"),
    hasUnions: hasOneOf(unions),
    hasConditions: hasOneOf(conditions),
    hasItems: hasOneOf(items),
    hasMembers: hasOneOf(members),
    properties: named(schema, "properties"),
    patterns: named(schema, "patternProperties"),
    dependent: named(schema, "dependentSchemas"),
  };
  known.set(schema, plan);
  return plan;
}
