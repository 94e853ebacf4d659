import { mkdir } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { withEntry } from "../src/release/changelog.js";
import { placeRelease } from "../src/release/place-release.js";
import { fakeCompare } from "./support/fake-compare.js";
import { type GreetingVersion, greetingContract, projectOf } from "./support/greeting-contract.js";

vi.mock("@hivewire/compat", async (original) => ({
  ...(await original<typeof import("@hivewire/compat")>()),
  compareContracts: fakeCompare,
}));

const first = { version: "1.0.0" };
const grown = { version: "1.1.0", members: ["mood"] };
const broken = { version: "2.0.0", required: ["mood"] };

describe("hivewire release", () => {
  it("makes the first release: snapshot, hashes, changelog", async () => {
    await using project = await projectOf(first);
    const { code, out } = await project.run("release");
    expect(code).toBe(0);
    expect(out).toContain("wrote  versions/1.0.0/messages.schema.json\n");
    expect(out).toContain("No changeset: there is no .changeset folder beside hivewire.json.");
    expect(await project.read("versions/1.0.0/messages.schema.json")).toBe(greetingContract(first));
    expect(JSON.parse(await project.read("versions/releases.json"))).toEqual({
      "1.0.0": { files: { "messages.schema.json": expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect(await project.read("CHANGELOG.md")).toBe(
      "# Changelog of greetings\n\n## 1.0.0 (1970-01-01)\n\nFirst release: 1 message.\n",
    );
    expect((await project.run("diff")).code).toBe(0);
  });

  it("puts the newer entry on top, and its changes in groups", async () => {
    await using project = await projectOf(first);
    await project.run("release");
    await project.write("messages.schema.json", greetingContract({ ...grown, description: "Greets." }));
    expect((await project.run("release")).code).toBe(0);
    expect(await project.read("CHANGELOG.md")).toBe(`# Changelog of greetings

## 1.1.0 (1970-01-01)

Since 1.0.0: 2 changes.

### Changed

- \`greeting\` may have \`mood\`. Affected: \`greeting\`, which clients send.

### Documentation

- \`greeting\` is described anew. Affected: \`greeting\`, which clients send.

## 1.0.0 (1970-01-01)

First release: 1 message.
`);
    expect(Object.keys(JSON.parse(await project.read("versions/releases.json")))).toEqual(["1.0.0", "1.1.0"]);
    expect(await project.list("migrations")).toEqual([]);
  });

  it("writes a migration note with the frames where something breaks", async () => {
    await using project = await projectOf(broken, first);
    expect((await project.run("release")).code).toBe(0);
    expect(await project.read("migrations/1.0.0-to-2.0.0.md")).toBe(`# From greetings 1.0.0 to 2.0.0

1 change to look at. Everything else stays as it is.

## 1. Clients on 1.0.0 that send \`greeting\` break: \`mood\` is required now.

Make it optional.

Affected: \`greeting\`, which clients send.

Valid in 1.0.0, refused by a server on 2.0.0: the frame must have more.

\`\`\`json
{
  "type": "greeting",
  "text": "hi"
}
\`\`\`

Valid in 2.0.0:

\`\`\`json
{
  "type": "greeting",
  "text": "hi",
  "mood": "…"
}
\`\`\`
`);
    expect(await project.read("CHANGELOG.md")).toContain("[How to migrate](migrations/1.0.0-to-2.0.0.md)");
  });

  const changesets: readonly [newer: GreetingVersion, step: string][] = [
    [grown, "minor"],
    [broken, "major"],
    [{ version: "1.0.1", description: "Greets." }, "patch"],
  ];
  it.each(changesets)("writes a changeset for %j", async (newer, step) => {
    await using project = await projectOf(newer, first);
    const settings = { schema: "messages.schema.json", diff: { package: "@acme/contract" } };
    await project.write("hivewire.json", JSON.stringify(settings));
    await project.write(".changeset/config.json", "{}");
    expect((await project.run("release")).code).toBe(0);
    const text = await project.read(`.changeset/contract-${newer.version}.md`);
    expect(text).toContain(`---\n"@acme/contract": ${step}\n---\n\nContract ${newer.version}: `);
  });

  it("says that it makes no changeset where no package is named", async () => {
    await using project = await projectOf(grown, first);
    await project.write(".changeset/config.json", "{}");
    expect((await project.run("release")).out).toContain("No changeset: hivewire.json names no package");
    expect(await project.list(".changeset")).toEqual(["config.json"]);
  });

  it("shows what it would write, and writes nothing, on a dry run", async () => {
    await using project = await projectOf(broken, first);
    const before = await project.list(".");
    const { code, out } = await project.run("release", "--dry-run");
    expect(code).toBe(0);
    expect(out).toContain("would write  versions/2.0.0/messages.schema.json\n");
    expect(out).toContain("# From greetings 1.0.0 to 2.0.0");
    expect(out).toContain("2.0.0 is not released: this was a dry run.");
    expect(await project.list(".")).toEqual(before);
    expect(await project.list("versions")).toEqual(["1.0.0", "releases.json"]);
  });

  it("reports as JSON", async () => {
    await using project = await projectOf(grown, first);
    const report: { version: string; files: { path: string }[] } = JSON.parse(
      (await project.run("release", "--json")).out,
    );
    expect(report).toMatchObject({ ok: true, dryRun: false, version: "1.1.0" });
    expect(report.files.map(({ path }) => path)).toEqual([
      "versions/1.1.0/messages.schema.json",
      "versions/releases.json",
      "CHANGELOG.md",
    ]);
  });

  it("keeps the files that the schema refers to, in their folders", async () => {
    await using project = await projectOf(first);
    await project.write(
      "messages.schema.json",
      '{"version":"1.0.0","oneOf":[{"$ref":"parts/a/hello.json"}]}',
    );
    await project.write(
      "parts/a/hello.json",
      '{"type":"object","properties":{"type":{"const":"hi"},"n":{"$ref":"../n.json"}},"required":["type"]}',
    );
    await project.write("parts/n.json", '{"type":"number"}');
    expect((await project.run("release")).code).toBe(0);
    expect(await project.read("versions/1.0.0/parts/n.json")).toBe('{"type":"number"}');
    expect((await project.run("diff")).out).toContain("Nothing changed");
    await project.write("versions/1.0.0/parts/n.json", '{"type":"integer"}');
    expect((await project.run("diff")).out).toContain("parts/n.json in it was changed since");
  });

  const refused: readonly [title: string, newer: GreetingVersion, says: RegExp][] = [
    ["a version that is released", { members: ["mood"] }, /\[already_released\] Failed to release 1\.0\.0/],
    [
      "a version that is too small",
      { version: "1.0.1", members: ["mood"] },
      /Raise x-contract\.version to 1\.1\.0 or higher[\s\S]*Nothing was written/,
    ],
    ["what is unproven", { version: "1.1.0", doubt: true }, /unproven {2}`greeting` may break/],
  ];
  it.each(refused)("refuses %s", async (_title, newer, says) => {
    await using project = await projectOf(newer, first);
    const { code, out, err } = await project.run("release");
    expect(out + err).toMatch(says);
    expect(code).toBe(1);
    expect(await project.list("versions")).toEqual(["1.0.0", "releases.json"]);
    expect(await project.list(".")).not.toContain("CHANGELOG.md");
  });

  it("refuses a file above the schema's folder, which no snapshot holds", async () => {
    await using project = await projectOf(first);
    await project.write("hivewire.json", '{"schema":"api/messages.schema.json"}');
    await project.write("api/messages.schema.json", '{"version":"1.0.0","oneOf":[{"$ref":"../hello.json"}]}');
    await project.write(
      "hello.json",
      '{"type":"object","properties":{"type":{"const":"hi"}},"required":["type"]}',
    );
    const { code, err } = await project.run("release");
    expect(err).toMatch(/\[unreleasable\] Failed to release 1\.0\.0: \.\.\/hello\.json stands above/);
    expect(code).toBe(1);
  });

  it("puts everything back when one file cannot be moved into place", async () => {
    await using project = await projectOf(first);
    await project.write("CHANGELOG.md", "# Mine\n");
    await project.write("occupied/file", "");
    const before = await project.list(".");
    const at = (path: string): string => `${project.folder}/${path}`;
    const placed = placeRelease({
      folder: at("versions/1.0.0"),
      snapshot: new Map([["parts/a.json", "{}"]]),
      files: [
        { path: at("CHANGELOG.md"), text: "# New\n", before: "# Mine\n" },
        { path: at("new.md"), text: "", before: undefined },
        { path: at("occupied"), text: "", before: undefined },
      ],
    });
    await expect(placed).rejects.toThrow(
      /\[unwritable_folder\] Failed to write the release to .*: it is a folder/,
    );
    expect(await project.read("CHANGELOG.md")).toBe("# Mine\n");
    expect(await project.list(".")).toEqual([...before, "versions"].sort());
    expect(await project.list("versions")).toEqual([]);
  });

  it("writes nothing where a folder stands in the place of a file", async () => {
    await using project = await projectOf(first);
    await mkdir(`${project.folder}/CHANGELOG.md`);
    const { code, err } = await project.run("release");
    expect(err).toContain("[unreadable_file]");
    expect(code).toBe(2);
    expect(await project.list("versions")).toEqual([]);
  });
});

describe("withEntry", () => {
  const rows: readonly [title: string, changelog: string | undefined, want: string][] = [
    ["begins a changelog", undefined, "# Changelog of a\n\n## 2\n"],
    ["keeps what stands above the entries", "# Mine\n\nText.\n\n## 1\n", "# Mine\n\nText.\n\n## 2\n\n## 1\n"],
    ["takes a changelog without entries", "# Mine\n", "# Mine\n\n## 2\n"],
  ];
  it.each(rows)("%s", (_title, changelog, want) => {
    expect(withEntry(changelog, "a", "## 2\n")).toBe(want);
  });
});
