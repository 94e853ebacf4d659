import { type ChildProcess, fork } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../../node_modules/.hivewire/", import.meta.url));
const tsconfig = fileURLToPath(new URL("../../../../tsconfig.json", import.meta.url));

/**
 * Runs a TypeScript file of the tests in a process of its own, so that its clock is not disturbed by the test's
 * work. It talks over IPC. Packages resolve from this package's folder, `@hivewire/*` to sources.
 */
export async function forkScript(file: URL, args: readonly string[]): Promise<ChildProcess> {
  const entry = fileURLToPath(file);
  const outfile = `${folder}${basename(entry).replace(/\.ts$/, "")}.mjs`;
  const external = ["ws", "ajv", "ajv/*"];
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external,
    tsconfig,
  });
  return fork(outfile, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}
