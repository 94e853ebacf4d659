// @ts-check

/**
 * A frame made to be expensive. `accepted` is the schema's verdict; null where a limit on depth may
 * refuse what the schema allows: then only an exception is wrong.
 * @typedef {{ readonly name: string, readonly accepted: boolean | null, readonly text: string }} HostileFrame
 */

const string = { type: "string" };
const number = { type: "number" };

/** @param {Record<string, unknown>} tag @param {Record<string, unknown>} properties @param {Record<string, unknown>} [more] */
function message(tag, properties, more = {}) {
  return {
    "x-sender": "client",
    type: "object",
    properties: { type: tag, ...properties },
    required: ["type"],
    ...more,
  };
}

/** Messages of a client, with every keyword whose cost depends on the frame more than on the schema. */
const messages = {
  Report: message(
    { const: "report" },
    { value: number, values: { type: "array", items: number }, data: { type: "object" }, any: true },
    { required: ["type", "value"] },
  ),
  Tree: message({ const: "tree" }, { grid: { $ref: "#/$defs/Grid" }, node: { $ref: "#/$defs/Node" } }),
  Batch: message(
    { const: "batch" },
    {
      ids: { type: "array", items: { type: "integer" } },
      rows: { type: "array", items: { $ref: "#/$defs/Row" } },
    },
  ),
  Closed: message({ const: "closed" }, { id: string }, { additionalProperties: false }),
  Named: message(
    { const: "named" },
    {
      slug: { type: "string", pattern: "^[a-z0-9]+(?:[_-][a-z0-9]+)*$" },
      bounded: { type: "string", maxLength: 64, pattern: "^[a-z0-9]+(?:[_-][a-z0-9]+)*$" },
      contact: { type: "string", maxLength: 254, pattern: "[a-z]+@[a-z]+\\.[a-z]+" },
      level: { enum: ["debug", "info", "warn", "error"] },
      at: { type: "string", format: "date-time" },
      mail: { type: "string", format: "email" },
      key: { type: "string", format: "uuid" },
    },
  ),
  Map: message(
    { const: "map" },
    {
      gauges: { type: "object", additionalProperties: number },
      labels: {
        type: "object",
        patternProperties: { "^[a-z]+(?:-[a-z]+)*$": string },
        additionalProperties: false,
      },
    },
  ),
  Unique: message(
    { const: "unique" },
    {
      numbers: { type: "array", items: number, uniqueItems: true },
      rows: { type: "array", items: { $ref: "#/$defs/Row" }, uniqueItems: true },
    },
  ),
  Note: message({ type: "string", pattern: "^[a-z]+_note$" }, { body: string }),
};

/** The contract that the frames are for. */
export const hostileDocument = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  "x-contract": { name: "hostile", version: "1.0.0" },
  oneOf: Object.keys(messages).map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: {
    ...messages,
    Grid: { type: "array", items: { $ref: "#/$defs/Grid" } },
    Node: { type: "object", properties: { child: { $ref: "#/$defs/Node" } } },
    Row: { type: "object", properties: { id: { type: "integer" }, name: string }, required: ["id", "name"] },
  },
};

const long = "a".repeat(60_000);
const deep = 10_000;
const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => index);
const keys = (/** @type {number} */ count) =>
  numbers(count)
    .map((index) => `"key_${index}":${index}`)
    .join(",");
const rows = (/** @type {number} */ count) =>
  JSON.stringify(numbers(count).map((id) => ({ id, name: `row ${id}` })));
const arrays = "[".repeat(deep) + "]".repeat(deep);
const objects = (/** @type {string} */ key) => `${`{"${key}":`.repeat(deep)}{}${"}".repeat(deep)}`;
const frame = (/** @type {string} */ type, /** @type {string} */ rest) => `{"type":"${type}",${rest}}`;

/** @type {readonly HostileFrame[]} */
export const hostileFrames = [
  {
    name: "1e400 as the last of 5,000 numbers",
    accepted: false,
    text: frame("report", `"value":1,"values":[${numbers(4_999).join(",")},1e400]`),
  },
  {
    name: "own __proto__ keys, 10,000 deep",
    accepted: true,
    text: frame("report", `"value":1,"data":${objects("__proto__")}`),
  },
  {
    name: "required key only under __proto__",
    accepted: false,
    text: frame(
      "report",
      `"__proto__":{"value":1},"data":${rows(1_000).replace(/^\[/, '{"rows":[').replace(/]$/, "]}")}`,
    ),
  },
  {
    name: "10,000 nested arrays, any value",
    accepted: true,
    text: frame("report", `"value":1,"any":${arrays}`),
  },
  {
    name: "10,000 nested objects, any value",
    accepted: true,
    text: frame("report", `"value":1,"any":${objects("a")}`),
  },
  { name: "10,000 nested arrays, recursive schema", accepted: null, text: frame("tree", `"grid":${arrays}`) },
  {
    name: "10,000 nested objects, recursive schema",
    accepted: null,
    text: frame("tree", `"node":${objects("child")}`),
  },
  {
    name: "30,000 wrong items",
    accepted: false,
    text: frame(
      "batch",
      `"ids":[${numbers(30_000)
        .map((id) => `"${id}"`)
        .join(",")}]`,
    ),
  },
  {
    name: "30,000 wrong objects",
    accepted: false,
    text: frame(
      "batch",
      `"rows":[${numbers(30_000)
        .map((id) => `{"id":"${id}"}`)
        .join(",")}]`,
    ),
  },
  { name: "30,000 unknown keys, closed object", accepted: false, text: frame("closed", keys(30_000)) },
  { name: "60 kB of a, pattern field", accepted: true, text: frame("named", `"slug":"${long}"`) },
  { name: "60 kB of a and !, pattern field", accepted: false, text: frame("named", `"slug":"${long}!"`) },
  { name: "60 kB of a, bounded pattern field", accepted: false, text: frame("named", `"bounded":"${long}"`) },
  {
    name: "60 kB of a, bounded quadratic pattern",
    accepted: false,
    text: frame("named", `"contact":"${long}"`),
  },
  { name: "60 kB of a, enum field", accepted: false, text: frame("named", `"level":"${long}"`) },
  {
    name: "60 kB of a, format fields",
    accepted: true,
    text: frame("named", `"at":"${long}","mail":"${long}","key":"${long}"`),
  },
  { name: "60 kB of a, discriminator", accepted: false, text: frame(long, `"body":"x"`) },
  { name: "60 kB of a, key of a map", accepted: true, text: frame("map", `"gauges":{"${long}":1}`) },
  { name: "60 kB of a, key with a pattern", accepted: true, text: frame("map", `"labels":{"${long}":"x"}`) },
  { name: "60 kB of a, unknown key, closed object", accepted: false, text: frame("closed", `"${long}":1`) },
  { name: "30,000 keys of a map", accepted: true, text: frame("map", `"gauges":{${keys(30_000)}}`) },
  {
    name: "30,000 distinct numbers, uniqueItems",
    accepted: true,
    text: frame("unique", `"numbers":[${numbers(30_000).join(",")}]`),
  },
  {
    name: "30,000 numbers, the last twice",
    accepted: false,
    text: frame("unique", `"numbers":[${numbers(30_000).join(",")},29999]`),
  },
  {
    name: "3,000 distinct objects, uniqueItems",
    accepted: true,
    text: frame("unique", `"rows":${rows(3_000)}`),
  },
];
