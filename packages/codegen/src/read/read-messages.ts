import { isObject, type Json, type JsonObject, keysOf, own, pointerOf, valueAt } from "../json.js";
import type { Match, MessageModel, Model, Within } from "../model.js";
import type { NamePool } from "../names.js";
import { type Discrimination, discriminate, isExact } from "./dispatch.js";
import { isAssertion } from "./keywords.js";
import {
  type ContractHeader,
  isCoalesce,
  isNameList,
  isText,
  isVersionText,
  readKeyword,
} from "./read-contract.js";
import { conjuncts, localPointer, type Place } from "./references.js";
import type { Source } from "./source.js";

/** The messages of a document and how they are told apart. */
export type Messages = Pick<Model, "discriminator" | "route" | "union" | "beside" | "exact" | "messages">;

/** Where definitions live, newest spelling first. */
export const definitionKeywords = ["$defs", "definitions"] as const;

function placesIn(root: JsonObject, keyword: string): readonly Place[] {
  const value = own(root, keyword);
  if (Array.isArray(value))
    return value.map((schema, index) => ({ pointer: `/${keyword}/${index}`, schema }));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, schema]) => ({
    pointer: pointerOf([keyword, key]),
    schema,
  }));
}

/** The keyword of the root's union of messages; undefined when the root has none. */
function unionKeyword(root: JsonObject): "oneOf" | "anyOf" | undefined {
  return (["oneOf", "anyOf"] as const).find((keyword) => placesIn(root, keyword).length > 0);
}

/**
 * What the root demands beside its union; that a frame is an object, every branch of an exact route says too.
 * Where the rest depends on what the union evaluated, it is the whole root.
 */
function besideUnion(root: JsonObject, exact: boolean): JsonObject | undefined {
  if (Object.keys(root).some((key) => key.startsWith("unevaluated"))) return root;
  const union = unionKeyword(root);
  const others = Object.entries(root).filter(
    ([key, value]) => key !== union && isAssertion(key) && !(exact && key === "type" && value === "object"),
  );
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

/** Branches of the root union; without one the tagged definitions; without those the root itself. */
function findBranches(root: JsonObject): readonly Place[] {
  const keyword = unionKeyword(root);
  if (keyword) return placesIn(root, keyword);
  const isShape = ["type", "properties", "$ref", "allOf"].some((keyword) => own(root, keyword) !== undefined);
  const tagged = definitionKeywords
    .flatMap((keyword) => placesIn(root, keyword))
    .filter((place) => isTagged(discriminate(root, [place])));
  return isShape || tagged.length === 0 ? [{ pointer: "", schema: root }] : tagged;
}

/** Whether the only branch is an object that a constant or a pattern names. */
function isTagged({ discriminator, route }: Discrimination): boolean {
  return (
    discriminator !== null &&
    route.kind === "dispatch" &&
    route.dispatch.other.kind === "messages" &&
    route.dispatch.other.indexes.length === 0
  );
}

function addedProperties(source: Source, root: Json, place: Place): ReadonlyMap<string, string> {
  const added = new Map<string, string>();
  for (const part of conjuncts(root, place)) {
    const properties = isObject(part.schema) ? own(part.schema, "properties") : undefined;
    if (!isObject(properties)) continue;
    for (const [key, schema] of Object.entries(properties)) {
      if (!isObject(schema)) continue;
      const at = { pointer: part.pointer + pointerOf(["properties", key]), schema };
      const since = readKeyword(source, at, "x-since", "a version such as 1.1.0", isVersionText);
      if (since !== undefined) added.set(key, since);
    }
  }
  return added;
}

const isSender = (value: Json): value is "client" | "server" => value === "client" || value === "server";

/** The definition that a branch is a reference to; the branch itself when it asserts something beside that. */
function definitionOf(root: Json, branch: Place): Place {
  if (!isObject(branch.schema)) return branch;
  const reference = own(branch.schema, "$ref");
  const pointer = typeof reference === "string" ? localPointer(reference) : undefined;
  const schema = pointer === undefined ? undefined : valueAt(root, pointer);
  const isAlone = !Object.keys(branch.schema).some(
    (key) => key !== "$ref" && (isAssertion(key) || key.startsWith("x-")),
  );
  return pointer !== undefined && schema !== undefined && isAlone ? { pointer, schema } : branch;
}

function readMessage(source: Source, root: Json, branch: Place, match: Match, names: NamePool): MessageModel {
  const place = definitionOf(root, branch);
  const parts = [...conjuncts(root, place)].flatMap(({ pointer, schema }) =>
    isObject(schema) ? [{ pointer, schema }] : [],
  );
  const at = (keyword: string): { pointer: string; schema: JsonObject } =>
    parts.find((part) => own(part.schema, keyword) !== undefined) ?? { pointer: place.pointer, schema: {} };
  const key =
    place.pointer === "" || /^\/(oneOf|anyOf)\//.test(place.pointer)
      ? undefined
      : keysOf(place.pointer).at(-1);
  const title = own(at("title").schema, "title");
  return {
    name: names.claim(key ?? tagText(match) ?? (typeof title === "string" ? title : "Frame")),
    pointer: place.pointer,
    match,
    sender:
      readKeyword(source, at("x-sender"), "x-sender", 'either "client" or "server"', isSender) ?? "server",
    topic: readKeyword(source, at("x-topic"), "x-topic", "the name of a topic", isText),
    replies:
      readKeyword(
        source,
        at("x-replies"),
        "x-replies",
        "a list of message types without doubles",
        isNameList,
      ) ?? [],
    since: readKeyword(source, at("x-since"), "x-since", "a version such as 1.1.0", isVersionText),
    deprecated: own(at("deprecated").schema, "deprecated") === true,
    coalesce: readKeyword(source, at("x-coalesce"), "x-coalesce", "true or a JSON pointer", isCoalesce),
    added: addedProperties(source, root, place),
  };
}

/** A text that names the message by its discriminator: the pattern, the value, or both values of two levels. */
function tagText(match: Match): string | undefined {
  return match.kind === "pattern" ? match.pattern : tagsOf(match)[0];
}

/** The keys under which a contract lists a message: its constants, joined by `/` over several levels. */
export function tagsOf(match: Match): readonly string[] {
  return match.kind === "constant" ? tagTexts(match) : [];
}

function tagTexts({ values, within }: Pick<Within, "values" | "within">): readonly string[] {
  const inner = within === undefined ? [""] : tagTexts(within).map((text) => `/${text}`);
  return values.flatMap((value) => inner.map((text) => `${value}${text}`));
}

/**
 * Reads the messages of a document.
 * @throws CodegenError `invalid_contract`
 */
export function readMessages(
  source: Source,
  root: JsonObject,
  header: ContractHeader,
  names: NamePool,
): Messages {
  const branches = findBranches(root);
  const { discriminator, matches, route } = discriminate(root, branches);
  const messages = branches.map((branch, index) =>
    readMessage(source, root, branch, matches[index] ?? { kind: "shape" }, names),
  );
  const constants = new Set(messages.flatMap(({ match }) => tagsOf(match)));
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
  const beside =
    unionKeyword(root) === undefined && branches[0]?.pointer === ""
      ? undefined
      : besideUnion(root, isExact(route));
  return {
    discriminator,
    route,
    union: unionKeyword(root) === "oneOf" ? "one" : "any",
    beside,
    exact: isExact(route) && beside === undefined,
    messages,
  };
}

function checkTopic(source: Source, message: MessageModel, header: ContractHeader): void {
  if (message.topic === undefined || header.topics.includes(message.topic)) return;
  throw source.fail(
    "invalid_contract",
    `${message.pointer}/x-topic`,
    `Failed to read x-topic of ${message.name}: "${message.topic}" is not among the contract's topics.`,
    `one of ${header.topics.join(", ") || "the names in x-contract.topics"}`,
  );
}
