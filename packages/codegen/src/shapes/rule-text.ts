import { literal } from "../literal.js";

/** The number of each rule, in the order in which a value is held against them; `ruleKeywords` of the runtime. */
export const ruleNumbers = [
  ...(["type", "const", "enum", "minLength", "maxLength", "minItems", "maxItems"] as const),
  ...(["minProperties", "maxProperties", "minimum", "maximum", "exclusiveMinimum"] as const),
  ...(["exclusiveMaximum", "multipleOf", "pattern", "format", "uniqueItems", "required"] as const),
  ...(["properties", "additionalProperties", "unevaluatedProperties", "patternProperties"] as const),
  ...([
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "items",
    "contains",
  ] as const),
  ...(["allOf", "anyOf", "oneOf", "discriminator", "not", "if", "$ref", "false", "schema", "guard"] as const),
] as const;

/** Name of a rule. */
export type RuleName = (typeof ruleNumbers)[number];

/** Text of a rule, from the texts of what it asserts. */
export function ruleText(name: RuleName, ...asserted: readonly string[]): string {
  return `[${[ruleNumbers.indexOf(name), ...asserted].join(", ")}]`;
}

/** Text of a list. */
export function listText(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** Text of the shape that nothing has. */
export const neverText = listText([ruleText("false")]);

/** Text of an object literal, from keys and the texts of their values. */
export function objectText(entries: readonly (readonly [string, string])[]): string {
  const rows = entries.map(([key, text]) => {
    const isPlain = /^[A-Za-z_$][\w$]*$/.test(key) && key !== "__proto__";
    return `${isPlain ? key : `[${literal(key)}]`}: ${text}`;
  });
  return rows.length === 0 ? "{}" : `{ ${rows.join(", ")} }`;
}
