import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const execute = promisify(execFile);
const example = fileURLToPath(new URL("..", import.meta.url));
const cli = fileURLToPath(new URL("../../../cli/bin/hivewire.js", import.meta.url));

/** The workflow's commands for hivewire, as arguments of the command line. */
async function commands(): Promise<readonly string[][]> {
  const lines = (await readFile(join(example, "workflow.yml"), "utf8")).split("\n");
  return lines.flatMap((line) => {
    const match = /- run: npx hivewire (.+)$/.exec(line);
    return match?.[1] ? [match[1].split(" ")] : [];
  });
}

it("runs the workflow's commands on a project: red before generate, green after", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hivewire-example-"));
  try {
    for (const file of ["hivewire.json", "messages.schema.json"])
      await cp(join(example, file), join(folder, file));
    const run = (args: readonly string[]) => execute(process.execPath, [cli, ...args], { cwd: folder });
    const steps = await commands();
    const [check = [], diff = []] = steps;
    expect(steps).toEqual([["check"], ["diff"]]);
    await expect(run(check)).rejects.toMatchObject({ code: 1 });
    await run(["generate"]);
    expect((await run(check)).stdout).toContain("7 files are what the schema says");
    await run(["release"]);
    expect((await run(diff)).stdout).toContain("Nothing changed");
    const schema = join(folder, "messages.schema.json");
    await writeFile(
      schema,
      (await readFile(schema, "utf8")).replace('"required": ["type", "text"]', '"required": ["text"]'),
    );
    await expect(run(diff)).rejects.toMatchObject({ code: 1 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
