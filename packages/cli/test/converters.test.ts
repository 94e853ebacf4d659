import { describe, expect, it } from "vitest";
import { createProject, type TestProject } from "./support/project.js";

/** What a version of the contract differs in. */
interface Version {
  readonly version: string;
  /** Members of a note beside its type. */
  readonly members?: Readonly<Record<string, object>>;
  /** Further server messages. */
  readonly messages?: readonly string[];
  readonly retired?: readonly string[];
  /** File in which the note is described, beside the schema. */
  readonly elsewhere?: string;
}

const text = { type: "string" };

function note(members: Readonly<Record<string, object>>): object {
  return {
    ...{ "x-sender": "server", type: "object", required: ["type"], additionalProperties: false },
    properties: { type: { const: "note" }, ...members },
  };
}

function contractOf({ version, members = {}, messages = [], retired, elsewhere }: Version): string {
  const others = messages.map((name) => [
    name,
    { "x-sender": "server", type: "object", properties: { type: { const: name } }, required: ["type"] },
  ]);
  return JSON.stringify({
    "x-contract": { name: "notes", version, ...(retired ? { retired } : {}) },
    oneOf: ["Note", ...messages].map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      Note: elsewhere === undefined ? note(members) : { $ref: elsewhere, "x-sender": "server" },
      ...Object.fromEntries(others),
    },
  });
}

async function projectOf(newer: Version, ...releases: readonly Version[]): Promise<TestProject> {
  const project = await createProject(contractOf(newer));
  for (const release of releases)
    await project.write(`versions/${release.version}/messages.schema.json`, contractOf(release));
  const config = { schema: "messages.schema.json", out: "gen", targets: ["converters"] };
  await project.write("hivewire.json", JSON.stringify(config));
  return project;
}

const versionsIn = (source: string): readonly string[] =>
  [...source.matchAll(/^ {4}"(\d+\.\d+\.\d+)": \{$/gm)].map(([, version = ""]) => version);

describe("the target converters", () => {
  const rows: readonly [
    title: string,
    newer: Version,
    releases: readonly Version[],
    want: readonly string[],
  ][] = [
    ["has nothing to do before anything is released", { version: "1.0.0" }, [], []],
    [
      "converts for each live older version",
      { version: "1.2.0" },
      [{ version: "1.0.0" }, { version: "1.1.0" }],
      ["1.1.0", "1.0.0"],
    ],
    [
      "leaves retired versions out",
      { version: "1.2.0", retired: ["1.0.0"] },
      [{ version: "1.0.0" }, { version: "1.1.0" }],
      ["1.1.0"],
    ],
    [
      "leaves the version itself, its patches and newer ones out",
      { version: "1.1.1" },
      [{ version: "1.0.0" }, { version: "1.1.0" }, { version: "1.1.1" }, { version: "2.0.0" }],
      ["1.0.0"],
    ],
  ];
  it.each(rows)("%s", async (_title, newer, releases, want) => {
    await using project = await projectOf(newer, ...releases);
    expect(await project.run("generate")).toMatchObject({ code: 0 });
    expect(versionsIn(await project.read("gen/converters.ts"))).toEqual(want);
  });

  it("writes steps for what is mechanical, and slots with older types for the rest", async () => {
    await using project = await projectOf(
      { version: "2.0.0", members: { text, mood: text }, messages: ["bell"] },
      { version: "1.1.0", members: { text } },
      { version: "1.0.0", members: { text: { ...text, maxLength: 3 } } },
    );
    await project.run("generate");
    const source = await project.read("gen/converters.ts");
    expect(source).toContain('note: convertBySteps(removeMembers([], ["mood"])),');
    expect(source).toContain("bell: dropFrame,");
    expect(source).toContain('note: convertBySlot(slots["1.0.0"].Note),');
    expect(source).toContain("* - `text` may be over 3 characters long now.");
    expect(await project.list("gen")).toContain("types-1.0.0.ts");
    expect(await project.list("gen")).not.toContain("types-1.1.0.ts");
    expect(await project.run("check")).toMatchObject({ code: 0 });
  });

  it("reads a release of several files", async () => {
    await using project = await projectOf(
      { version: "1.1.0", members: { text } },
      { version: "1.0.0", elsewhere: "note.schema.json" },
    );
    await project.write("versions/1.0.0/note.schema.json", JSON.stringify(note({})));
    expect(await project.run("generate")).toMatchObject({ code: 0 });
    expect(await project.read("gen/converters.ts")).toContain(
      'note: convertBySteps(removeMembers([], ["text"])),',
    );
  });

  it("finds drift when a release changes what is to be converted", async () => {
    await using project = await projectOf({ version: "1.1.0", members: { text } }, { version: "1.0.0" });
    await project.run("generate");
    await project.write(
      "versions/1.0.0/messages.schema.json",
      contractOf({ version: "1.0.0", members: { text } }),
    );
    const { code, out, err } = await project.run("check");
    expect([code, out + err]).toEqual([1, expect.stringContaining("converters.ts")]);
  });

  it("reads no release when it is not asked for", async () => {
    await using project = await projectOf({ version: "1.1.0" }, { version: "1.0.0" });
    await project.write("hivewire.json", JSON.stringify({ schema: "messages.schema.json", out: "gen" }));
    await project.write("versions/1.0.0/messages.schema.json", "broken");
    expect(await project.run("generate")).toMatchObject({ code: 0 });
    expect(await project.list("gen")).not.toContain("converters.ts");
  });

  it("says which release it could not read", async () => {
    await using project = await projectOf({ version: "1.1.0" }, { version: "1.0.0" });
    await project.write("versions/1.0.0/messages.schema.json", "broken");
    const { code, err } = await project.run("generate");
    expect([code, err]).toEqual([1, expect.stringContaining("the contract at 1.0.0")]);
  });
});
