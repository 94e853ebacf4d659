import { generate } from "@hivewire/codegen";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filesOf, modelOf, ownSchemaText, validatorsOf } from "./support/evaluate.js";

const own: unknown = JSON.parse(ownSchemaText);

describe("generated validators", () => {
  it("need no require, no eval and no new Function", async () => {
    const files = await filesOf(modelOf(own));
    for (const text of files.values())
      expect(text).not.toMatch(/\brequire\s*\(|\beval\s*\(|\bnew Function\b/);
  });

  it("count code points, compare deeply and find doubles without Ajv at run time", async () => {
    const { server } = await validatorsOf({
      oneOf: [
        {
          type: "object",
          properties: {
            type: { const: "a" },
            text: { type: "string", maxLength: 1 },
            list: { type: "array", uniqueItems: true },
            exact: { const: { a: [1, { b: null }] } },
          },
          required: ["type"],
        },
      ],
    });
    const rows: readonly [frame: object, want: boolean][] = [
      [{ text: "\u{1F41D}" }, true],
      [{ text: "\ud83d" }, true],
      [{ text: "ab" }, false],
      [{ list: [{ a: 1 }, { a: 2 }] }, true],
      [
        {
          list: [
            { a: 1, b: 2 },
            { b: 2, a: 1 },
          ],
        },
        false,
      ],
      [{ exact: { a: [1, { b: null }] } }, true],
      [{ exact: { a: [1, { b: 0 }] } }, false],
      [{ exact: { a: { 0: 1 } } }, false],
    ];
    for (const [frame, want] of rows) expect(server({ type: "a", ...frame }).ok).toBe(want);
  });

  it("refuse an infinite number as Ajv with strictNumbers does", async () => {
    const { server } = await validatorsOf({
      oneOf: [
        {
          type: "object",
          properties: { type: { const: "a" }, n: { type: "number" } },
          required: ["type", "n"],
        },
      ],
    });
    expect(server(JSON.parse('{"type":"a","n":1e308}')).ok).toBe(true);
    expect(server(JSON.parse('{"type":"a","n":1e400}')).ok).toBe(false);
  });

  it("refuse what two branches accept, where the union says exactly one", async () => {
    const tag = (type: object): object => ({ type: "object", properties: { type }, required: ["type"] });
    const { server } = await validatorsOf({
      oneOf: [tag({ const: "a_update" }), tag({ pattern: "_update$" })],
    });
    expect(server({ type: "a_update" }).ok).toBe(false);
    expect(server({ type: "b_update" }).ok).toBe(true);
  });

  it("honour what stands beside the root's union", async () => {
    const tag = (type: string): object => ({
      type: "object",
      properties: { type: { const: type } },
      required: ["type"],
    });
    const { server } = await validatorsOf({ oneOf: [tag("a"), tag("b")], required: ["id"] });
    expect(server({ type: "a", id: 1 }).ok).toBe(true);
    expect(server({ type: "a" })).toMatchObject({ ok: false, issue: { pointer: "/id" } });
  });

  it("do not ask for an optional property because it has an enum", async () => {
    const { server } = await validatorsOf({ type: "object", properties: { mood: { enum: ["good"] } } });
    expect(server({}).ok).toBe(true);
    expect(server({ mood: "bad" }).ok).toBe(false);
  });

  it("explain by the picked branch what the whole union refuses", async () => {
    const tag = (type: object): object => ({
      properties: { type, n: { type: "number" } },
      required: ["type", "n"],
    });
    const { server } = await validatorsOf({ oneOf: [tag({ const: "a" }), tag({ const: "b" })] });
    expect(server({ type: "b", n: "1" })).toMatchObject({
      ok: false,
      issue: { pointer: "/n", keyword: "type" },
    });
  });

  it("work for messages that are named like what their code calls", async () => {
    const names = ["Array", "Object", "Number", "RegExp"];
    const message = (name: string): object => ({
      type: "object",
      properties: {
        type: { const: name },
        list: { type: "array" },
        n: { type: "number" },
        s: { pattern: "^a" },
      },
      required: ["type"],
      additionalProperties: false,
    });
    const { server } = await validatorsOf({
      oneOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
      $defs: Object.fromEntries(names.map((name) => [name, message(name)])),
    });
    for (const type of names) {
      expect(server({ type, list: [], n: 1, s: "a" }).ok).toBe(true);
      expect(server({ type, list: {} }).ok).toBe(false);
    }
  });

  it("work for a schema that nothing discriminates", async () => {
    const { server, client } = await validatorsOf({ oneOf: [{ type: "string" }, { type: "number" }] });
    expect(server("a").ok).toBe(true);
    expect(server(null).ok).toBe(false);
    expect(client("a").ok).toBe(false);
  });

  it("give Ajv's verdict on any frame of the repository's own contract", async () => {
    const { client, server } = await validatorsOf(own);
    const ajv = new Ajv2020.default({ strict: false, strictNumbers: true, validateFormats: false });
    const whole = ajv.compile(own as object);
    const examples = modelOf(own).messages.flatMap(({ pointer }) => {
      const key = pointer.split("/").at(-1) ?? "";
      const definitions = (own as { $defs: Record<string, { examples?: object[] }> }).$defs;
      return definitions[key]?.examples ?? [];
    });
    const junk = fc.jsonValue({ maxDepth: 2 });
    const mutated = fc
      .tuple(
        fc.constantFrom(...examples),
        fc.constantFrom(...examples.flatMap((example) => Object.keys(example))),
        junk,
      )
      .map(([example, key, value]) => ({ ...example, [key]: value }));
    fc.assert(
      fc.property(fc.oneof(mutated, junk, fc.constantFrom(...examples)), (frame) => {
        expect(client(frame).ok || server(frame).ok).toBe(whole(frame));
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuse a discriminator that says how it becomes a text, and never ask it", async () => {
    const { client, server } = await validatorsOf(own);
    for (const type of [{ toString: 1 }, { toString: 1, valueOf: 1 }, [], [["ping"]], { toString: "ping" }]) {
      for (const validate of [client, server])
        expect(validate({ type })).toMatchObject({ ok: false, issue: { pointer: "/type" } });
    }
  });

  it("refuse values that are nested deeper than recursion goes, and never throw", async () => {
    const node = (more: object): object => ({
      type: "object",
      properties: { next: { $ref: "#/$defs/Node" } },
      ...more,
    });
    const deep = (levels: number): unknown =>
      JSON.parse(`${'{"next":'.repeat(levels)}{}${"}".repeat(levels)}`);
    const byAjv = {
      anyOf: [{ properties: { a: true } }, { properties: { b: true } }],
      unevaluatedProperties: false,
    };
    for (const more of [{}, byAjv]) {
      const { server } = await validatorsOf({ $ref: "#/$defs/Node", $defs: { Node: node(more) } });
      expect(server(deep(200)).ok).toBe(true);
      expect(server(deep(20_000))).toMatchObject({ ok: false, issue: { pointer: expect.any(String) } });
    }
  });

  it("end on unions of schemas that refer to themselves", async () => {
    const branch = (key: string): object => ({
      type: "object",
      properties: { next: { $ref: "#/$defs/Node" } },
      required: [key],
    });
    const { server } = await validatorsOf({
      $ref: "#/$defs/Node",
      $defs: { Node: { anyOf: [branch("a"), branch("b")] } },
    });
    const value: unknown = JSON.parse(`${'{"a":1,"b":1,"next":'.repeat(200)}{}${"}".repeat(200)}`);
    expect(server(value).ok).toBe(false);
  });

  it("assert formats when the project says so", async () => {
    const model = modelOf({ type: "object", properties: { at: { type: "string", format: "date" } } });
    const checks = async (assertFormats: boolean): Promise<readonly string[]> => {
      const origin = { generatorVersion: "0", schemaFile: "a", command: "b" };
      const files = await generate(model, origin, { assertFormats });
      return files.filter(({ contents }) => contents.includes("isFormat(")).map(({ path }) => path);
    };
    expect(await checks(false)).toEqual([]);
    expect(await checks(true)).toEqual(["checks.ts", "shapes.ts", "formats.ts"]);
  });
});
