/** Groups that are refused at generation → the error's code. Each has a row in docs/json-schema.md. */
export const refusedGroups: ReadonlyMap<string, string> = new Map([
  [
    "vocabulary.json: schema that uses custom metaschema with with no validation vocabulary",
    "unsupported_dialect",
  ],
  ["vocabulary.json: ignore unrecognized optional vocabulary", "unsupported_dialect"],
]);

/** Tests whose verdict differs from the suite's: Ajv's code decides about them. Each has a row in docs/json-schema.md. */
export const knownFailures: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "unevaluatedItems.json: unevaluatedItems with nested items",
    ["with no additional items", "with invalid additional item"],
  ],
  [
    "unevaluatedItems.json: unevaluatedItems depends on adjacent contains",
    ["contains passes, second item is not evaluated"],
  ],
  [
    "unevaluatedItems.json: unevaluatedItems depends on multiple nested contains",
    ["7 not evaluated, fails unevaluatedItems"],
  ],
  [
    "unevaluatedItems.json: unevaluatedItems and contains interact to control item dependency relationship",
    [
      "only b's are invalid",
      "only c's are invalid",
      "only b's and c's are invalid",
      "only a's and c's are invalid",
    ],
  ],
  ["unevaluatedItems.json: unevaluatedItems with minContains = 0", ["all items evaluated by contains"]],
  [
    "unevaluatedItems.json: unevaluatedItems can see annotations from if without then and else",
    ["valid in case if is evaluated"],
  ],
  [
    "unevaluatedProperties.json: unevaluatedProperties with if/then/else, then not defined",
    ["when if is true and has no unevaluated properties", "when if is false and has unevaluated properties"],
  ],
  [
    "unevaluatedProperties.json: unevaluatedProperties can see annotations from if without then and else",
    ["valid in case if is evaluated"],
  ],
]);
