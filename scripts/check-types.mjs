// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bin, root, run } from "./lib/run.mjs";

const projects = ["tsconfig.json"].concat(
  readdirSync(join(root, "packages"))
    .map((name) => `packages/${name}/tsconfig.json`)
    .filter((file) => existsSync(join(root, file))),
);

let failed = 0;
const queue = [...projects];
async function worker() {
  for (let project = queue.shift(); project; project = queue.shift()) {
    const { code, output } = await run([...bin("typescript/bin/tsc"), "-p", project, "--pretty", "false"], {
      quiet: true,
    });
    if (code === 0) continue;
    failed++;
    process.stdout.write(`${project}\n${output}\n`);
  }
}
await Promise.all([worker(), worker()]);
console.log(
  failed === 0
    ? `${projects.length} TypeScript projects are clean.`
    : `${failed} of ${projects.length} TypeScript projects fail.`,
);
process.exitCode = failed === 0 ? 0 : 1;
