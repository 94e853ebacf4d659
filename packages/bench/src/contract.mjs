// @ts-check
import { parts } from "./kinds.mjs";
import { shapesOf } from "./shapes.mjs";

/** @typedef {import("./kinds.mjs").Kind} Kind */
/** @typedef {import("./kinds.mjs").Fields} Fields */
/** @typedef {import("./shapes.mjs").Shape} Shape */

/** @param {Kind} kind @returns {Record<string, unknown>} */
function schemaOf(kind) {
  switch (kind.kind) {
    case "text":
      return { type: "string", minLength: kind.min, maxLength: kind.max };
    case "integer":
      return { type: "integer", minimum: kind.min };
    case "enum":
      return { enum: kind.values };
    case "strings":
      return { type: "array", items: { type: "string" } };
    case "list":
      return { type: "array", items: { $ref: `#/$defs/${kind.of}` } };
    case "map":
      return { type: "object", additionalProperties: schemaOf(kind.of) };
    case "object":
      return objectSchema(kind.fields, kind.closed === true);
    default:
      return { type: kind.kind };
  }
}

/** @param {Fields} fields @param {boolean} closed @param {Record<string, unknown>} [first] */
function objectSchema(fields, closed, first = {}) {
  const required = Object.keys(fields).filter((key) => fields[key]?.optional !== true);
  return {
    type: "object",
    properties: {
      ...first,
      ...Object.fromEntries(Object.entries(fields).map(([key, kind]) => [key, schemaOf(kind)])),
    },
    required: [...Object.keys(first), ...required],
    ...(closed ? { additionalProperties: false } : {}),
  };
}

/**
 * The draft 2020-12 document of some shapes: a root `oneOf` of references, discriminated by `type`.
 * @param {readonly Shape[]} shapes
 */
export function documentOf(shapes) {
  const messages = shapes.map(({ name, type, sender, closed, fields }) => {
    const schema = objectSchema(fields, closed, { type: { const: type } });
    return [name, { title: name, "x-sender": sender, ...schema }];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    "x-contract": { name: "bench", version: "1.0.0" },
    oneOf: shapes.map(({ name }) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      ...Object.fromEntries(messages),
      ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, schemaOf(part)])),
    },
  };
}

/**
 * A contract as every library gets it. `types` counts what one receiver has to tell apart: the messages
 * of a server. Those of the client come on top, and only our generator, which reads the whole
 * document, sees them.
 * @param {number} types
 * @param {number} [client] messages of the client
 */
export function contractOf(types, client = 4) {
  const shapes = shapesOf({ server: types, client });
  return { types, shapes, received: shapes.filter(({ sender }) => sender === "server") };
}

/** @typedef {ReturnType<typeof contractOf>} BenchContract */
