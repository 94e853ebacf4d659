/** The part of Ajv's error objects that is read (https://ajv.js.org/api.html#error-objects). */
export interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled check: a verdict and, from Ajv's own code, the errors of the last refusal. */
export interface Check {
  (value: unknown): boolean;
  errors?: readonly CheckError[] | null;
}

/** Shapes by name. */
type Shapes = Readonly<Record<string, Shape>>;

/** Names by name. */
type Names = Readonly<Record<string, readonly string[]>>;

/**
 * One assertion of a schema: the number of its keyword in `ruleKeywords`, and what it asserts.
 * Numbers and arrays instead of JSON Schema's words, because browsers download shapes and walk them on each refusal.
 */
export type Rule =
  /** A sum of `typeBits`. */
  | readonly [op: 0, types: number]
  | readonly [op: 1, value: unknown]
  | readonly [op: 2, values: readonly unknown[]]
  /** `minLength`, `maxLength`, `minItems`, `maxItems`, `minProperties`, `maxProperties`. */
  | readonly [op: 3 | 4 | 5 | 6 | 7 | 8, count: number]
  /** `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`. */
  | readonly [op: 9 | 10 | 11 | 12 | 13, bound: number]
  | readonly [op: 14, pattern: string]
  | readonly [op: 15, name: string, test: (text: string) => boolean]
  | readonly [op: 16]
  | readonly [op: 17, names: readonly string[]]
  | readonly [op: 18, keys: readonly string[], shapes: readonly Shape[]]
  /** `additionalProperties`: keys that are known by name or pattern, and the shape of all others. */
  | readonly [op: 19 | 20, keys: readonly string[], others: Shape, patterns?: readonly string[]]
  | readonly [op: 21, byPattern: Shapes]
  | readonly [op: 22, names: Shape]
  | readonly [op: 23, byKey: Names]
  | readonly [op: 24, byKey: Shapes]
  | readonly [op: 25, items: readonly Shape[]]
  | readonly [op: 26, items: Shape, from: number]
  | readonly [op: 27, items: Shape, min: number, max?: number]
  | readonly [op: 28 | 29 | 30, branches: readonly Shape[]]
  /** A union in which a property, or an item of a tuple, picks the branch by its value as text. */
  | readonly [op: 31, key: string | number, cases: Shapes, rest?: Shape]
  | readonly [op: 32, shape: Shape]
  | readonly [op: 33, condition: Shape, then: Shape, otherwise: Shape]
  /** A schema that refers to itself. */
  | readonly [op: 34, shape: () => Shape]
  /** Nothing passes. */
  | readonly [op: 35]
  /** Ajv's code decides what no other rule says. */
  | readonly [op: 36, check: Check]
  /** A shape that is walked only where its check refuses: checks are many times faster. */
  | readonly [op: 37, check: (value: unknown) => boolean, shape: Shape];

/** What a refusal is explained from: the assertions of a schema, references resolved. */
export type Shape = readonly Rule[];

/** The keyword of each rule, by its number; where the expectation is a phrase, with `#` for what is asserted. */
export const ruleKeywords = [
  ...["type", "const", "enum", "minLength:at least # characters", "maxLength:at most # characters"],
  ...["minItems:at least # items", "maxItems:at most # items"],
  ...["minProperties:at least # properties", "maxProperties:at most # properties"],
  ...["minimum:at least #", "maximum:at most #", "exclusiveMinimum:over #", "exclusiveMaximum:under #"],
  ...["multipleOf:a multiple of #", "pattern:text that matches #", "format:text in the format #"],
  ...["uniqueItems:without doubles", "required:present", "properties", "additionalProperties:absent"],
  ...["unevaluatedProperties:absent", "patternProperties", "propertyNames", "dependentRequired:present"],
  ...["dependentSchemas", "prefixItems", "items", "contains:with fitting items", "allOf", "anyOf"],
  ...["oneOf:of one kind only", "discriminator:the name of a message", "not:something else", "if"],
  ...["$ref:nested less deep", "false:absent", "schema:what the schema says", "guard"],
] as const;

/** Bits of `type`; a whole number has the bit of `integer`, and `number` asks for either. */
export const typeBits = {
  null: 1,
  boolean: 2,
  string: 4,
  number: 24,
  integer: 16,
  array: 32,
  object: 64,
} as const;
