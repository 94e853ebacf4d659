import { describe, expect, it } from "vitest";
import { greetingContract, projectOf } from "./support/greeting-contract.js";

const first = { version: "1.0.0", required: ["mood"] };

describe("hivewire diff with the engine behind it", () => {
  const rows: readonly [title: string, argv: readonly string[], code: number, says: RegExp][] = [
    ["lets a server ask for less", [], 0, /0 breaking, 0 unproven/],
    [
      "finds with --full that an older server still asks for more",
      ["--full"],
      1,
      /breaking {2}.*[\s\S]*"type": "greeting"/,
    ],
  ];
  it.each(rows)("%s", async (_title, argv, code, says) => {
    await using project = await projectOf({ version: "1.1.0", members: ["mood"] }, first);
    const result = await project.run("diff", ...argv);
    expect(result.out).toMatch(says);
    expect(result.code).toBe(code);
  });

  it("names the frame of who breaks, and a waiver by its id covers it", async () => {
    await using project = await projectOf({ version: "1.1.0", required: ["mood"] }, { version: "1.0.0" });
    const { code, out } = await project.run("diff", "--json");
    expect(code).toBe(1);
    const report: {
      comparisons: { changes: { id: string; verdict: string; witness?: { frame: object } }[] }[];
    } = JSON.parse(out);
    const loud = report.comparisons[0]?.changes.filter(({ verdict }) => verdict !== "compatible") ?? [];
    expect(loud.map(({ witness }) => witness?.frame)).toContainEqual(
      expect.objectContaining({ type: "greeting" }),
    );
    const waivers = loud.map(({ id }) => ({ id, owner: "ann", reason: "agreed", expires: "2026-12-31" }));
    await project.write(
      "hivewire.json",
      JSON.stringify({ schema: "messages.schema.json", diff: { waivers } }),
    );
    expect((await project.run("diff")).code).toBe(0);
  });

  it("blames a policy that no contract can have", async () => {
    await using project = await projectOf({ version: "1.1.0" }, { version: "1.0.0" });
    const schema = greetingContract({ version: "1.1.0" }).replace(
      '"name"',
      '"policy": { "nope": 1 }, "name"',
    );
    await project.write("messages.schema.json", schema);
    const { code, err } = await project.run("diff");
    expect(err).toMatch(/^hivewire: \[invalid_policy\] .*nope/);
    expect(code).toBe(1);
  });
});
