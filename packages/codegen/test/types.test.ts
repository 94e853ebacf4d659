import { describe, expect, it } from "vitest";
import { compileWith, filesOf, modelOf, ownSchemaText } from "./support/evaluate.js";

const message = (type: object, properties: object = {}, more: object = {}): object => ({
  type: "object",
  properties: { type, ...properties },
  required: ["type", ...Object.keys(properties)],
  ...more,
});

const own: unknown = JSON.parse(ownSchemaText);

describe("generated types", () => {
  const rows: readonly [title: string, schema: unknown, code: string, want: readonly RegExp[]][] = [
    [
      "narrow by a constant, although a pattern branch matches it too",
      own,
      `import type { ServerMessage } from "./types.js";
       export const f = (m: ServerMessage) => (m.type === "agent_update" ? m.data.agents.length : 0);`,
      [],
    ],
    [
      "narrow to the pattern branch when all constants are gone",
      own,
      `import type { CustomUpdate, MessageByPattern } from "./types.js";
       export const f = (m: MessageByPattern["fleet_update"]): CustomUpdate => m;`,
      [],
    ],
    [
      "refuse a field that no message has",
      own,
      `import type { ServerMessage } from "./types.js";
       export const f = (m: ServerMessage) => (m.type === "error" ? m.mesage : "");`,
      [/Property 'mesage' does not exist/],
    ],
    [
      "stop an exhaustive switch from compiling when a message is added",
      { oneOf: [message({ const: "a" }), message({ const: "b" }), message({ const: "c" })] },
      `import type { ServerMessage } from "./types.js";
       export function f(m: ServerMessage): number {
         switch (m.type) {
           case "a": return 1;
           case "b": return 2;
         }
       }`,
      [/ending return statement/],
    ],
    [
      "turn a pattern discriminator into a template literal type",
      {
        oneOf: [
          message({ const: "error" }),
          message({ type: "string", pattern: ".*_update$" }, { n: { type: "number" } }),
        ],
      },
      `import type { ServerMessage } from "./types.js";
       export const f = (m: ServerMessage): number => (m.type === "error" ? 0 : m.n);
       export const g = (m: ServerMessage) => { if (m.type !== "error") { const t: \`\${string}_update\` = m.type; return t; } return ""; };`,
      [],
    ],
    [
      "drop the index signature that additionalProperties would add",
      {
        oneOf: [
          message({ const: "a" }, {}, { additionalProperties: true }),
          message({ const: "b" }, { n: { type: "number" } }),
        ],
      },
      `import type { ServerMessage } from "./types.js";
       export const f = (m: ServerMessage) => (m.type === "a" ? m.later : m.n);`,
      [/Property 'later' does not exist/],
    ],
    [
      "keep maps as maps",
      {
        oneOf: [
          message(
            { const: "a" },
            { map: { type: "object", additionalProperties: { type: "number" } }, open: { type: "object" } },
          ),
        ],
      },
      `import type { A } from "./types.js";
       export const f = (m: A): number => (m.map.anything ?? 0) + Number(m.open.anything);`,
      [],
    ],
    [
      "type tuples by item",
      {
        oneOf: [
          message(
            { const: "a" },
            {
              pair: {
                type: "array",
                prefixItems: [{ type: "string" }, { type: "number" }],
                items: false,
                minItems: 2,
              },
            },
          ),
        ],
      },
      `import type { A } from "./types.js";
       export const f = (m: A): number => { const [s, n] = m.pair; const t: string | undefined = s; return (n ?? 0) + (t ?? "").length; };`,
      [],
    ],
    [
      "give definitions with the same title their own names",
      {
        oneOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }],
        $defs: {
          A: message({ const: "a" }, {}, { title: "Same" }),
          B: message({ const: "b" }, {}, { title: "Same" }),
        },
      },
      `import type { A, B } from "./types.js";
       export const f = (a: A, b: B): ["a", "b"] => [a.type, b.type];`,
      [],
    ],
    [
      "follow recursion",
      {
        oneOf: [message({ const: "a" }, { tree: { $ref: "#/$defs/Tree" } })],
        $defs: {
          Tree: { type: "object", properties: { kids: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
        },
      },
      `import type { Tree } from "./types.js";
       export const depth = (t: Tree): number => 1 + Math.max(0, ...(t.kids ?? []).map(depth));`,
      [],
    ],
    [
      "name definitions that are booleans or accept everything",
      {
        oneOf: [message({ const: "a" }, { any: { $ref: "#/$defs/Any" }, open: { $ref: "#/$defs/Open" } })],
        $defs: { Any: true, Open: {}, None: false },
      },
      `import type { A, Any, None, Open } from "./types.js";
       export const f = (m: A): [Any, Open] => [m.any, m.open];
       export const g = (n: None): string => n;`,
      [],
    ],
    [
      "read an object among the values of an enum as data",
      { oneOf: [message({ const: "a" }, { v: { enum: [{ $ref: "#/$defs/x" }, [1], null] } })] },
      `import type { A } from "./types.js";
       export const f = (m: A): A["v"] => (m.v === null ? [1] : { $ref: "#/$defs/x" });`,
      [],
    ],
    [
      "have names that any definition can have",
      {
        oneOf: ["a/b", "a b", "été", "1st", "漢", "Array", "class"].map((key) => ({
          $ref: `#/$defs/${encodeURIComponent(key.replace("/", "~1"))}`,
        })),
        $defs: Object.fromEntries(
          ["a/b", "a b", "été", "1st", "漢", "Array", "class"].map((key) => [key, message({ const: key })]),
        ),
      },
      `import type { AB, AB2, Class, Ete, Message1St, Message2, MessageByType } from "./types.js";
       export const f = (m: MessageByType): [AB, AB2, Ete, Message1St, Message2, Class] => [m["a/b"], m["a b"], m["été"], m["1st"], m["漢"], m.class];`,
      [],
    ],
    [
      "are there for a bare schema whose frames are no objects",
      { type: "string" },
      `import type { Frame, ServerMessage } from "./types.js";
       export const f = (m: ServerMessage): Frame => m.toUpperCase();`,
      [],
    ],
    [
      "know the answers of a request",
      own,
      `import type { RepliesByType } from "./types.js";
       export const f = (m: RepliesByType["request_data"]) => (m.type === "data_error" ? m.error : m.data);`,
      [],
    ],
    [
      "know the frames of a topic",
      own,
      `import type { MessageByTopic } from "./types.js";
       export const f = (m: MessageByTopic["tasks"]) => (m.type === "task_update" ? m.data.tasks[0]?.status === "done" : false);
       export const g = (m: MessageByTopic["tasks"]) => m.type === "agent_update";`,
      [/no overlap/],
    ],
  ];
  it.each(rows)("%s", { timeout: 60_000 }, async (_title, schema, code, want) => {
    const diagnostics = await compileWith(schema, code);
    expect(diagnostics).toEqual(want.map((pattern) => expect.stringMatching(pattern)));
  });

  it("carry descriptions and deprecations as TSDoc", async () => {
    const schema = {
      oneOf: [
        message({ const: "a" }, { old: { type: "string", description: "An old one.", deprecated: true } }),
      ],
    };
    const types = (await filesOf(modelOf(schema))).get("types.ts");
    expect(types).toContain("An old one.");
    expect(types).toContain("@deprecated");
  });

  it("never speak of the compiler's own bookkeeping", async () => {
    expect((await filesOf(modelOf(own))).get("types.ts")).not.toContain("This interface was referenced by");
  });
});
