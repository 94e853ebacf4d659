import { describe, expect, it, vi } from "vitest";
import { fakeCompare } from "./support/fake-compare.js";
import { type GreetingVersion, greetingContract, projectOf } from "./support/greeting-contract.js";
import type { TestProject } from "./support/project.js";

vi.mock("@hivewire/compat", async (original) => ({
  ...(await original<typeof import("@hivewire/compat")>()),
  compareContracts: fakeCompare,
}));

const first = { version: "1.0.0" };

describe("hivewire diff", () => {
  const rows: readonly [title: string, newer: GreetingVersion, code: number, says: RegExp][] = [
    ["is content where nothing changed", first, 0, /Nothing changed, and the version says so/],
    [
      "is content with a minor step for what breaks no one",
      { version: "1.1.0", members: ["mood"] },
      0,
      /compatible {2}`greeting` may have `mood`/,
    ],
    [
      "is content with a patch for documentation",
      { version: "1.0.1", description: "Greets." },
      0,
      /1 in documentation\.\n.*1\.0\.0 → 1\.0\.1 is a patch step/,
    ],
    [
      "fails what breaks and the version does not say",
      { version: "1.1.0", required: ["mood"] },
      1,
      /breaking {2}Clients on 1\.0\.0 that send `greeting` break/,
    ],
    [
      "shows what breaks and the version says, and ends with 0",
      { version: "2.0.0", required: ["mood"] },
      0,
      /breaking {2}Clients on 1\.0\.0 that send `greeting` break/,
    ],
    ["fails what is unproven", { version: "1.1.0", doubt: true }, 1, /unproven {2}`greeting` may break/],
    [
      "fails a released version that was changed",
      { members: ["mood"] },
      1,
      /1\.0\.0 → 1\.0\.0 is no step, the changes ask for a minor one\. Raise x-contract\.version to 1\.1\.0 or higher/,
    ],
    [
      "fails a documentation edit of a released version",
      { description: "Greets." },
      1,
      /Raise x-contract\.version to 1\.0\.1/,
    ],
    [
      "says a version that is too large, and ends with 0",
      { version: "2.0.0", members: ["mood"] },
      0,
      /says more than it has to.*the changes ask for a minor one, 1\.1\.0/,
    ],
  ];
  it.each(rows)("%s", async (_title, newer, code, says) => {
    await using project = await projectOf(newer, first);
    const result = await project.run("diff");
    expect(result.out).toMatch(says);
    expect(result.code).toBe(code);
  });

  it("says first who breaks, then the fix, the frame, the place and the id", async () => {
    await using project = await projectOf({ version: "1.1.0", required: ["mood"] }, first);
    const { out } = await project.run("diff");
    expect(
      out
        .replace(/[0-9a-f]{12}/, "<id>")
        .split("\n")
        .slice(0, 9),
    ).toEqual([
      "breaking  Clients on 1.0.0 that send `greeting` break: `mood` is required now.",
      "  Make it optional.",
      "  This frame must have more:",
      "    {",
      '      "type": "greeting",',
      '      "text": "hi"',
      "    }",
      "  messages.schema.json:12:17 property-required, id <id>",
      "",
    ]);
    expect(out).toContain(
      "greetings 1.1.0 beside 1.0.0: 2 changes: 1 breaking, 0 unproven, 1 compatible, 0 in documentation.",
    );
  });

  it("says that nothing is released yet, and ends with 0", async () => {
    await using project = await projectOf(first);
    const { code, out } = await project.run("diff");
    expect(code).toBe(0);
    expect(out).toContain("nothing is released yet");
  });

  const choices: readonly [title: string, argv: readonly string[], labels: readonly string[]][] = [
    ["the newest release that is not newer than the contract", [], ["1.2.0"]],
    ["every live release that is not newer than the contract", ["--transitive"], ["1.2.0", "1.0.0"]],
    ["a release by its version", ["--against", "1.0.0"], ["1.0.0"]],
    ["a newer release by its version", ["--against", "2.0.0"], ["2.0.0"]],
    ["a file", ["--against", "versions/1.1.0/messages.schema.json"], ["versions/1.1.0/messages.schema.json"]],
  ];
  it.each(choices)("compares with %s", async (_title, argv, labels) => {
    const releases = ["1.0.0", "1.1.0", "1.2.0", "2.0.0"].map((version) => ({ version }));
    await using project = await projectOf({ version: "1.3.0", retired: ["1.1.0"] }, ...releases);
    const { out } = await project.run("diff", "--json", ...argv);
    const report: { comparisons: { older: { label: string } }[] } = JSON.parse(out);
    expect(report.comparisons.map(({ older }) => older.label)).toEqual(labels);
  });

  const refused: readonly [title: string, argv: readonly string[], code: number, says: RegExp][] = [
    [
      "a version that is not released",
      ["--against", "3.0.0"],
      2,
      /\[unknown_release\] .* Please choose from 1\.0\.0/,
    ],
    ["a file that is not there", ["--against", "nope.json"], 2, /\[file_not_found\]/],
    ["two baselines at once", ["--against", "1.0.0", "--transitive"], 2, /exclude each other/],
    [
      "a baseline that is no contract",
      ["--against", "broken.json"],
      1,
      /\[invalid_baseline\] Failed to read the contract at broken\.json/,
    ],
    [
      "an unknown format",
      ["--format", "xml"],
      2,
      /Allowed choices are text, json, github, sarif, junit, markdown/,
    ],
  ];
  it.each(refused)("refuses %s", async (_title, argv, code, says) => {
    await using project = await projectOf(first, first);
    await project.write("broken.json", "{");
    const result = await project.run("diff", ...argv);
    expect(result.err).toMatch(says);
    expect(result.code).toBe(code);
  });

  it("reads the files that a released schema refers to from its own folder", async () => {
    await using project = await projectOf(first);
    const text = JSON.stringify({ oneOf: [{ $ref: "parts/hello.json" }] });
    const part = JSON.parse(greetingContract()).$defs.Greeting;
    await project.write("messages.schema.json", text.replace("{", '{"version":"1.1.0",'));
    await project.write("versions/1.0.0/messages.schema.json", text);
    await project.write("versions/1.0.0/parts/hello.json", JSON.stringify(part));
    await project.write("parts/hello.json", JSON.stringify({ ...part, description: "Greets." }));
    await project.run("release", "--record");
    const { code, out } = await project.run("diff");
    expect(out).toContain("1 in documentation");
    expect(code).toBe(0);
  });
});

describe("waivers of hivewire diff", () => {
  async function waive(project: TestProject, waiver: object): Promise<void> {
    const { out } = await project.run("diff", "--json");
    const report: { comparisons: { changes: { id: string; verdict: string }[] }[] } = JSON.parse(out);
    const id = report.comparisons[0]?.changes.find(({ verdict }) => verdict !== "compatible")?.id;
    const full = { id, owner: "ann", reason: "agreed", expires: "1970-01-01", ...waiver };
    const settings = { schema: "messages.schema.json", out: "gen", diff: { waivers: [full] } };
    await project.write("hivewire.json", JSON.stringify(settings));
  }
  const rows: readonly [title: string, newer: GreetingVersion, waiver: object, code: number, says: RegExp][] =
    [
      [
        "cover what breaks",
        { version: "1.1.0", required: ["mood"] },
        {},
        0,
        /waived breaking .*[\s\S]*Waived by ann until 1970-01-01: agreed/,
      ],
      ["cover what is unproven", { version: "1.1.0", doubt: true }, {}, 0, /waived unproven/],
      [
        "still ask for a minor step",
        { version: "1.0.1", doubt: true },
        {},
        1,
        /the changes ask for a minor one/,
      ],
      [
        "fail when they have expired",
        { version: "2.0.0", required: ["mood"] },
        { expires: "1969-12-31" },
        1,
        /error {2}The waiver of [0-9a-f]{12} by ann ended on 1969-12-31/,
      ],
      [
        "are told when they cover nothing",
        { version: "1.1.0", members: ["mood"] },
        { id: "0123456789ab" },
        0,
        /warning {2}The waiver of 0123456789ab by ann covers nothing/,
      ],
    ];
  it.each(rows)("%s", async (_title, newer, waiver, code, says) => {
    await using project = await projectOf(newer, first);
    await waive(project, waiver);
    const result = await project.run("diff");
    expect(result.out).toMatch(says);
    expect(result.code).toBe(code);
  });

  const whole = { id: "0123456789ab", owner: "ann", reason: "agreed", expires: "2026-12-31" };
  const configs: readonly [title: string, diff: object, says: RegExp][] = [
    ["an unknown setting", { waive: [] }, /"diff\.waive" is not a setting; known are waivers, package/],
    [
      "a waiver without an owner",
      { waivers: [{ ...whole, owner: undefined }] },
      /"diff\.waivers\[0\]\.owner"/,
    ],
    ["a waiver without a reason", { waivers: [{ ...whole, reason: "" }] }, /"diff\.waivers\[0\]\.reason"/],
    ["a waiver of no id", { waivers: [{ ...whole, id: "greeting" }] }, /12 hexadecimal digits/],
    ["a waiver without an end", { waivers: [{ ...whole, expires: "soon" }] }, /a day such as 2026-12-31/],
    [
      "a day that no calendar has",
      { waivers: [{ ...whole, expires: "2026-13-01" }] },
      /a day such as 2026-12-31/,
    ],
    [
      "a package that npm would refuse",
      { package: "../x" },
      /"diff\.package" is not the name of an npm package/,
    ],
  ];
  it.each(configs)("are refused for %s", async (_title, diff, says) => {
    await using project = await projectOf(first);
    await project.write("hivewire.json", JSON.stringify({ schema: "messages.schema.json", diff }));
    const { code, err } = await project.run("diff");
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });
});
