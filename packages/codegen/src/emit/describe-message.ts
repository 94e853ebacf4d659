import { isObject, isStringArray, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import type { DefinitionModel, MessageModel, Model } from "../model.js";
import { NamePool, pascalCase } from "../names.js";
import { knownKeyword } from "../read/open-enums.js";
import { tagsOf } from "../read/read-messages.js";
import { conjuncts, localPointer, type Place, walkSchemas } from "../read/references.js";
import { constraintsOf, typeWords, type Word } from "./describe-type.js";
import { exampleOf } from "./sample-value.js";

/** One field as a reference shows it. */
export interface FieldDescription {
  /** Way to the field: `data.agents[].id`, `resume.*`, `[0]`. */
  readonly path: string;
  readonly type: readonly Word[];
  readonly required: boolean;
  readonly constraints: readonly string[];
  readonly description: string;
  readonly since: string | undefined;
  /** JSON text of the default value. */
  readonly defaultText: string | undefined;
  readonly deprecated: boolean;
}

/** What is said of anything that has a section of its own. */
export interface SectionDescription {
  readonly name: string;
  readonly description: string;
  readonly type: readonly Word[];
  readonly constraints: readonly string[];
  readonly fields: readonly FieldDescription[];
  readonly since: string | undefined;
  readonly deprecated: boolean;
}

/** One message as a reference shows it. */
export interface MessageDescription extends SectionDescription {
  /** Values of the discriminator, `outer/inner` for two levels; for a pattern its source between slashes; none for a shape. */
  readonly tags: readonly string[];
  readonly sender: "client" | "server";
  readonly topic: string | undefined;
  /** The answers: value of the discriminator, and the message's name. */
  readonly replies: readonly { readonly tag: string; readonly name: string }[];
  readonly example: Json | undefined;
}

/** Names of messages and definitions by the pointer of their schema; two messages of one schema share the first name. */
function namesByPointer(model: Model): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, pointer } of [...model.messages, ...model.definitions])
    if (!names.has(pointer)) names.set(pointer, name);
  return names;
}

/** The same, and a name for each other place that a `$ref` leads to. */
export function namesOfTargets(model: Model): ReadonlyMap<string, string> {
  const names = new Map(namesByPointer(model));
  const pool = new NamePool();
  for (const { name } of [...model.messages, ...model.definitions]) pool.claim(name);
  for (const { schema } of walkSchemas(model.schema)) {
    const reference = own(schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : undefined;
    if (target === undefined || names.has(target)) continue;
    names.set(target, pool.claim(pascalCase(target === "" ? "Root" : `Part ${target.split("/").at(-1)}`)));
  }
  return names;
}

interface Scope {
  readonly root: JsonObject;
  readonly names: ReadonlyMap<string, string>;
  /** Schemas that this one is inside of. */
  readonly above: ReadonlySet<string>;
}

function textOf(places: readonly Place[], keyword: string): string | undefined {
  const texts = places.map(({ schema }) => (isObject(schema) ? own(schema, keyword) : undefined));
  return texts.find((text) => typeof text === "string");
}

function isDeprecated(places: readonly Place[]): boolean {
  return places.some(({ schema }) => isObject(schema) && own(schema, "deprecated") === true);
}

function step(path: string, key: string): string {
  if (!/^[\p{L}\p{N}_$-]+$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function children(part: Place, keyword: string): readonly (Place & { readonly key: string })[] {
  const value = isObject(part.schema) ? own(part.schema, keyword) : undefined;
  const keys = Array.isArray(value)
    ? [...value.keys()].map(String)
    : isObject(value)
      ? Object.keys(value)
      : [];
  return keys.flatMap((key) => {
    const schema = value === undefined ? undefined : valueAt(value, pointerOf([key]));
    return schema === undefined ? [] : [{ key, pointer: part.pointer + pointerOf([keyword, key]), schema }];
  });
}

/** The schema that says most about the field: a reference, a constant or a list before anything else. */
function telling(places: readonly Place[]): Place | undefined {
  const tells = ({ schema }: Place): boolean =>
    isObject(schema) &&
    ["const", "enum", knownKeyword, "$ref", "pattern"].some((keyword) => Object.hasOwn(schema, keyword));
  return places.find(tells) ?? places[0];
}

function field(
  scope: Scope,
  path: string,
  places: readonly Place[],
  required: boolean,
  notes: readonly string[],
): readonly FieldDescription[] {
  const parts = places.flatMap((place) => [...conjuncts(scope.root, place)]);
  const main = telling(places);
  const value = parts.find(({ schema }) => isObject(schema) && Object.hasOwn(schema, "default"));
  const named = places.some(({ schema }) => isObject(schema) && Object.hasOwn(schema, "$ref"));
  return [
    {
      path,
      type: main ? typeWords(scope, main) : [],
      required,
      constraints: [...notes, ...new Set(places.flatMap(({ schema }) => constraintsOf(schema)))],
      description: textOf(parts, "description") ?? "",
      since: textOf(places, "x-since"),
      defaultText: value && isObject(value.schema) ? JSON.stringify(own(value.schema, "default")) : undefined,
      deprecated: isDeprecated(parts),
    },
    ...(named ? [] : places.flatMap((place) => fieldsOf(scope, place, path))),
  ];
}

/** Fields of an object, items of an array: in the order of the schema, those inside right after their owner. */
function fieldsOf(
  scope: Scope,
  place: Place,
  path: string,
  notes: readonly string[] = [],
): readonly FieldDescription[] {
  if (scope.above.has(place.pointer)) return [];
  const inner: Scope = { ...scope, above: new Set([...scope.above, place.pointer]) };
  const parts = [...conjuncts(scope.root, place)];
  const required = new Set(
    parts.flatMap(({ schema }) => {
      const names = isObject(schema) ? own(schema, "required") : undefined;
      return isStringArray(names) ? names : [];
    }),
  );
  const byKey = new Map<string, Place[]>();
  for (const part of parts)
    for (const { key, ...property } of children(part, "properties"))
      byKey.set(key, [...(byKey.get(key) ?? []), property]);
  const properties = [...byKey].flatMap(([key, places]) =>
    field(inner, step(path, key), places, required.has(key), notes),
  );
  return [...properties, ...parts.flatMap((part) => others(inner, part, path, notes))];
}

/** Tuples, inline items and maps, and the branches of unions that are written in place. */
function others(
  scope: Scope,
  part: Place,
  path: string,
  notes: readonly string[],
): readonly FieldDescription[] {
  const { schema, pointer } = part;
  if (!isObject(schema)) return [];
  const least = typeof schema.minItems === "number" ? schema.minItems : 0;
  const tuple = [
    ...children(part, "prefixItems"),
    ...(Array.isArray(schema.items) ? children(part, "items") : []),
  ];
  const below = (keyword: "items" | "additionalProperties", suffix: string): readonly FieldDescription[] => {
    const value = own(schema, keyword);
    if (!isObject(value) || Object.hasOwn(value, "$ref")) return [];
    return fieldsOf(scope, { pointer: `${pointer}/${keyword}`, schema: value }, path + suffix);
  };
  const variants = ["oneOf", "anyOf"].flatMap((keyword) => {
    const branches = children(part, keyword);
    return branches.flatMap((branch) => {
      const note = `in variant ${Number(branch.key) + 1} of ${branches.length}`;
      const refers = isObject(branch.schema) && Object.hasOwn(branch.schema, "$ref");
      return refers ? [] : fieldsOf(scope, branch, path, [...notes, note]);
    });
  });
  return [
    ...tuple.flatMap(({ key, ...item }) =>
      field(scope, `${path}[${key}]`, [item], Number(key) < least, notes),
    ),
    ...below("items", "[]"),
    ...below("additionalProperties", path === "" ? "*" : ".*"),
    ...variants,
  ];
}

function describe(model: Model, { name, pointer }: DefinitionModel): SectionDescription {
  const scope: Scope = { root: model.schema, names: namesByPointer(model), above: new Set() };
  const place: Place = { pointer, schema: valueAt(model.schema, pointer) ?? true };
  const parts = [...conjuncts(model.schema, place)];
  return {
    name,
    description: textOf(parts, "description") ?? "",
    type: typeWords(scope, place),
    constraints: constraintsOf(place.schema),
    fields: fieldsOf(scope, place, ""),
    since: textOf([place], "x-since"),
    deprecated: isDeprecated([place]),
  };
}

/** Reads a message for a reference page. */
export function describeMessage(model: Model, message: MessageModel): MessageDescription {
  const { match } = message;
  const replies = message.replies.map((tag) => {
    const answer = model.messages.find((other) => tagsOf(other.match).includes(tag));
    return { tag, name: answer?.name ?? "" };
  });
  return {
    ...describe(model, message),
    tags: match.kind === "pattern" ? [`/${match.pattern}/`] : tagsOf(match),
    sender: message.sender,
    topic: message.topic,
    replies,
    since: message.since,
    deprecated: message.deprecated,
    example: exampleOf(model.schema, message.pointer),
  };
}

/** Reads a definition for a reference page. */
export function describeDefinition(model: Model, definition: DefinitionModel): SectionDescription {
  return describe(model, definition);
}
