import { isObject, isStringArray, type Json, own } from "./json.js";
import type { Match } from "./model.js";
import { conjuncts, type Place, resolve } from "./references.js";

/** Names that win when several properties could tell messages apart. */
const preferred = ["type", "event", "op", "method", "kind"] as const;

/** The property found, and how it recognises each branch. */
export interface Discriminator {
  readonly property: string;
  /** One per branch, in their order. */
  readonly matches: readonly Match[];
  /** See `Model.exact`. */
  readonly exact: boolean;
}

interface Tag {
  readonly values: readonly string[] | undefined;
  readonly pattern: string | undefined;
  /** Values that the branch refuses by `not`. */
  readonly refused: ReadonlySet<string>;
}

function stringsOf(schema: Json | undefined): readonly string[] {
  if (!isObject(schema)) return [];
  const constant = own(schema, "const");
  if (typeof constant === "string") return [constant];
  const values = own(schema, "enum");
  return isStringArray(values) ? values : [];
}

/** Whether each object that this branch accepts has the property. */
function requires(root: Json, branch: Place, property: string): boolean {
  return [...conjuncts(root, branch)].some((place) => {
    const names = isObject(place.schema) ? own(place.schema, "required") : undefined;
    return isStringArray(names) && names.includes(property);
  });
}

/** Whether this branch accepts nothing but objects. */
function isObjectOnly(root: Json, branch: Place): boolean {
  return [...conjuncts(root, branch)].some(
    (place) => isObject(place.schema) && own(place.schema, "type") === "object",
  );
}

function tagOf(root: Json, branch: Place, property: string): Tag | undefined {
  const schemas = [...conjuncts(root, branch)].flatMap((place) => {
    const properties = isObject(place.schema) ? own(place.schema, "properties") : undefined;
    const schema = isObject(properties) ? own(properties, property) : undefined;
    if (schema === undefined) return [];
    return [...conjuncts(root, { pointer: `${place.pointer}/properties/${property}`, schema })];
  });
  const parts = schemas.map((place) => resolve(root, place).schema).filter(isObject);
  const values = parts.map(stringsOf).find((found) => found.length > 0);
  const pattern = parts.map((part) => own(part, "pattern")).find((found) => typeof found === "string");
  if (!values && typeof pattern !== "string") return undefined;
  const refused = new Set(parts.flatMap((part) => stringsOf(own(part, "not"))));
  return { values, pattern: typeof pattern === "string" ? pattern : undefined, refused };
}

function candidates(root: Json, branch: Place): readonly string[] {
  const names = [...conjuncts(root, branch)].flatMap((place) => {
    const properties = isObject(place.schema) ? own(place.schema, "properties") : undefined;
    return isObject(properties) ? Object.keys(properties) : [];
  });
  return [...preferred.filter((name) => names.includes(name)), ...names];
}

function matchesOf(tags: readonly Tag[]): { matches: readonly Match[]; disjoint: boolean } {
  const constants = tags.flatMap((tag) => tag.values ?? []);
  let disjoint = new Set(constants).size === constants.length;
  disjoint &&= tags.filter((tag) => !tag.values).length <= 1;
  const matches = tags.map(({ values, pattern, refused }): Match => {
    const [first, ...rest] = values ?? [];
    if (first !== undefined) return { kind: "constant", values: [first, ...rest] };
    const expression = new RegExp(pattern ?? "", "u");
    const overlaps = constants.filter((value) => expression.test(value));
    disjoint &&= overlaps.every((value) => refused.has(value));
    return { kind: "pattern", pattern: pattern ?? "", overlaps };
  });
  return { matches, disjoint };
}

/**
 * Finds the property that tells the branches apart: in each it is required and has a constant,
 * an enum of strings or a pattern. Constants of different branches differ.
 * @returns undefined when there is none
 */
export function findDiscriminator(root: Json, branches: readonly Place[]): Discriminator | undefined {
  const [first] = branches;
  if (!first) return undefined;
  for (const property of candidates(root, first)) {
    if (!branches.every((branch) => requires(root, branch, property))) continue;
    const tags = branches.map((branch) => tagOf(root, branch, property));
    if (!tags.every((tag) => tag !== undefined)) continue;
    const constants = tags.flatMap((tag) => tag.values ?? []);
    if (branches.length > 1 && new Set(constants).size !== constants.length) continue;
    const { matches, disjoint } = matchesOf(tags);
    const exact = disjoint && branches.every((branch) => isObjectOnly(root, branch));
    return { property, matches, exact };
  }
  return undefined;
}
