import { mkdir, rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createProject } from "./support/project.js";

describe("hivewire init", () => {
  it("takes an empty folder to a green check", async () => {
    await using project = await createProject();
    await rm(`${project.folder}/hivewire.json`);
    await rm(`${project.folder}/messages.schema.json`);
    const { code, out } = await project.run("init");
    expect(code).toBe(0);
    expect(out).toMatch(/wrote +schemas\/ws_messages\.schema\.json/);
    expect(out).toContain("files are what the schema says");
    expect(await project.read(".github/workflows/hivewire.yml")).toContain("check --format github");
    expect((await project.run("check")).code).toBe(0);
    expect((await project.run("lint")).out).toContain("0 errors, 0 warnings");
  });

  it("takes an existing schema, and keeps what is there", async () => {
    await using project = await createProject();
    await rm(`${project.folder}/hivewire.json`);
    await mkdir(`${project.folder}/.github/workflows`, { recursive: true });
    await project.write(".github/workflows/hivewire.yml", "mine\n");
    const { code, out } = await project.run("init", "--schema", "messages.schema.json", "--out", "src/wire");
    expect(code).toBe(0);
    expect(out).toMatch(/kept +\.github\/workflows\/hivewire\.yml/);
    expect(await project.read(".github/workflows/hivewire.yml")).toBe("mine\n");
    expect(await project.list("src/wire")).toContain("validators.ts");
    expect(JSON.parse(await project.read("hivewire.json"))).toEqual({
      schema: "messages.schema.json",
      out: "src/wire",
    });
  });

  it("says what is wrong with a broken schema", async () => {
    await using project = await createProject("{");
    const { code, err } = await project.run("init");
    expect(code).toBe(1);
    expect(err).toContain("[invalid_json]");
  });
});
