/** Groups that are refused when they are read → the error's code. */
export const refusedGroups: ReadonlyMap<string, string> = new Map([
  [
    "vocabulary.json: schema that uses custom metaschema with with no validation vocabulary",
    "unsupported_dialect",
  ],
  ["vocabulary.json: ignore unrecognized optional vocabulary", "unsupported_dialect"],
]);

/** A group with the tests that are not decided, and why. */
interface Undecided {
  readonly tests: readonly string[];
  readonly why: string;
}

const contained = "Ajv does not count what `contains` evaluated, so that it accepts the witness";

/** What is not decided: a verdict would need a validator that errs. */
export const knownUnknowns: ReadonlyMap<string, Undecided> = new Map<string, Undecided>([
  [
    "enum.json: empty enum",
    {
      tests: [
        "string is invalid",
        "number is invalid",
        "null is invalid",
        "object is invalid",
        "array is invalid",
        "boolean is invalid",
      ],
      why: "Ajv compiles no empty `enum`",
    },
  ],
  [
    "properties.json: properties whose names are Javascript object property names",
    {
      tests: ["__proto__ not valid", "toString not valid", "constructor not valid"],
      why: "Ajv overlooks `__proto__` in `properties`, and calls such members when it compares with `const`",
    },
  ],
  [
    "required.json: required properties whose names are Javascript object property names",
    {
      tests: ["toString present", "constructor present"],
      why: "Ajv calls such members when it compares with `const`",
    },
  ],
  [
    "unevaluatedItems.json: unevaluatedItems with nested items",
    { tests: ["with invalid additional item"], why: "Ajv takes items for evaluated that are not" },
  ],
  [
    "unevaluatedItems.json: unevaluatedItems depends on adjacent contains",
    { tests: ["contains passes, second item is not evaluated"], why: contained },
  ],
  [
    "unevaluatedItems.json: unevaluatedItems depends on multiple nested contains",
    { tests: ["7 not evaluated, fails unevaluatedItems"], why: contained },
  ],
  [
    "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship",
    {
      tests: [
        "only b's are invalid",
        "only c's are invalid",
        "only b's and c's are invalid",
        "only a's and c's are invalid",
      ],
      why: contained,
    },
  ],
  [
    "unevaluatedProperties.json: unevaluatedProperties with if/then/else, then not defined",
    {
      tests: ["when if is false and has unevaluated properties"],
      why: "Ajv skips an `if` that has no `then`",
    },
  ],
]);
