import { describe, expect, it } from "vitest";
import { createProject } from "./support/project.js";

const text = `{
  "x-contract": { "name": "a", "version": "1.0.0" },
  "oneOf": [{ "$ref": "#/$defs/Ping" }],
  "$defs": {
    "Ping": {
      "description": "Asks, with a 100 % chance: really",
      "x-sender": "client",
      "type": "object",
      "properties": { "type": { "const": "ping" } },
      "required": ["type"],
      "additionalProperties": false,
      "examples": [{ "type": "pong" }]
    }
  }
}
`;

describe("hivewire lint", () => {
  it("shows each finding with its place and its fix, and fails on errors alone", async () => {
    await using project = await createProject(text);
    const { code, out } = await project.run("lint");
    expect(code).toBe(1);
    expect(out).toContain("messages.schema.json:11:31 warning closed-object\n");
    expect(out).toContain("messages.schema.json:12:20 error invalid-example\n");
    expect(out).toContain("Mend the example, or the schema if the example is right.");
    expect(out).toContain("a 1.0.0: 1 messages, 1 error, 1 warnings.");
  });

  it("passes with warnings", async () => {
    await using project = await createProject(text.replace("pong", "ping"));
    expect((await project.run("lint")).code).toBe(0);
  });

  it("writes annotations for GitHub, one line each", async () => {
    await using project = await createProject(text);
    const { out } = await project.run("lint", "--format", "github");
    expect(out.split("\n")).toEqual([
      expect.stringMatching(
        /^::warning file=messages\.schema\.json,line=11,col=31,title=hivewire closed-object::The object is closed/,
      ),
      expect.stringMatching(
        /^::error file=messages\.schema\.json,line=12,col=20,title=hivewire invalid-example::Example 1 of Ping/,
      ),
      "",
    ]);
  });

  it("writes SARIF 2.1.0 with rules, levels and regions", async () => {
    await using project = await createProject(text);
    const { out } = await project.run("lint", "--format", "sarif");
    const log: unknown = JSON.parse(out);
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "hivewire", rules: [{ id: "closed-object" }, { id: "invalid-example" }] } },
          results: [
            { ruleId: "closed-object", ruleIndex: 0, level: "warning" },
            {
              ruleId: "invalid-example",
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "messages.schema.json" },
                    region: { startLine: 12, startColumn: 20 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("writes JSON", async () => {
    await using project = await createProject(text);
    const { code, out } = await project.run("lint", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: [{ rule: "closed-object", line: 11 }, { rule: "invalid-example" }],
    });
  });

  it("takes levels and waivers from the configuration, and fails an expired one", async () => {
    await using project = await createProject(text.replace("pong", "ping"));
    const waiver = {
      rule: "closed-object",
      pointer: "/$defs/Ping",
      owner: "ann",
      reason: "old",
      expires: "1970-01-02",
    };
    const configure = (lint: object) =>
      project.write("hivewire.json", JSON.stringify({ schema: "messages.schema.json", out: "gen", lint }));
    await configure({ waivers: [waiver] });
    expect((await project.run("lint")).out).toContain("0 errors, 0 warnings");
    await configure({ waivers: [{ ...waiver, expires: "1969-12-31" }] });
    expect((await project.run("lint")).out).toContain("error expired-waiver");
    await configure({ rules: { "closed-object": "error" } });
    expect((await project.run("lint")).code).toBe(1);
  });

  const configs: readonly [title: string, config: object, says: RegExp][] = [
    [
      "an unknown rule",
      { lint: { rules: { nope: "off" } } },
      /"lint\.rules\.nope" is not one of ambiguous-discriminator/,
    ],
    [
      "an unknown level",
      { lint: { rules: { naming: "loud" } } },
      /"lint\.rules\.naming" is not one of error, warning, off/,
    ],
    [
      "a waiver without an owner",
      { lint: { waivers: [{ rule: "naming", pointer: "" }] } },
      /expires" is not a setting with a text/,
    ],
    ["an unknown target", { targets: ["cobol"] }, /"targets" is not one of typebox, msw/],
    ["an unknown way with formats", { formats: "maybe" }, /"formats" is not one of annotate, assert/],
  ];
  it.each(configs)("refuses %s", async (_title, config, says) => {
    await using project = await createProject(text);
    await project.write("hivewire.json", JSON.stringify({ schema: "messages.schema.json", ...config }));
    const { code, err } = await project.run("lint");
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  it("blames YAML by line and column, and files that a schema refers to", async () => {
    await using project = await createProject();
    await project.write("hivewire.json", JSON.stringify({ schema: "main.yaml", out: "gen" }));
    await project.write("main.yaml", 'oneOf:\n  - $ref: "ping.yaml#/Ping"\n');
    await project.write(
      "ping.yaml",
      "Ping:\n  type: object\n  properties:\n    type: { const: ping }\n    n: { type: strin }\n",
    );
    const { code, out } = await project.run("check", "--format", "github");
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=ping\.yaml,line=5,col=16,title=hivewire invalid_schema::/);
  });
});
