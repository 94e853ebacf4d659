import {
  type ConversionStep,
  isObject,
  type Json,
  type JsonObject,
  own,
  targetOf,
  valueAt,
} from "@hivewire/codegen";
import { mapOf } from "../formula/document.js";

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** Keywords about an object's members as a whole, which notice when one goes. */
const counting: readonly string[] = [
  ...["minProperties", "maxProperties", "propertyNames", "unevaluatedProperties"],
];

/** Keywords that hold one schema, or a list, about the value itself. */
const inPlace: readonly string[] = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/** Tells the schemas to which it makes no difference whether a step was done. */
export class Untouched {
  readonly #known = new Map<number, Map<JsonObject, boolean>>();

  constructor(
    readonly root: Json,
    readonly step: ConversionStep,
  ) {}

  /** Whether the schema, about the value at that depth of the path, accepts it before the step exactly when after it. */
  at(schema: Json, depth: number): boolean {
    if (!isObject(schema)) return true;
    const known = this.#known.get(depth) ?? new Map<JsonObject, boolean>();
    this.#known.set(depth, known);
    const before = known.get(schema);
    if (before !== undefined) return before;
    const verdict = this.#sameValue(schema, depth) && this.#parts(schema, depth);
    known.set(schema, verdict);
    return verdict;
  }

  #sameValue(schema: JsonObject, depth: number): boolean {
    const target = targetOf(schema);
    const listed = [...listOf(own(schema, "enum")), ...listOf(own(schema, "const"))];
    const here = [
      ...(target === undefined ? [] : [valueAt(this.root, target) ?? true]),
      ...inPlace.flatMap((keyword) => listOf(own(schema, keyword))),
      ...mapOf(schema, "dependentSchemas").map(([, child]) => child),
    ];
    return (
      listed.every((value) => typeof value !== "object" || value === null) &&
      here.every((child) => this.at(child, depth))
    );
  }

  #parts(schema: JsonObject, depth: number): boolean {
    const { step } = this;
    const part = step.path[depth];
    if (part === undefined) return step.kind === "remove" && asksNothingOf(schema, step.keys);
    const inside = (children: readonly Json[]): boolean =>
      children.every((child) => this.at(child, depth + 1));
    if (typeof part === "string" || (typeof part === "object" && part.every === "member"))
      return !isObject(own(schema, "unevaluatedProperties")) && inside(about(schema, part));
    return (
      own(schema, "uniqueItems") !== true &&
      !isObject(own(schema, "unevaluatedItems")) &&
      inside(["prefixItems", "items", "contains"].flatMap((keyword) => listOf(own(schema, keyword))))
    );
  }
}

/** The schemas of an object's member, or of all of them. */
function about(schema: JsonObject, part: string | object): readonly Json[] {
  const isMeant = (name: string): boolean => typeof part === "object" || name === part;
  const isMatched = (pattern: string): boolean =>
    typeof part === "object" || new RegExp(pattern, "u").test(part);
  return [
    ...mapOf(schema, "properties").flatMap(([name, child]) => (isMeant(name) ? [child] : [])),
    ...mapOf(schema, "patternProperties").flatMap(([pattern, child]) => (isMatched(pattern) ? [child] : [])),
    ...listOf(own(schema, "additionalProperties")),
  ];
}

/** Whether an object's schema says nothing that depends on members of those names being there. */
function asksNothingOf(schema: JsonObject, keys: readonly string[]): boolean {
  const isOne = (name: Json): boolean => keys.some((key) => key === name);
  const rest = own(schema, "additionalProperties");
  return (
    !counting.some((keyword) => own(schema, keyword) !== undefined) &&
    (rest === undefined || rest === true) &&
    !mapOf(schema, "properties").some(([name]) => isOne(name)) &&
    !mapOf(schema, "patternProperties").some(([pattern]) =>
      keys.some((key) => new RegExp(pattern, "u").test(key)),
    ) &&
    !listOf(own(schema, "required")).some(isOne) &&
    !mapOf(schema, "dependentSchemas").some(([name]) => isOne(name)) &&
    !mapOf(schema, "dependentRequired").some(([name, names]) => isOne(name) || listOf(names).some(isOne))
  );
}
