import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
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
    expect(steps).toEqual([["check"]]);
    for (const step of steps) await expect(run(step)).rejects.toMatchObject({ code: 1 });
    await run(["generate"]);
    for (const step of steps) expect((await run(step)).stdout).toContain("7 files are what the schema says");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
