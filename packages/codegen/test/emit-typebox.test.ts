import { readdirSync, readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { describe, expect, test } from "vitest";
import { emitTypebox } from "../src/emit/emit-typebox.js";
import { createAjv } from "./support/ajv.js";
import { diagnosticsOf, load } from "./support/emitted.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import { hostile, inheriting, shapes } from "./support/odd-schemas.js";

const ownSchema: unknown = JSON.parse(ownSchemaText);
const typebox = { typebox: "../../node_modules/typebox/build/index.mjs" };

async function constantsOf(schema: unknown): Promise<ReadonlyMap<string, object>> {
  const module = await load(emitTypebox(modelOf(schema)), typebox);
  const entries = Object.entries(typeof module === "object" && module !== null ? module : {});
  return new Map(entries.filter((entry): entry is [string, object] => typeof entry[1] === "object"));
}

/** Verdicts of TypeBox, of Ajv over the TypeBox value, and of Ajv over the original schema. */
async function verdicts(schema: object, name: string, value: unknown): Promise<readonly boolean[]> {
  const constant = (await constantsOf(schema)).get(name) ?? {};
  const pointer = modelOf(schema).messages.find((message) => message.name === name)?.pointer;
  const ajv = createAjv();
  ajv.addSchema({ ...schema, $id: "root" });
  return [
    Compile(constant).Check(value),
    createAjv().compile(JSON.parse(JSON.stringify(constant)))(value) === true,
    ajv.validate({ $ref: `root#${pointer}` }, value) === true,
  ];
}

function fixtures(kind: "valid" | "invalid"): readonly { readonly file: string; readonly value: unknown }[] {
  const folder = new URL(`../../../schemas/fixtures/${kind}/`, import.meta.url);
  return readdirSync(folder).map((file) => ({
    file: `${kind}/${file}`,
    value: JSON.parse(readFileSync(new URL(file, folder), "utf8")),
  }));
}

describe("the emitted TypeBox module", () => {
  test("judges every fixture as Ajv judges it by the schema", async () => {
    const constants = await constantsOf(ownSchema);
    const checks = ["ClientMessage", "ServerMessage"].map((name) => Compile(constants.get(name) ?? {}));
    const ajvChecks = ["ClientMessage", "ServerMessage"].map((name) =>
      createAjv().compile(JSON.parse(JSON.stringify(constants.get(name)))),
    );
    const ajv = createAjv().compile(JSON.parse(ownSchemaText));
    const all = [...fixtures("valid"), ...fixtures("invalid")];
    expect(all.length).toBeGreaterThan(90);
    const rows = all.map(({ file, value }) => ({
      file,
      typebox: checks.some((check) => check.Check(value)),
      asSchema: ajvChecks.some((check) => check(value)),
    }));
    expect(rows).toEqual(all.map(({ file, value }) => ({ file, typebox: ajv(value), asSchema: ajv(value) })));
  });

  const node = (next: unknown): object => ({
    label: "ab-123",
    next,
    leaves: ["ok", { of: { label: "ab-123", next: null, leaves: [] } }],
  });
  const cases: readonly {
    readonly title: string;
    readonly schema: object;
    readonly name: string;
    readonly value: unknown;
    readonly want: boolean;
  }[] = [
    {
      title: "recursion, two deep",
      schema: inheriting,
      name: "Grow",
      value: { op: "grow", id: 5, root: node(node(null)) },
      want: true,
    },
    {
      title: "a fault deep in a recursion",
      schema: inheriting,
      name: "Grow",
      value: { op: "grow", id: 5, root: node(node({ label: "x" })) },
      want: false,
    },
    {
      title: "a fault in the other member of the cycle",
      schema: inheriting,
      name: "Grow",
      value: { op: "grow", id: 5, root: { label: "ab-123", next: null, leaves: ["x"] } },
      want: false,
    },
    {
      title: "a field that no part of allOf has",
      schema: inheriting,
      name: "Grow",
      value: { op: "grow", id: 5, root: node(null), more: 1 },
      want: false,
    },
    {
      title: "a fault in what is inherited",
      schema: inheriting,
      name: "Cut",
      value: { op: "cut", id: 4, kinds: ["a", "b", "c"] },
      want: false,
    },
    {
      title: "doubles",
      schema: inheriting,
      name: "Cut",
      value: { op: "cut", id: 5, kinds: ["a", "b", "b"] },
      want: false,
    },
    {
      title: "a field called constructor",
      schema: inheriting,
      name: "Odd",
      value: { op: "odd", id: 5, constructor: 1.5, same: "ab-123" },
      want: true,
    },
    {
      title: "a missing field called constructor",
      schema: inheriting,
      name: "Odd",
      value: { op: "odd", id: 5, same: "ab-123" },
      want: false,
    },
    {
      title: "a reference into a definition",
      schema: inheriting,
      name: "Odd",
      value: { op: "odd", id: 5, constructor: 1.5, same: "AB" },
      want: false,
    },
    { title: "a closed tuple", schema: shapes, name: "Pair", value: ["pair", 1], want: true },
    { title: "a tuple that is too long", schema: shapes, name: "Pair", value: ["pair", 1, 2], want: false },
    {
      title: "a tuple without what it has to contain",
      schema: shapes,
      name: "Open",
      value: ["open", 8],
      want: false,
    },
    {
      title: "properties by pattern",
      schema: shapes,
      name: "Scores",
      value: { "s-1": 1, x: null },
      want: true,
    },
    {
      title: "a wrong property by pattern",
      schema: shapes,
      name: "Scores",
      value: { "s-1": "1", x: null },
      want: false,
    },
    {
      title: "a long property name",
      schema: shapes,
      name: "Scores",
      value: { "s-1": 1, "x\nabcd": null },
      want: false,
    },
    { title: "one branch of oneOf", schema: shapes, name: "Either", value: { a: true }, want: true },
    {
      title: "two branches of oneOf",
      schema: shapes,
      name: "Either",
      value: { a: true, b: null },
      want: false,
    },
    { title: "what not refuses", schema: shapes, name: "Either", value: { a: true, c: 1 }, want: false },
    {
      title: "another kind of value for a shape without a type",
      schema: shapes,
      name: "Anything",
      value: "text",
      want: true,
    },
    {
      title: "if without then",
      schema: shapes,
      name: "Anything",
      value: { deep: ["pair", 1], kind: 1 },
      want: false,
    },
    {
      title: "a dependent name that is missing",
      schema: shapes,
      name: "Anything",
      value: { deep: ["pair", 1], one: 1 },
      want: false,
    },
    {
      title: "a reference to the root",
      schema: shapes,
      name: "Anything",
      value: { deep: { deep: 5 } },
      want: true,
    },
    {
      title: "a fault behind a reference to the root",
      schema: shapes,
      name: "Anything",
      value: { deep: { deep: ["pair"], one: 1 } },
      want: false,
    },
  ];

  test.each(cases)("agrees with the schema about $title", async ({ schema, name, value, want }) => {
    expect(await verdicts(schema, name, value)).toEqual([want, want, want]);
  });

  test("compiles under tsc --strict, and its types narrow", () => {
    const use = `import type { ClientMessage, Grow, Node } from "./tree.js";
import type { ClientMessage as OwnMessage, Ping, Subscribe } from "./own.js";
export const ping: Ping = { type: "ping" };
export const grow: Grow = { op: "grow", id: 5, root: { label: "ab-123", next: { label: "ab-123", next: null, leaves: [] }, leaves: [] } };
export const label = (node: Node): string => node.next?.next?.label ?? node.label;
export const offset = (frame: Subscribe): number | undefined => frame.resume?.agents?.offset;
export const topics = (frame: OwnMessage): readonly string[] => (frame.type === "subscribe" ? frame.subscriptions : []);
export const client: ClientMessage = grow;
// @ts-expect-error a number is no topic list
export const wrong: Subscribe = { type: "subscribe", subscriptions: 5 };
`;
    expect(
      diagnosticsOf({
        "own.ts": emitTypebox(modelOf(ownSchema)),
        "tree.ts": emitTypebox(modelOf(inheriting)),
        "shapes.ts": emitTypebox(modelOf(shapes)),
        "hostile.ts": emitTypebox(modelOf(hostile)),
        "use.ts": use,
      }),
    ).toEqual([]);
  });

  test("gives two messages of one schema a constant each", async () => {
    const twice = {
      anyOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/A" }],
      $defs: { A: { type: "string", minLength: 2 } },
    };
    const constants = await constantsOf(twice);
    expect([...constants.keys()].sort()).toEqual(["A", "A2", "ClientMessage", "ServerMessage"]);
    expect(Compile(constants.get("A2") ?? {}).Check("a")).toBe(false);
  });

  test("keeps annotations beside a reference and emits the same text twice", async () => {
    const constants = await constantsOf(inheriting);
    expect(JSON.stringify(constants.get("Grow"))).toContain('"description":"The root."');
    expect(emitTypebox(modelOf(inheriting))).toBe(emitTypebox(modelOf(inheriting)));
  });
});
