// @ts-check
import { spawn } from "node:child_process";
import { root } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await setUp({ regenerate: true });

const server = spawn(
  process.execPath,
  [
    // As the first line of the command says.
    "--max-semi-space-size=1",
    "--optimize-for-size",
    "packages/reference-server/bin/hivewire-server.js",
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, HIVEWIRE_TAIL_COMMAND: "npm run --silent hivewire -- tail" },
  },
);
// A terminal sends Ctrl-C to the whole group: the server gets it, closes its connections, and ends this too.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 130);
});
