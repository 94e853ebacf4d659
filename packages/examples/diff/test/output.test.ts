import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));
const cli = fileURLToPath(new URL("../../../cli/bin/hivewire.js", import.meta.url));

it("prints what the README shows, and fails", async () => {
  const shown = await readFile(`${folder}/output.txt`, "utf8");
  const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
    execFile(process.execPath, [cli, "diff"], { cwd: folder }, (error, out) =>
      resolve({ code: error?.code ?? 0, stdout: out }),
    );
  });
  expect(`$ npx hivewire diff\n${stdout.trimEnd()}\n`).toBe(shown);
  expect(code).toBe(1);
});
