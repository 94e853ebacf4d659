// @ts-check
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await setUp({ regenerate: true });

const command = "packages/reference-server/bin/hivewire-server.js";
// Its first line names the flags that keep its memory low: #!/usr/bin/env -S node --…
const [firstLine = ""] = readFileSync(new URL(`../${command}`, import.meta.url), "utf8").split("\n", 1);
const flags = firstLine.split(" ").filter((word) => word.startsWith("--"));

const server = spawn(process.execPath, [...flags, command, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, HIVEWIRE_TAIL_COMMAND: "npm run --silent hivewire -- tail" },
});
// A terminal sends Ctrl-C to the whole group: the server gets it, closes its connections, and ends this too.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 130);
});
