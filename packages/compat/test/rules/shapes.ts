import type { Json, JsonObject } from "@hivewire/codegen";

/** Texts of any kind. */
export const text = { type: "string" } as const;

/** Whole numbers. */
export const whole = { type: "integer" } as const;

/** Numbers of any kind. */
export const number = { type: "number" } as const;

/** Objects of which no property is named. */
export const object = (rest: JsonObject): Json => ({ type: "object", ...rest });

/** Objects with these properties, and any others. */
export const open = (properties: JsonObject, rest: JsonObject = {}): Json => ({
  ...{ type: "object", properties },
  ...rest,
});

/** Objects with these properties and no others. */
export const closed = (properties: JsonObject, rest: JsonObject = {}): Json =>
  open(properties, { additionalProperties: false, ...rest });

/** A definition `node` and a reference to it. */
export const tree = (node: JsonObject): Json => ({
  $defs: { node: { type: "object", ...node } },
  $ref: "#/$defs/node",
});

/** A reference to the definition of `tree`. */
export const next = { $ref: "#/$defs/node" } as const;
