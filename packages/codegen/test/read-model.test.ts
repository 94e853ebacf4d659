import { contractValue, type Model, readModel } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { modelOf, ownSchemaText } from "./support/evaluate.js";

const message = (tag: object, more: object = {}): object => ({
  type: "object",
  properties: { type: tag },
  required: ["type"],
  ...more,
});

function summary(model: Model): string {
  const matches = model.messages.map(({ name, match }) => {
    if (match.kind === "constant") return `${name}=${match.values.join("|")}`;
    return match.kind === "pattern" ? `${name}~${match.pattern}` : name;
  });
  return `${model.discriminator} ${model.exact ? "exact" : "whole"}: ${matches.join(" ")}`;
}

describe("readModel finds the discriminator", () => {
  const a = { const: "a" };
  const b = { const: "b" };
  const by = (property: string, tag: object): object => ({
    type: "object",
    properties: { id: { type: "string" }, [property]: tag },
    required: [property],
  });
  const rows: readonly [title: string, schema: object, want: string][] = [
    ["in constants", { oneOf: [message(a), message(b)] }, "type exact: A=a B=b"],
    [
      "in one-value enums",
      { oneOf: [message({ enum: ["a"] }), message({ enum: ["b"] })] },
      "type exact: A=a B=b",
    ],
    [
      "in enums of several values",
      { oneOf: [message({ enum: ["a", "c"] }), message(b)] },
      "type exact: A=a|c B=b",
    ],
    ["under another name", { oneOf: [by("event", a), by("event", b)] }, "event exact: A=a B=b"],
    ["behind references", { oneOf: [{ $ref: "#/$defs/x" }], $defs: { x: message(a) } }, "type exact: X=a"],
    [
      "behind allOf",
      {
        oneOf: [{ allOf: [{ $ref: "#/$defs/Base" }, message(a)] }, message(b)],
        $defs: { Base: { type: "object" } },
      },
      "type exact: A=a B=b",
    ],
    [
      "beside a pattern that no constant matches",
      { oneOf: [message(a), message({ pattern: "_x$" })] },
      "type exact: A=a X~_x$",
    ],
    [
      "beside a pattern that refuses the constants it matches",
      { oneOf: [message({ const: "a_x" }), message({ pattern: "_x$", not: { enum: ["a_x"] } })] },
      "type exact: AX=a_x X~_x$",
    ],
    [
      "but not alone, where a constant matches the pattern too",
      { oneOf: [message({ const: "a_x" }), message({ pattern: "_x$" })] },
      "type whole: AX=a_x X~_x$",
    ],
    [
      "nowhere, where it may be absent",
      { oneOf: [message(a, { required: [] }), message(b)] },
      "null exact: Frame Frame2",
    ],
    [
      "also where the value may be no object",
      { oneOf: [{ properties: { type: a }, required: ["type"] }, message(b)] },
      "type exact: A=a B=b",
    ],
    [
      "nowhere, where branches share the constant",
      { oneOf: [message(a), message(a)] },
      "null whole: Frame Frame2",
    ],
    [
      "in definitions when the root has no union",
      { $defs: { A: message(a), Other: { type: "string" } } },
      "type exact: A=a",
    ],
    [
      "in draft 07 definitions",
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        oneOf: [{ $ref: "#/definitions/A" }],
        definitions: { A: message(a) },
      },
      "type exact: A=a",
    ],
    [
      "in the mapping of OpenAPI, else in the schema's name",
      {
        oneOf: [{ $ref: "#/$defs/Cat" }, { $ref: "#/$defs/Dog" }, { $ref: "#/$defs/Cow" }],
        discriminator: {
          propertyName: "pet",
          mapping: { cat: "#/$defs/Cat", kitten: "#/$defs/Cat", dog: "Dog" },
        },
        $defs: Object.fromEntries(
          ["Cat", "Dog", "Cow"].map((name) => [
            name,
            { type: "object", properties: { pet: { type: "string" } }, required: ["pet"] },
          ]),
        ),
      },
      "pet exact: Cat=cat|kitten Dog=dog Cow=Cow",
    ],
    ["nowhere, in a schema of one value", { type: "string" }, "null exact: Frame"],
  ];
  it.each(rows)("%s", (_title, schema, want) => {
    expect(summary(modelOf(schema))).toBe(want);
  });
});

describe("readModel", () => {
  const own = readModel({
    text: ownSchemaText,
    file: "ws_messages.schema.json",
    releasedVersions: ["1.0.0"],
  });

  it("supports released versions but for those that are retired", () => {
    const header = { name: "a", version: "1.2.0", retired: ["1.0.0", "1.0.1"] };
    const model = readModel({
      text: JSON.stringify({ "x-contract": header, type: "object" }),
      file: "a.json",
      releasedVersions: ["1.0.0", "1.0.1", "1.1.0"],
    });
    expect([model.supportedVersions, model.retired]).toEqual([["1.2.0", "1.1.0"], header.retired]);
  });

  it("reads the repository's own contract", () => {
    expect(own).toMatchObject({
      name: "dashboard",
      version: "1.1.0",
      supportedVersions: ["1.1.0", "1.0.0"],
      discriminator: "type",
      exact: true,
    });
    expect(own.messages.filter(({ sender }) => sender === "client").map(({ name }) => name)).toEqual([
      "Ping",
      "Subscribe",
      "Unsubscribe",
      "RequestData",
      "Authenticate",
    ]);
  });

  it("takes a bare schema as sent by the server, version 0.0.0, named after its file", () => {
    const model = modelOf({ oneOf: [message({ const: "a" })] }, "api/chat.schema.json");
    expect(model).toMatchObject({ name: "chat", version: "0.0.0", topics: [] });
    expect(model.messages[0]?.sender).toBe("server");
  });

  it("takes the version of a bare schema from its version keyword", () => {
    expect(modelOf({ version: "2.3.4", type: "object" }).version).toBe("2.3.4");
  });

  it("keeps its identity when only annotations change", () => {
    const before = modelOf({ title: "a", oneOf: [message({ const: "a" }, { description: "one" })] });
    const after = modelOf({
      title: "b",
      oneOf: [message({ const: "a" }, { examples: [{ type: "a" }], description: "two" })],
    });
    expect(after.identity).toBe(before.identity);
  });

  it("changes its identity when a property is added, also one that is named like an annotation", () => {
    const before = modelOf({ oneOf: [message({ const: "a" })] });
    const after = modelOf({
      oneOf: [message({ const: "a" }, { properties: { type: { const: "a" }, title: { type: "string" } } })],
    });
    expect(after.identity).not.toBe(before.identity);
  });

  it("changes its identity when a key that is named like an annotation depends on others", () => {
    const dependent = (dependentRequired: object): string =>
      modelOf({ oneOf: [message({ const: "a" }, { dependentRequired })] }).identity;
    expect(dependent({ title: ["b"] })).not.toBe(dependent({}));
  });

  it("does not take the order of keys for a change", () => {
    const schema = { type: "object", required: ["a"] };
    expect(modelOf({ required: ["a"], type: "object" }).identity).toBe(modelOf(schema).identity);
  });
});

describe("x-coalesce", () => {
  const coalesceOf = (keyword: string) => {
    const text = `{"oneOf":[{"$ref":"#/$defs/A"}],"$defs":{"A":{"type":"object","properties":{"type":{"const":"a"}},"required":["type"]${keyword}}}}`;
    return contractValue(readModel({ text, file: "s.json" })).messages.a?.coalesce;
  };
  it.each([
    ["is absent by default", "", undefined],
    ["is true for a message whose frames all replace each other", ',"x-coalesce":true', true],
    ["is a pointer to what keeps them apart", ',"x-coalesce":"/data/a~1b"', "/data/a~1b"],
  ])("%s", (_title, keyword, want) => {
    expect(coalesceOf(keyword)).toBe(want);
  });
});
