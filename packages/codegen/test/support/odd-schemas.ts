/** A contract that inherits, recurses, and names its fields as `Object.prototype` does. */
export const inheriting = {
  title: "tree",
  "x-contract": { name: "tree", version: "2.0.0" },
  oneOf: [{ $ref: "#/$defs/Grow" }, { $ref: "#/$defs/Cut" }, { $ref: "#/$defs/Odd" }],
  $defs: {
    Base: {
      type: "object",
      properties: { op: { type: "string" }, id: { type: "integer", exclusiveMinimum: 4 } },
      required: ["op", "id"],
    },
    Node: {
      type: "object",
      properties: {
        label: { type: "string", pattern: "^[a-z]{2,}-\\d+$", minLength: 6 },
        next: { anyOf: [{ $ref: "#/$defs/Node" }, { type: "null" }] },
        leaves: { type: "array", items: { $ref: "#/$defs/Leaf" } },
      },
      required: ["label", "next", "leaves"],
      additionalProperties: false,
    },
    Leaf: {
      oneOf: [
        { type: "object", properties: { of: { $ref: "#/$defs/Node" } }, required: ["of"] },
        { type: "string", minLength: 2 },
      ],
    },
    Grow: {
      "x-sender": "client",
      "x-replies": ["cut"],
      allOf: [
        { $ref: "#/$defs/Base" },
        {
          properties: { op: { const: "grow" }, root: { $ref: "#/$defs/Node", description: "The root." } },
          required: ["root"],
        },
      ],
      unevaluatedProperties: false,
    },
    Cut: {
      deprecated: true,
      allOf: [{ $ref: "#/$defs/Base" }],
      properties: {
        op: { const: "cut" },
        kinds: { type: "array", items: { enum: ["a", "b", "c"] }, minItems: 3, uniqueItems: true },
      },
      required: ["kinds"],
    },
    Odd: {
      allOf: [{ $ref: "#/$defs/Base" }],
      properties: {
        op: { const: "odd" },
        ["__proto__"]: { type: "string" },
        constructor: { type: "number", multipleOf: 0.5, minimum: 1.2 },
        same: { $ref: "#/$defs/Node/properties/label" },
      },
      required: ["constructor", "same"],
    },
  },
};

/** Frames that are tuples, maps and untyped shapes: no property tells them apart. */
export const shapes = {
  anyOf: [
    {
      title: "Pair",
      type: "array",
      prefixItems: [{ const: "pair" }, { type: "number" }],
      items: false,
      minItems: 2,
    },
    { title: "Open", type: "array", prefixItems: [{ const: "open" }], minItems: 1, contains: { const: 7 } },
    {
      title: "Scores",
      type: "object",
      patternProperties: { "^s-": { type: "integer" } },
      additionalProperties: { type: ["string", "null"] },
      minProperties: 2,
      propertyNames: { maxLength: 5 },
    },
    {
      title: "Either",
      type: "object",
      oneOf: [
        { required: ["a"], properties: { a: { type: "boolean" } } },
        { required: ["b"], properties: { b: { const: null } } },
      ],
      not: { required: ["c"] },
    },
    {
      title: "Anything",
      "x-sender": "client",
      properties: { deep: { $ref: "#" } },
      required: ["deep"],
      if: { properties: { kind: { const: 1 } }, required: ["kind"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ["one"] },
      else: { maxProperties: 3 },
      dependentRequired: { one: ["two"] },
    },
  ],
};

/** Texts of a hostile author, in every place that a page shows. */
export const hostile = {
  title: "hostile",
  description: "</script><img src=x onerror=alert(1)> | `open\n\n# Heading\n\n<!-- ",
  "x-contract": { name: "a|b</title><script>alert(2)</script>", version: "1.0.0", topics: ["t|<b>", "two"] },
  oneOf: [
    {
      title: "Evil",
      description:
        "</script><img src=x onerror=alert(3)> | a `pipe | in code` and ``` a fence\n- [x](javascript:alert(4)) *bold* _it_ &lt;",
      "x-sender": "client",
      "x-topic": "t|<b>",
      "x-replies": ["e\"'><img src=x onerror=alert(5)>|`"],
      type: "object",
      properties: {
        type: { const: "e\"'><img src=x onerror=alert(5)>|`" },
        "field|</td><script>alert(6)</script>\n`": {
          description: "</table><svg onload=alert(7)> |\nsecond line",
          type: "string",
          pattern: "^[|`<>]*\\|$",
          default: "`|</code>",
          enum: ["a|b", "<i>", "``", "`"],
        },
        inner: {
          type: "object",
          properties: {
            list: {
              type: "array",
              items: {
                type: "object",
                properties: { id: { type: "integer", minimum: 3, "x-since": "1.0.0", deprecated: true } },
                required: ["id"],
              },
            },
          },
        },
      },
      required: ["type"],
      examples: [
        { type: "e\"'><img src=x onerror=alert(5)>|`", note: "```\n</script><img onerror=alert(8)>" },
      ],
    },
  ],
  $defs: { "De<f>|`": { description: "=== <b>x</b>", const: { "`|": "<u>" } } },
};
