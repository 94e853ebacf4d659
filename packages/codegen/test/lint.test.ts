import { readFileSync } from "node:fs";
import { type LintOptions, lint, lintRules } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { modelOf, ownSchemaText } from "./support/evaluate.js";

const today = "2026-11-23";

/** A message that no rule has anything to say about. */
const fine = {
  description: "Fine.",
  "x-sender": "server",
  type: "object",
  properties: { type: { const: "fine" } },
  required: ["type"],
  examples: [{ type: "fine" }],
};
const other = { ...fine, properties: { type: { const: "other" } }, examples: [{ type: "other" }] };
const contract = { "x-contract": { name: "a", version: "1.0.0" } };
const withFine = (more: object, root: object = {}): object => ({
  ...contract,
  ...root,
  oneOf: [{ $ref: "#/$defs/Fine" }, { $ref: "#/$defs/Other" }],
  $defs: { Fine: { ...fine, ...more }, Other: other },
});
const withProperty = (schema: object): object => withFine({ properties: { ...fine.properties, p: schema } });

function found(schema: object, options: Partial<LintOptions> = {}): readonly string[] {
  return lint(modelOf(schema), { today, ...options }).map(
    ({ rule, location }) => `${rule} ${location.pointer}`,
  );
}

const without = (key: keyof typeof fine): object => {
  const { [key]: _, ...rest } = fine;
  return {
    ...contract,
    oneOf: [{ $ref: "#/$defs/Fine" }, { $ref: "#/$defs/Other" }],
    $defs: { Fine: rest, Other: other },
  };
};

describe("each rule finds its fault at its place", () => {
  const rows: readonly [rule: string, schema: object, want: readonly string[]][] = [
    ["no rule", withFine({}), []],
    ["missing-contract", { ...withFine({}), "x-contract": { name: "a" } }, ["missing-contract "]],
    [
      "invalid-fallback",
      withProperty({ enum: ["a", "b"], "x-fallback": "c" }),
      ["invalid-fallback /$defs/Fine/properties/p/x-fallback"],
    ],
    ["missing-sender", without("x-sender"), ["missing-sender /$defs/Fine"]],
    ["missing-description", without("description"), ["missing-description /$defs/Fine"]],
    ["missing-example", without("examples"), ["missing-example /$defs/Fine"]],
    [
      "invalid-example",
      withFine({ examples: [{ type: "fine" }, { type: 1 }] }),
      ["invalid-example /$defs/Fine/examples/1"],
    ],
    [
      "ambiguous-discriminator",
      {
        ...contract,
        oneOf: [{ $ref: "#/$defs/Fine" }, { $ref: "#/$defs/Twin" }],
        $defs: { Fine: fine, Twin: fine },
      },
      ["ambiguous-discriminator /$defs/Fine"],
    ],
    [
      "pattern-overlaps-constant",
      {
        ...contract,
        oneOf: [{ $ref: "#/$defs/Fine" }, { $ref: "#/$defs/Any" }],
        $defs: {
          Fine: fine,
          Any: {
            ...fine,
            properties: { type: { type: "string", pattern: "^f" } },
            examples: [{ type: "f" }],
          },
        },
      },
      ["ambiguous-discriminator /$defs/Fine", "pattern-overlaps-constant /$defs/Any"],
    ],
    [
      "closed-object",
      withFine({ additionalProperties: false }),
      ["closed-object /$defs/Fine/additionalProperties"],
    ],
    [
      "unsafe-integer",
      withProperty({ type: "integer", maximum: 2 ** 60 }),
      ["unsafe-integer /$defs/Fine/properties/p/maximum"],
    ],
    [
      "unsafe-integer",
      withProperty({ type: "integer", format: "int64" }),
      ["unsafe-integer /$defs/Fine/properties/p/format"],
    ],
    [
      "missing-type",
      withProperty({ properties: { q: { type: "string" } } }),
      ["missing-type /$defs/Fine/properties/p"],
    ],
    ["missing-type", withProperty({ items: { type: "string" } }), ["missing-type /$defs/Fine/properties/p"]],
    [
      "unbounded-pattern",
      withProperty({ type: "string", pattern: "^[a-z]+$" }),
      ["unbounded-pattern /$defs/Fine/properties/p/pattern"],
    ],
    ["unbounded-pattern, not for a literal", withProperty({ type: "string", pattern: "^abc" }), []],
    [
      "unknown-keyword",
      withProperty({ type: "string", minLenght: 1 }),
      ["unknown-keyword /$defs/Fine/properties/p/minLenght"],
    ],
    [
      "unreferenced-definition",
      { ...withFine({}), definitions: { Unused: { type: "string" } } },
      ["unreferenced-definition /definitions/Unused"],
    ],
    [
      "naming",
      withFine({
        properties: {
          ...fine.properties,
          a_b: { type: "string" },
          c_d: { type: "string" },
          eF: { type: "string" },
        },
      }),
      ["naming /$defs/Fine/properties/eF"],
    ],
    [
      "reference-siblings",
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        ...withFine({ properties: { ...fine.properties, p: { $ref: "#/definitions/S", minimum: 1 } } }),
        definitions: { S: { type: "integer" } },
      },
      ["reference-siblings /$defs/Fine/properties/p/minimum"],
    ],
  ];
  it.each(rows)("%s", (_rule, schema, want) => {
    expect(found(schema)).toEqual(want);
  });

  it("has a row for every rule", () => {
    const asked = new Set(rows.map(([rule]) => rule));
    expect(lintRules.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it("has a row in the document for every rule, with its level", () => {
    const text = readFileSync(new URL("../../../docs/lint.md", import.meta.url), "utf8");
    const listed = [...text.matchAll(/^\| `([\w-]+)` \| (\w+) \|/gm)].map(
      ([, name, level]) => `${name} ${level}`,
    );
    expect(listed).toEqual(lintRules.map(({ name, level }) => `${name} ${level}`));
  });

  it("says what to do, and suggests the keyword that was meant", () => {
    const [finding] = lint(modelOf(withProperty({ type: "string", minLenght: 1 })), { today });
    expect(finding).toMatchObject({ level: "warning", fix: 'Write "minLength".' });
  });

  it("finds nothing in the repository's own contract", () => {
    expect(found(JSON.parse(ownSchemaText))).toEqual([]);
  });
});

describe("levels and waivers", () => {
  const schema = withFine({ additionalProperties: false });
  const waiver = {
    rule: "closed-object",
    pointer: "/$defs/Fine",
    owner: "ann",
    reason: "never grows",
    expires: today,
  };
  it("turns a rule off, or makes it an error", () => {
    expect(found(schema, { levels: { "closed-object": "off" } })).toEqual([]);
    expect(lint(modelOf(schema), { today, levels: { "closed-object": "error" } })[0]?.level).toBe("error");
  });
  it("accepts what a waiver covers until its day has ended", () => {
    expect(found(schema, { waivers: [waiver] })).toEqual([]);
  });
  it("fails an expired waiver, and shows again what it covered", () => {
    const late = lint(modelOf(schema), { today: "2026-11-24", waivers: [waiver] });
    expect(late.map(({ rule, level }) => `${level} ${rule}`)).toEqual([
      "error expired-waiver",
      "warning closed-object",
    ]);
  });
  it("reports a waiver that covers nothing", () => {
    expect(found(withFine({}), { waivers: [waiver] })).toEqual(["unused-waiver /$defs/Fine"]);
  });
});
