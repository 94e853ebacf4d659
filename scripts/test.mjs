// @ts-check
// Sets everything up, then runs every check and test there is. Exit code 1 when one of them fails.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bin, root, run, seconds } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const reports = join(root, "node_modules/.hivewire/reports");
const vitest = (/** @type {string} */ report, /** @type {string[]} */ ...projects) => [
  ...bin("vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${join(reports, report)}`,
  ...projects.flatMap((project) => ["--project", project]),
];

/** The table of checks, cheapest first. */
const steps = [
  { name: "generated files are fresh", command: [process.execPath, "packages/cli/bin/hivewire.js", "check"] },
  {
    name: "lint and format",
    command: [...bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
  },
  {
    name: "READMEs show the examples as they are",
    command: [process.execPath, "scripts/write-readme.mjs", "--check"],
  },
  { name: "arrows", command: [process.execPath, "scripts/check-arrows.mjs"] },
  { name: "types", command: [process.execPath, "scripts/check-types.mjs"] },
  { name: "nothing unused", command: [...bin("knip/bin/knip.js")] },
  {
    name: "unit, types and integration tests",
    command: vitest("tests.json", "unit", "types", "integration"),
  },
  { name: "packed tarballs", command: vitest("packed.json", "packed") },
];

await setUp({ regenerate: false });
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @type {string[]} */
const failed = [];
for (const { name, command } of steps) {
  const start = performance.now();
  console.log(`\n== ${name}`);
  const { code } = await run(command);
  if (code !== 0) failed.push(name);
  console.log(`== ${name}: ${code === 0 ? "passed" : "FAILED"} in ${seconds(start)}`);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const report of ["tests.json", "packed.json"]) {
  try {
    const result = JSON.parse(readFileSync(join(reports, report), "utf8"));
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
  } catch (error) {
    failed.push(`${report}: ${error instanceof Error ? error.message : error}`);
  }
}
if (counts.passed === 0) failed.push("no test ran");
if (counts.skipped > 0) failed.push(`${counts.skipped} tests were skipped`);

console.log(failed.length === 0 ? "\nEverything passed." : `\nFailed: ${failed.join("; ")}.`);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
