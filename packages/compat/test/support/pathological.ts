import { isObject, type Json, type JsonObject } from "@hivewire/codegen";

/** The numbers from 0 on. */
export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A value wrapped that many times. */
export function nested(depth: number, wrap: (inner: Json) => Json, leaf: Json): Json {
  let value = leaf;
  for (let count = 0; count < depth; count++) value = wrap(value);
  return value;
}

/** Objects in objects. */
export const nestedObjects = (depth: number, leaf: Json): Json =>
  nested(depth, (a) => ({ type: "object", properties: { a }, required: ["a"] }), leaf);

/** Definitions of which each refers to the next one as often as it likes: short to write, endless when written out. */
export function chain(depth: number, wrap: (inner: Json) => Json, leaf: Json): Json {
  const definition = (index: number): Json =>
    index === depth ? leaf : wrap({ $ref: `#/$defs/d${index + 1}` });
  return {
    $ref: "#/$defs/d0",
    $defs: Object.fromEntries(range(depth + 1).map((index) => [`d${index}`, definition(index)])),
  };
}

/** Two-way unions beside each other, by required keys. */
export const unions = (keyword: "anyOf" | "oneOf", count: number): JsonObject => ({
  allOf: range(count).map((index) => ({
    [keyword]: [{ required: [`a${index}`] }, { required: [`b${index}`] }],
  })),
});

/** Definitions that refer to each other criss-cross. */
export function recursion(count: number, leaf: Json, rest: JsonObject = {}): Json {
  const next = (index: number): Json => ({ $ref: `#/$defs/d${index % count}` });
  const definition = (index: number): Json => ({
    type: "object",
    properties: {
      a: next(index * 7 + 1),
      b: next(index * 3 + 2),
      c: { type: "array", items: next(index + 1) },
      v: leaf,
    },
    ...rest,
  });
  const definitions = range(count).map((index) => [`d${index}`, definition(index)] as const);
  return { $ref: "#/$defs/d0", $defs: Object.fromEntries(definitions) };
}

/** More pigeons than holes: no value, which only trying out shows. */
export function pigeons(count: number): Json {
  const pigeon = (index: number): string => `p${index}`;
  const pairs = range(count).flatMap((first) => range(first).map((second) => [first, second] as const));
  return {
    type: "object",
    properties: Object.fromEntries(range(count).map((index) => [pigeon(index), { enum: range(count - 1) }])),
    required: range(count).map(pigeon),
    allOf: pairs.flatMap(([first, second]) =>
      range(count - 1).map((hole) => ({
        not: { properties: { [pigeon(first)]: { const: hole }, [pigeon(second)]: { const: hole } } },
      })),
    ),
  };
}

/** Each key asks for the one that many steps further. */
export const dominoes = (count: number, step: number): Json => ({
  type: "object",
  dependentRequired: Object.fromEntries(
    range(count).map((index) => [`k${index}`, [`k${index + step}`]] as const),
  ),
});

/** An object with one schema for many keys. */
export const alike = (count: number, schema: Json, rest: JsonObject = {}): Json => ({
  type: "object",
  properties: Object.fromEntries(range(count).map((index) => [`p${index}`, schema])),
  ...rest,
});

/** An object as JSON text gives it: also with `__proto__` for a key. */
export function parsed(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  return isObject(value) ? value : {};
}
