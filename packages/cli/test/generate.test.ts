import { mkdir, symlink } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createProject, greeting } from "./support/project.js";

const files = ["checks.ts", "contract.ts", "index.ts", "schema.ts", "shapes.ts", "types.ts", "validators.ts"];

describe("hivewire generate", () => {
  it("writes every file and says so", async () => {
    await using project = await createProject();
    const { code, out } = await project.run("generate");
    expect(code).toBe(0);
    expect(out).toContain("wrote    types.ts");
    expect(out).toContain("1 messages, 7 of 7 files written");
    expect(await project.list("gen")).toEqual(files);
  });

  it("writes only what differs", async () => {
    await using project = await createProject();
    await project.run("generate");
    await project.write("gen/types.ts", `${await project.read("gen/types.ts")}// more\n`);
    expect(JSON.parse((await project.run("generate", "--json")).out)).toMatchObject({
      written: ["types.ts"],
      removed: [],
    });
    expect((await project.run("generate")).out).toContain("nothing to do");
  });

  it("removes a generated file that nothing makes, and leaves files of others alone", async () => {
    await using project = await createProject();
    await project.run("generate");
    await project.write("gen/old.ts", await project.read("gen/index.ts"));
    await project.write("gen/notes.md", "mine");
    expect(JSON.parse((await project.run("generate", "--json")).out)).toMatchObject({ removed: ["old.ts"] });
    expect(await project.list("gen")).toEqual([...files.slice(0, 3), "notes.md", ...files.slice(3)]);
  });

  it("never overwrites a file that it did not make", async () => {
    await using project = await createProject();
    await project.write("index.ts", "export const mine = 1;\n");
    const { code, err } = await project.run("generate", "--out", ".");
    expect(code).toBe(2);
    expect(err).toContain("index.ts: hivewire did not make the file that stands there");
    expect(await project.read("index.ts")).toBe("export const mine = 1;\n");
    expect(await project.list(".")).toEqual(["hivewire.json", "index.ts", "messages.schema.json"]);
  });

  it("writes nothing at all when a folder stands where a file belongs", async () => {
    await using project = await createProject();
    await mkdir(`${project.folder}/gen/types.ts`, { recursive: true });
    const { code, err } = await project.run("generate");
    expect(code).toBe(2);
    expect(err).toContain("types.ts: a folder stands there");
    expect(await project.list("gen")).toEqual(["types.ts"]);
  });

  it("leaves a link in place of a file alone", async () => {
    await using project = await createProject();
    await mkdir(`${project.folder}/gen`);
    await project.write("mine.ts", "mine");
    await symlink(`${project.folder}/mine.ts`, `${project.folder}/gen/types.ts`);
    expect((await project.run("generate")).code).toBe(2);
    expect(await project.read("mine.ts")).toBe("mine");
  });

  it("says that the folder is a file", async () => {
    await using project = await createProject();
    await project.write("gen", "");
    const { code, err } = await project.run("generate");
    expect(code).toBe(2);
    expect(err).toContain("a part of the path is a file, not a folder");
  });

  it("writes nothing for a broken schema, and says where it is broken", async () => {
    await using project = await createProject(
      JSON.stringify(greeting, null, 2).replace("#/$defs/Greeting", "#/$defs/Greting"),
    );
    const { code, err } = await project.run("generate");
    expect(code).toBe(1);
    expect(err).toContain("at messages.schema.json:4:15 (/oneOf/0/$ref)");
    expect(err).toContain("expected a pointer to a schema in this file");
    expect(err).toContain("Nothing was written.");
    expect(await project.list("gen")).toEqual([]);
  });

  it("keeps the files of the last good schema when the next one is broken", async () => {
    await using project = await createProject();
    await project.run("generate");
    const before = await project.read("gen/types.ts");
    await project.write("messages.schema.json", "{");
    expect((await project.run("generate")).code).toBe(1);
    expect(await project.read("gen/types.ts")).toBe(before);
  });

  it("reports a broken schema as JSON", async () => {
    await using project = await createProject("{");
    const { code, out, err } = await project.run("generate", "--json");
    expect(code).toBe(1);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      error: { code: "invalid_json", file: "messages.schema.json", line: 1, pointer: "" },
    });
  });

  it("takes schema and folder from flags, and names them relative to the folder", async () => {
    await using project = await createProject();
    await project.run("generate", "--schema", "messages.schema.json", "--out", "src/api");
    expect(await project.read("src/api/types.ts")).toContain(
      "// Regenerate: npx hivewire generate --schema ../../messages.schema.json --out .\n",
    );
    expect((await project.run("check", "--schema", "messages.schema.json", "--out", "src/api")).code).toBe(0);
  });

  it("reads released versions beside the schema", async () => {
    await using project = await createProject({
      ...greeting,
      "x-contract": { name: "chat", version: "2.0.0" },
    });
    for (const version of ["1.10.0", "1.9.0", "notes"]) {
      await mkdir(`${project.folder}/versions/${version}`, { recursive: true });
      await project.write(`versions/${version}/messages.schema.json`, "{}");
    }
    await mkdir(`${project.folder}/versions/1.0.0`);
    await project.run("generate");
    expect(await project.read("gen/contract.ts")).toContain(
      'supportedVersions: ["2.0.0", "1.10.0", "1.9.0"]',
    );
  });
});
