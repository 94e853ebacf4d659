import { type Conversion, type ConversionPlan, compareFiles, generate, type Model } from "@hivewire/codegen";
import { type Converters, createConverterLookup } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { diagnosticsOf, load } from "./support/emitted.js";
import { modelOf } from "./support/evaluate.js";

const message = (type: object, properties: object = {}): object => ({
  ...{ "x-sender": "server", type: "object" },
  properties: { type, ...properties },
  required: ["type", ...Object.keys(properties)],
});

const model = (more: object = {}): Model =>
  modelOf({
    "x-contract": { name: "test", version: "1.1.0" },
    oneOf: ["News", "Alert", "Custom", "Old-News"].map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      News: message({ const: "news" }, { text: { type: "string" }, ...more }),
      Alert: message({ const: "alert" }),
      Custom: message({ type: "string", pattern: "_update$" }),
      "Old-News": message({ enum: ["old-news", "__proto__"] }),
    },
  });

const newer = model({ mood: { type: "string" } });

/** A plan in which every message is left as it is, but for those that are named. */
function planOf(conversions: Readonly<Record<string, Conversion>>, version = "1.0.0"): ConversionPlan {
  const messages = newer.messages.map(({ name, match }) => ({
    name,
    match,
    ...(conversions[name] ?? ({ kind: "same" } as const)),
  }));
  return { version, model: model(), messages };
}

const mechanical = planOf({
  News: {
    kind: "steps",
    steps: [
      { kind: "remove", path: ["list", { every: "item" }], keys: ["mood"] },
      { kind: "map", path: ["status"], from: ["paused"], to: "idle" },
    ],
  },
  Alert: { kind: "drop" },
});

const slot = planOf({
  News: { kind: "slot", reasons: ["`text` may be missing now."], to: ["News"] },
  Custom: { kind: "slot", reasons: ["It ends a comment: */."], to: ["Custom", "News"] },
});

const origin = { generatorVersion: "1.2.3", schemaFile: "a.json", command: "npx hivewire generate" };
const options = (conversions: readonly ConversionPlan[]) => ({
  targets: ["converters"] as const,
  conversions,
});

async function filesOf(...plans: readonly ConversionPlan[]): Promise<ReadonlyMap<string, string>> {
  const files = await generate(newer, origin, options(plans));
  return new Map(files.map(({ path, contents }) => [path, contents]));
}

/** What `tsc` says of the generated folder and code that uses it. */
async function diagnostics(plans: readonly ConversionPlan[], code: string): Promise<readonly string[]> {
  return diagnosticsOf({ ...Object.fromEntries(await filesOf(...plans)), "use.ts": code });
}

describe("converters.ts", () => {
  it("is a table of helpers where everything is mechanical", async () => {
    const text = (await filesOf(mechanical)).get("converters.ts");
    expect(
      text?.slice(text.indexOf("import")),
    ).toBe(`import { type Converters, convertBySteps, dropFrame, keepFrame, removeMembers, replaceValues } from "@hivewire/protocol";

/** Converters for \`createServer\`, from 1.1.0 to older versions: 1.0.0. */
export function createConverters(): Converters {
  return {
    "1.0.0": {
      messages: {
        news: convertBySteps(removeMembers(["list", { every: "item" }], ["mood"]), replaceValues(["status"], ["paused"], "idle")),
        alert: dropFrame,
        "old-news": keepFrame,
        ["__proto__"]: keepFrame,
      },
      patterns: [
        { pattern: "_update$", convert: keepFrame },
      ],
    },
  };
}
`);
  });

  it("runs", async () => {
    const source = (await filesOf(mechanical)).get("converters.ts") ?? "";
    const protocol = new URL("../../protocol/dist/index.js", import.meta.url).href;
    const module = await load(source, { "@hivewire/protocol": protocol });
    const { createConverters } = module as { createConverters: () => Converters };
    const lookup = createConverterLookup(createConverters());
    const frame = { type: "news", list: [{ mood: "x", a: 1 }], status: "paused" };
    expect(lookup("1.0.0", "news")?.(frame)).toEqual({ type: "news", list: [{ a: 1 }], status: "idle" });
    expect(lookup("1.0.0", "alert")?.({ type: "alert" })).toBeUndefined();
    const same = { type: "__proto__" };
    expect(lookup("1.0.0", "__proto__")?.(same)).toBe(same);
  });

  it("is an empty table where no older version is live", async () => {
    expect((await filesOf()).get("converters.ts")).toContain(
      "createConverters(): Converters {\n  return {};",
    );
  });

  it("has the types of an older version beside it only where a slot needs them", async () => {
    expect([...(await filesOf(mechanical)).keys()]).not.toContain("types-1.0.0.ts");
    expect((await filesOf(slot)).get("types-1.0.0.ts")).toContain("export interface News");
  });

  it("drifts like any other file, the older types too", async () => {
    const files = await generate(newer, origin, options([slot]));
    const before = await generate(newer, origin, options([mechanical]));
    const drift = compareFiles(files, new Map(before.map(({ path, contents }) => [path, contents])));
    expect(drift.map(({ path }) => path)).toEqual(["converters.ts", "types-1.0.0.ts"]);
  });

  it("says in a slot's documentation why it has to be written", async () => {
    const text = (await filesOf(slot)).get("converters.ts");
    expect(text).toContain("     * - `text` may be missing now.\n");
    expect(text).toContain("     * - It ends a comment: *\\/.\n");
  });

  it("cannot be made of a contract whose messages no property tells apart", async () => {
    const bare = modelOf({ oneOf: [{ type: "string" }, { type: "number" }] });
    await expect(generate(bare, origin, options([{ ...mechanical, messages: [] }]))).rejects.toMatchObject({
      code: "invalid_contract",
    });
  });
});

describe("code that uses the converters", () => {
  const written = `import { createConverters } from "./converters.js";
    export const converters = createConverters({
      "1.0.0": { News: ({ mood: _, ...frame }) => frame, Custom: () => undefined },
    });`;
  const rows: readonly [
    title: string,
    plans: readonly ConversionPlan[],
    code: string,
    want: readonly RegExp[],
  ][] = [
    [
      "compiles without slots",
      [mechanical],
      `import { createConverters } from "./converters.js"; export const c = createConverters();`,
      [],
    ],
    ["compiles once the slots are written", [slot], written, []],
    [
      "does not compile until they are written",
      [slot],
      `import { createConverters } from "./converters.js"; export const c = createConverters();`,
      [/Expected 1 arguments/],
    ],
    [
      "does not compile while one is missing",
      [slot],
      written.replace(", Custom: () => undefined", ""),
      [/Property 'Custom' is missing/],
    ],
    [
      "does not compile when a version is missing",
      [slot, { ...slot, version: "0.9.0" }],
      written,
      [/"0.9.0"/],
    ],
    [
      "does not compile when a slot gives what the older version does not know",
      [slot],
      written.replace("=> frame,", '=> ({ ...frame, type: "alert" }),'),
      [/not assignable/],
    ],
  ];
  it.each(rows)("%s", { timeout: 60_000 }, async (_title, plans, code, want) => {
    expect(await diagnostics(plans, code)).toEqual(want.map((pattern) => expect.stringMatching(pattern)));
  });
});
