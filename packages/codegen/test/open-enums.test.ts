import { identityOf } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { emitMarkdown } from "../src/emit/emit-markdown.js";
import { sampleValue } from "../src/emit/sample-value.js";
import { compileWith, filesOf, modelOf, validatorsOf } from "./support/evaluate.js";

const withProperty = (schema: unknown): object => ({
  oneOf: [{ $ref: "#/$defs/Task" }],
  $defs: {
    Task: {
      type: "object",
      properties: { type: { const: "task" }, p: schema },
      required: ["type", "p"],
    },
    Mood: { enum: ["calm"], "x-open": true },
  },
});

describe("an enum with x-open", () => {
  const rows: readonly [title: string, given: object, want: object, type: string][] = [
    [
      "becomes the type of its texts",
      { enum: ["a", "b"], "x-open": true },
      { type: "string", "x-open": true, "x-known": ["a", "b"] },
      'p: ("a" | "b" | (string & {}));',
    ],
    [
      "becomes the type of its numbers",
      { enum: [1, 2.5], "x-open": true },
      { type: "number", "x-open": true, "x-known": [1, 2.5] },
      "p: (1 | 2.5 | (number & {}));",
    ],
    [
      "keeps the type that stands beside it",
      { type: ["integer", "null"], enum: [1, null], "x-open": true },
      { type: ["integer", "null"], "x-open": true, "x-known": [1, null] },
      "p: (1 | (number & {}) | null);",
    ],
    [
      "may list values of several types",
      { enum: ["a", 1, null], "x-open": true },
      { type: ["string", "number", "null"], "x-open": true, "x-known": ["a", 1, null] },
      'p: ("a" | (string & {}) | 1 | (number & {}) | null);',
    ],
    [
      "may be a constant",
      { const: "a", "x-open": true },
      { type: "string", "x-open": true, "x-known": ["a"] },
      'p: ("a" | (string & {}));',
    ],
    [
      "is found among items",
      { type: "array", items: { enum: ["a"], "x-open": true } },
      { type: "array", items: { type: "string", "x-open": true, "x-known": ["a"] } },
      'p: ("a" | (string & {}))[];',
    ],
    [
      "has an alias where it is a definition",
      { $ref: "#/$defs/Mood" },
      { $ref: "#/$defs/Mood" },
      'export type Mood = "calm" | (string & {});',
    ],
    [
      "is found in a union",
      { anyOf: [{ enum: [1], "x-open": true }, { type: "boolean" }] },
      { anyOf: [{ type: "number", "x-open": true, "x-known": [1] }, { type: "boolean" }] },
      "p: ((1 | (number & {})) | boolean);",
    ],
    ["stays closed without the word true", { enum: ["a"], "x-open": false }, { enum: ["a"] }, 'p: "a";'],
    ["is data inside a constant", { const: { enum: ["a"], "x-open": true } }, {}, "p: {"],
  ];
  it.each(rows)("%s", async (_title, given, want, type) => {
    const model = modelOf(withProperty(given));
    expect(model.schema).toMatchObject({ $defs: { Task: { properties: { p: want } } } });
    expect((await filesOf(model)).get("types.ts")).toContain(type);
  });

  it("accepts any value of the type, and none of another", async () => {
    const { server } = await validatorsOf(withProperty({ enum: ["a", "b"], "x-open": true }));
    const verdicts = ["a", "later", "", 1, null].map((p) => server({ type: "task", p }).ok);
    expect(verdicts).toEqual([true, true, true, false, false]);
  });

  it("compiles: any value may be sent, a listed one is compared, and the listed ones stay for editors to propose", async () => {
    const code = `import type { Task } from "./types.js";
      export const later: Task = { type: "task", p: "later" };
      export const f = (m: Task): number => { switch (m.p) { case "a": return 1; case "later": return 2; default: return m.p.length; } };
      type Proposed = Extract<Task["p"], "a" | "b">;
      export const proposed: readonly Proposed[] = ["a", "b"];
      export const wrong: Proposed = "c";
      export const number: Task = { type: "task", p: 1 };`;
    expect(await compileWith(withProperty({ enum: ["a", "b"], "x-open": true }), code)).toEqual([
      expect.stringContaining(`Type '"c"' is not assignable`),
      expect.stringContaining("Type 'number' is not assignable"),
    ]);
  });

  it("is told in the reference with its values", () => {
    const text = emitMarkdown(modelOf(withProperty({ enum: ["a", "b"], "x-open": true })));
    expect(text).toContain('`"a"` or `"b"` or any other');
  });

  it("gives a listed value for a sample", () => {
    const { schema } = modelOf(withProperty({ enum: ["busy"], "x-open": true }));
    expect(sampleValue(schema, "/$defs/Task")).toEqual({ type: "task", p: "busy" });
  });

  it("is one wire, whatever it lists", () => {
    const identity = (values: readonly string[]): string =>
      identityOf(modelOf(withProperty({ enum: values, "x-open": true })).schema);
    expect(identity(["a"])).toBe(identity(["a", "b"]));
    expect(identity(["a"])).not.toBe(identityOf(modelOf(withProperty({ enum: ["a"] })).schema));
  });
});
