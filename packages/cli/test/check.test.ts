import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createProject, greeting } from "./support/project.js";

describe("hivewire check", () => {
  it("is content with what generate wrote", async () => {
    await using project = await createProject();
    await project.run("generate");
    const { code, out } = await project.run("check");
    expect(code).toBe(0);
    expect(out).toContain("7 files are what the schema says");
  });

  it("shows every difference before it ends, and the command that mends them", async () => {
    await using project = await createProject();
    await project.run("generate");
    await project.write("gen/index.ts", "// mine\n");
    await project.write("gen/old.ts", "");
    await rm(`${project.folder}/gen/types.ts`);
    const { code, out } = await project.run("check");
    expect(code).toBe(1);
    expect(out).toContain("index.ts hand-edited");
    expect(out).toContain("old.ts orphan");
    expect(out).toContain("types.ts missing");
    expect(out).toContain(
      "3 files differ from what messages.schema.json says. Mend it with: npx hivewire generate",
    );
  });

  it("shows a field that was added to the schema as a readable diff, which generate mends", async () => {
    await using project = await createProject();
    await project.run("generate");
    const { Greeting } = greeting.$defs;
    const grown = { ...Greeting, properties: { ...Greeting.properties, mood: { type: "string" } } };
    await project.write(
      "messages.schema.json",
      JSON.stringify({ ...greeting, $defs: { Greeting: grown } }, null, 2),
    );
    const { code, out } = await project.run("check");
    expect(code).toBe(1);
    expect(out).toContain("types.ts schema-changed");
    expect(out).toMatch(/^\+ {2}mood\?: string;$/m);
    await project.run("generate");
    expect((await project.run("check")).code).toBe(0);
  });

  it("reports findings as JSON", async () => {
    await using project = await createProject();
    const { code, out } = await project.run("check", "--json");
    expect(code).toBe(1);
    const report: { ok: boolean; findings: { path: string; kind: string }[]; mend: string } = JSON.parse(out);
    expect(report.ok).toBe(false);
    expect(report.findings.map(({ kind }) => kind)).toEqual(Array(7).fill("missing"));
    expect(report.mend).toBe("npx hivewire generate");
  });
});

describe("the command line", () => {
  const rows: readonly [title: string, argv: readonly string[], code: number, says: RegExp][] = [
    ["prints help", ["--help"], 0, /Exit codes: 0 fine, 1 a finding, 2 usage/],
    ["prints help with examples for a command", ["check", "--help"], 0, /Examples:\n {2}\$ hivewire check/],
    ["prints its version", ["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    ["refuses an unknown command", ["generat"], 2, /Did you mean generate\?/],
    ["refuses an unknown flag", ["check", "--nope"], 2, /unknown option '--nope'/],
    ["refuses a call without a command", [], 2, /Usage: hivewire/],
    [
      "refuses a schema that is not there",
      ["check", "--schema", "nope.json"],
      2,
      /\[file_not_found\].*nope\.json/,
    ],
  ];
  it.each(rows)("%s", async (_title, argv, code, says) => {
    await using project = await createProject();
    const result = await project.run(...argv);
    expect(result.code).toBe(code);
    expect(result.out + result.err).toMatch(says);
  });

  const configs: readonly [title: string, config: string, says: RegExp][] = [
    ["no JSON", "{", /it is not JSON/],
    ["an unknown setting", '{"shema":"a"}', /"shema" is not a setting/],
    ["a setting of the wrong kind", '{"out":5}', /"out" is not a setting with a text/],
    ["no object", "[1]", /is not an object/],
  ];
  it.each(configs)("refuses a configuration that is %s", async (_title, config, says) => {
    await using project = await createProject();
    await project.write("hivewire.json", config);
    const { code, err } = await project.run("check");
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  it("refuses a schema that is not UTF-8", async () => {
    await using project = await createProject();
    const { writeFile } = await import("node:fs/promises");
    await writeFile(`${project.folder}/messages.schema.json`, Buffer.from([0x22, 0xff, 0x22]));
    const { code, err } = await project.run("check");
    expect(code).toBe(2);
    expect(err).toContain("it is not UTF-8 text");
  });
});
