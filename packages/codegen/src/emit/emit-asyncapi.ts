import { isObject, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import type { MessageModel, Model } from "../model.js";
import { tagsOf } from "../read/read-messages.js";
import { localPointer } from "../read/references.js";
import { namesOfTargets } from "./describe-message.js";
import { exampleOf } from "./sample-value.js";

/** The one channel: a WebSocket carries every message. */
const channel = "socket";

const reference = (...keys: readonly string[]): JsonObject => ({ $ref: `#${pointerOf(keys)}` });
const inChannel = ({ name }: MessageModel): JsonObject => reference("channels", channel, "messages", name);

const schemaMaps: ReadonlySet<string> = new Set(["properties", "patternProperties"]);
const schemaKeywords: ReadonlySet<string> = new Set([
  ...[
    "additionalProperties",
    "additionalItems",
    "propertyNames",
    "items",
    "contains",
    "not",
    "if",
    "then",
    "else",
  ],
  ...["unevaluatedProperties", "unevaluatedItems"],
]);
const schemaLists: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "items"]);
/** Keywords about the document that a schema inside another one has no use for. */
const dropped: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "id",
  "$defs",
  "definitions",
  "$comment",
  "x-contract",
]);

type Names = ReadonlyMap<string, string>;

/** `dependentRequired` and `dependentSchemas` are one keyword in draft-07: a name in both needs both. */
function dependencies(schema: JsonObject): JsonObject {
  const { dependentRequired, dependentSchemas } = schema;
  const required = isObject(dependentRequired) ? dependentRequired : {};
  const schemas = isObject(dependentSchemas) ? dependentSchemas : {};
  const both = Object.keys(schemas).filter((key) => Object.hasOwn(required, key));
  const joined = both.map(
    (key) => [key, { required: required[key] ?? [], allOf: [schemas[key] ?? true] }] as const,
  );
  const all = { ...required, ...schemas, ...Object.fromEntries(joined) };
  return Object.keys(all).length === 0 ? {} : { dependencies: all };
}

/** Readers of AsyncAPI take `__proto__` for the prototype of the properties; the pattern of that name means the same. */
function withoutPrototype(schema: JsonObject): JsonObject {
  const properties = own(schema, "properties");
  const named = isObject(properties) ? own(properties, "__proto__") : undefined;
  if (!isObject(properties) || named === undefined) return schema;
  const others = Object.entries(properties).filter(([key]) => key !== "__proto__");
  const patterns = own(schema, "patternProperties");
  return {
    ...schema,
    properties: Object.fromEntries(others),
    patternProperties: { ...(isObject(patterns) ? patterns : {}), "^__proto__$": named },
  };
}

/** Keywords of 2020-12 in the spelling of draft-07, for those that have one. */
function respelled(schema: JsonObject): JsonObject {
  const { prefixItems, dependentRequired, dependentSchemas, $ref, ...rest } = schema;
  const { items, ...others } = rest;
  const tuple =
    prefixItems === undefined
      ? rest
      : { ...others, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) };
  const spelled = { ...tuple, ...dependencies(schema) };
  if ($ref === undefined) return spelled;
  const all = own(schema, "allOf");
  // Draft-07 takes no notice of what stands beside `$ref`.
  return Object.keys(spelled).length === 0
    ? { $ref }
    : { ...spelled, allOf: [{ $ref }, ...(Array.isArray(all) ? all : [])] };
}

function each(map: JsonObject, names: Names): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, child]) => [key, convert(child, names)]));
}

function convertKeyword(key: string, value: Json, names: Names): Json {
  if (key === "$ref" && typeof value === "string") {
    const name = names.get(localPointer(value) ?? "#");
    return name === undefined ? value : `#${pointerOf(["components", "schemas", name])}`;
  }
  if (key === "dependencies" && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        Array.isArray(child) ? child : convert(child, names),
      ]),
    );
  if (schemaMaps.has(key) && isObject(value)) return each(value, names);
  if (schemaLists.has(key) && Array.isArray(value)) return value.map((child: Json) => convert(child, names));
  return schemaKeywords.has(key) ? convert(value, names) : value;
}

function convert(schema: Json, names: Names): Json {
  if (!isObject(schema)) return schema;
  const kept = Object.entries(respelled(withoutPrototype(schema))).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, convertKeyword(key, value, names)]));
}

/** A component is an object: AsyncAPI has no boolean schemas there. */
function component(schema: Json, names: Names): Json {
  if (schema === true) return {};
  return schema === false ? { not: {} } : convert(schema, names);
}

/** The keywords that are there. */
function given(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) result[key] = value;
  return result;
}

function text(schema: Json | undefined, keyword: string): string | undefined {
  const value = isObject(schema) ? own(schema, keyword) : undefined;
  return typeof value === "string" ? value : undefined;
}

function messageObject(model: Model, message: MessageModel, names: Names): JsonObject {
  const schema = valueAt(model.schema, message.pointer);
  const listed = isObject(schema) ? own(schema, "examples") : undefined;
  const made =
    Array.isArray(listed) && listed.length > 0 ? listed : [exampleOf(model.schema, message.pointer)];
  // An example of AsyncAPI is an object; other values are left to the schema.
  const examples = made.filter(isObject).map((payload) => ({ payload }));
  return given({
    name: message.name,
    title: text(schema, "title"),
    description: text(schema, "description"),
    contentType: "application/json",
    payload: reference("components", "schemas", names.get(message.pointer) ?? message.name),
    examples: examples.length === 0 ? undefined : examples,
    "x-topic": message.topic,
    "x-since": message.since,
    "x-deprecated": message.deprecated || undefined,
  });
}

function replyOf(model: Model, message: MessageModel): JsonObject | undefined {
  const answers = model.messages.filter(({ match }) =>
    tagsOf(match).some((tag) => message.replies.includes(tag)),
  );
  return answers.length === 0
    ? undefined
    : { channel: reference("channels", channel), messages: answers.map(inChannel) };
}

function operation(model: Model, message: MessageModel): readonly [string, JsonObject] {
  const action = message.sender === "client" ? "receive" : "send";
  const schema = valueAt(model.schema, message.pointer);
  return [
    `${action}${message.name}`,
    given({
      action,
      channel: reference("channels", channel),
      summary: text(schema, "title"),
      messages: [inChannel(message)],
      reply: replyOf(model, message),
    }),
  ];
}

/**
 * An AsyncAPI 3.0.0 document, as JSON, that describes the server: it receives what clients send and sends the rest.
 *
 * AsyncAPI's own schema objects follow draft-07, and `@asyncapi/parser` has no reader for draft 2020-12. Tuples, dependencies
 * and what stands beside a `$ref` are therefore respelled, without a change of meaning. `unevaluatedProperties`, `unevaluatedItems`,
 * `minContains`, `maxContains` and `$dynamicRef` have no spelling there: they are carried over, and readers of draft-07 pass them over.
 * Topics have no place in the address, which the contract does not name: they are `x-topics` and `x-topic`.
 */
export function emitAsyncApi(model: Model): string {
  const names = namesOfTargets(model);
  const schemas = [...names].map(
    ([pointer, name]) => [name, component(valueAt(model.schema, pointer) ?? true, names)] as const,
  );
  const document = {
    asyncapi: "3.0.0",
    info: given({
      title: model.name,
      version: model.version,
      description: text(model.schema, "description"),
    }),
    defaultContentType: "application/json",
    channels: {
      [channel]: given({
        address: null,
        description: "One WebSocket connection; each text frame is one message.",
        messages: Object.fromEntries(
          model.messages.map(({ name }) => [name, reference("components", "messages", name)]),
        ),
        bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
        "x-topics": model.topics.length === 0 ? undefined : model.topics,
        "x-discriminator": model.discriminator ?? undefined,
      }),
    },
    operations: Object.fromEntries(model.messages.map((message) => operation(model, message))),
    components: {
      messages: Object.fromEntries(
        model.messages.map((message) => [message.name, messageObject(model, message, names)]),
      ),
      schemas: Object.fromEntries(schemas),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
