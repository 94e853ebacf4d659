import { findDiscriminator } from "./discriminator.js";
import { isObject, type Json, type JsonObject, keysOf, own } from "./json.js";
import type { JsonSource } from "./json-source.js";
import type { Match, MessageModel } from "./model.js";
import type { NamePool } from "./names.js";
import { type ContractHeader, isNameList, isText, isVersionText, readKeyword } from "./read-contract.js";
import { conjuncts, type Place, resolve } from "./references.js";

/** The messages of a document and how they are told apart. */
export interface Messages {
  readonly discriminator: string | null;
  readonly exact: boolean;
  readonly messages: readonly MessageModel[];
}

/** Where definitions live, newest spelling first. */
export const definitionKeywords = ["$defs", "definitions"] as const;

function placesIn(root: JsonObject, keyword: string): readonly Place[] {
  const value = own(root, keyword);
  if (Array.isArray(value))
    return value.map((schema, index) => ({ pointer: `/${keyword}/${index}`, schema }));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, schema]) => ({
    pointer: `/${keyword}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    schema,
  }));
}

/** Keywords that could refuse a frame beside the root's union; then no branch decides alone. */
const assertions: ReadonlySet<string> = new Set([
  ...["$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", "const", "enum"],
  ...["properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "propertyNames"],
  ...["required", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies"],
]);

/** The keyword of the root's union of messages; undefined when the root has none. */
export function unionKeyword(root: JsonObject): "oneOf" | "anyOf" | undefined {
  return (["oneOf", "anyOf"] as const).find((keyword) => placesIn(root, keyword).length > 0);
}

function constrainsBesideUnion(root: JsonObject): boolean {
  const union = unionKeyword(root);
  const others = Object.keys(root).filter((key) => key !== union && assertions.has(key));
  const type = own(root, "type");
  return union !== undefined && (others.length > 0 || (type !== undefined && type !== "object"));
}

/** Branches of the root union; without one the tagged definitions; without those the root itself. */
function findBranches(root: JsonObject): readonly Place[] {
  const keyword = unionKeyword(root);
  if (keyword) return placesIn(root, keyword);
  const isShape = ["type", "properties", "$ref", "allOf"].some((keyword) => own(root, keyword) !== undefined);
  const tagged = definitionKeywords
    .flatMap((keyword) => placesIn(root, keyword))
    .filter((place) => findDiscriminator(root, [place])?.exact === true);
  return isShape || tagged.length === 0 ? [{ pointer: "", schema: root }] : tagged;
}

function addedProperties(source: JsonSource, root: Json, place: Place): ReadonlyMap<string, string> {
  const added = new Map<string, string>();
  for (const part of conjuncts(root, place)) {
    const properties = isObject(part.schema) ? own(part.schema, "properties") : undefined;
    if (!isObject(properties)) continue;
    for (const [key, schema] of Object.entries(properties)) {
      if (!isObject(schema)) continue;
      const at = { pointer: `${part.pointer}/properties/${key}`, schema };
      const since = readKeyword(source, at, "x-since", "a version such as 1.1.0", isVersionText);
      if (since !== undefined) added.set(key, since);
    }
  }
  return added;
}

const isSender = (value: Json): value is "client" | "server" => value === "client" || value === "server";

function readMessage(
  source: JsonSource,
  root: Json,
  branch: Place,
  match: Match,
  names: NamePool,
): MessageModel {
  const place = resolve(root, branch);
  const schema = isObject(place.schema) ? place.schema : {};
  const at = { pointer: place.pointer, schema };
  const key =
    place.pointer === "" || /^\/(oneOf|anyOf)\//.test(place.pointer)
      ? undefined
      : keysOf(place.pointer).at(-1);
  const title = typeof schema.title === "string" ? schema.title : undefined;
  const tag =
    match.kind === "constant" ? match.values[0] : match.kind === "pattern" ? match.pattern : undefined;
  return {
    name: names.claim(key ?? tag ?? title ?? "Frame"),
    pointer: place.pointer,
    match,
    sender: readKeyword(source, at, "x-sender", 'either "client" or "server"', isSender) ?? "server",
    topic: readKeyword(source, at, "x-topic", "the name of a topic", isText),
    replies:
      readKeyword(source, at, "x-replies", "a list of message types without doubles", isNameList) ?? [],
    since: readKeyword(source, at, "x-since", "a version such as 1.1.0", isVersionText),
    deprecated: schema.deprecated === true,
    added: addedProperties(source, root, place),
  };
}

/**
 * Reads the messages of a document.
 * @throws CodegenError `invalid_contract`
 */
export function readMessages(
  source: JsonSource,
  root: JsonObject,
  header: ContractHeader,
  names: NamePool,
): Messages {
  const branches = findBranches(root);
  const found = findDiscriminator(root, branches);
  const messages = branches.map((branch, index) =>
    readMessage(source, root, branch, found?.matches[index] ?? { kind: "shape" }, names),
  );
  const constants = new Set(messages.flatMap(({ match }) => (match.kind === "constant" ? match.values : [])));
  for (const message of messages) {
    checkTopic(source, message, header);
    const unknown = message.replies.findIndex((reply) => !constants.has(reply));
    if (unknown < 0) continue;
    throw source.fail(
      "invalid_contract",
      `${message.pointer}/x-replies/${unknown}`,
      `Failed to read x-replies of ${message.name}: no message has the type "${message.replies[unknown]}".`,
      `one of ${[...constants].join(", ")}`,
    );
  }
  return {
    discriminator: found?.property ?? null,
    exact: found?.exact === true && !constrainsBesideUnion(root),
    messages,
  };
}

function checkTopic(source: JsonSource, message: MessageModel, header: ContractHeader): void {
  if (message.topic === undefined || header.topics.includes(message.topic)) return;
  throw source.fail(
    "invalid_contract",
    `${message.pointer}/x-topic`,
    `Failed to read x-topic of ${message.name}: "${message.topic}" is not among the contract's topics.`,
    `one of ${header.topics.join(", ") || "the names in x-contract.topics"}`,
  );
}
