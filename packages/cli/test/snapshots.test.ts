import { rm, writeFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { fakeCompare } from "./support/fake-compare.js";
import { greetingContract, projectOf } from "./support/greeting-contract.js";

vi.mock("@hivewire/compat", async (original) => ({
  ...(await original<typeof import("@hivewire/compat")>()),
  compareContracts: fakeCompare,
}));

const first = { version: "1.0.0" };
const grown = { version: "1.1.0", members: ["mood"] };

describe("what is released", () => {
  const edits: readonly [title: string, edit: (folder: string) => Promise<void>, says: RegExp][] = [
    [
      "was changed",
      (folder) => writeFile(`${folder}/versions/1.0.0/messages.schema.json`, greetingContract(grown)),
      /messages\.schema\.json in it was changed since/,
    ],
    ["is missing", (folder) => rm(`${folder}/versions/1.0.0`, { recursive: true }), /in it is missing since/],
  ];
  it.each(edits)("fails when it %s", async (_title, edit, says) => {
    await using project = await projectOf(grown, first);
    await edit(project.folder);
    for (const command of ["diff", "release"]) {
      const { code, out } = await project.run(command);
      expect(out).toMatch(says);
      expect(code).toBe(1);
    }
  });

  it("fails when a file was added to it", async () => {
    await using project = await projectOf(first, first);
    await project.write("versions/1.0.0/more.json", "{}");
    await project.write("versions/1.0.0/.DS_Store", "");
    const { code, out } = await project.run("diff", "--format", "github");
    expect(out).toMatch(
      /^::error file=versions\/1\.0\.0\/more\.json,line=1,col=1,title=hivewire snapshot-edited::.*was added since.*\n$/,
    );
    expect(code).toBe(1);
  });

  it("is the same with the line ends of Windows", async () => {
    await using project = await projectOf(first, first);
    await project.write(
      "versions/1.0.0/messages.schema.json",
      greetingContract(first).replaceAll("\n", "\r\n"),
    );
    expect((await project.run("diff")).code).toBe(0);
  });

  it("is recorded afterwards by --record, and until then warned of", async () => {
    await using project = await projectOf(first);
    await project.write("versions/1.0.0/messages.schema.json", greetingContract(first));
    const unrecorded = await project.run("diff");
    expect(unrecorded.out).toContain("warning  Version 1.0.0 has no record");
    expect(unrecorded.code).toBe(0);
    expect((await project.run("release", "--record", "--dry-run")).out).toContain("Would record 1.0.0");
    expect((await project.run("release", "--record")).out).toBe(
      "Recorded 1.0.0 in versions/releases.json.\n",
    );
    expect((await project.run("release", "--record")).out).toContain("nothing to do");
    expect((await project.run("diff")).out).not.toContain("warning");
  });

  it("is warned of when it holds no file of the schema's name", async () => {
    await using project = await projectOf(first);
    await project.write("versions/1.0.0/other.schema.json", greetingContract(first));
    expect((await project.run("diff")).out).toContain("Version 1.0.0 holds no messages.schema.json");
  });

  const broken: readonly [title: string, text: string][] = [
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no hash", '{"1.0.0":{"files":{"a.json":"x"}}}'],
    ["no version", '{"next":{"files":{}}}'],
    ["no files", '{"1.0.0":{}}'],
  ];
  it.each(broken)("is refused when its record is %s", async (_title, text) => {
    await using project = await projectOf(first);
    await project.write("versions/releases.json", text);
    const { code, err } = await project.run("diff");
    expect(err).toMatch(/\[invalid_records\]/);
    expect(code).toBe(2);
  });
});
