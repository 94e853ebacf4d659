// @ts-check
// Sets everything up, then runs every check and test there is. Exit code 1 when one of them fails.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bin, root, run, seconds } from "./lib/run.mjs";
import { metaSchema, setUp } from "./lib/setup.mjs";

const reports = join(root, "node_modules/.hivewire/reports");
const vitest = (/** @type {string} */ report, /** @type {string[]} */ ...projects) => [
  ...bin("vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${join(reports, report)}`,
  ...projects.flatMap((project) => ["--project", project]),
];

/** What a step needs that a machine may lack; a step without it is named at the end as not run. */
const suite = process.env.JSON_SCHEMA_TEST_SUITE ?? join(root, "../shared/data/json-schema-test-suite");
const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const promtool = process.env.PROMTOOL_PATH ?? "/usr/bin/promtool";

/**
 * The table of checks, cheapest first.
 * @type {readonly { name: string, command: readonly string[], report?: string, needs?: { path: string, what: string } }[]}
 */
const steps = [
  { name: "generated files are fresh", command: [process.execPath, "packages/cli/bin/hivewire.js", "check"] },
  {
    name: "the compiled meta-schema is fresh",
    command: [process.execPath, "packages/cli/bin/hivewire.js", "check", ...metaSchema],
  },
  {
    name: "the contract follows the rules",
    command: [process.execPath, "packages/cli/bin/hivewire.js", "lint"],
  },
  {
    name: "no change breaks a live release without saying so",
    command: [process.execPath, "packages/cli/bin/hivewire.js", "diff", "--transitive"],
  },
  {
    name: "lint and format",
    command: [...bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
  },
  {
    name: "documents show their sources as they are",
    command: [process.execPath, "scripts/write-documents.mjs", "--check"],
  },
  { name: "arrows", command: [process.execPath, "scripts/check-arrows.mjs"] },
  { name: "types", command: [process.execPath, "scripts/check-types.mjs"] },
  { name: "sizes of the client", command: [process.execPath, "scripts/check-size.mjs"] },
  { name: "nothing unused", command: [...bin("knip/bin/knip.js")] },
  {
    name: "unit, types and integration tests",
    command: vitest("tests.json", "unit", "types", "integration"),
    report: "tests.json",
  },
  {
    name: "a server under attack and under load",
    command: vitest("load.json", "load"),
    report: "load.json",
    needs: { path: "/proc/self/status", what: "/proc, where memory is read" },
  },
  {
    name: "official JSON Schema suite",
    command: vitest("suite.json", "suite"),
    report: "suite.json",
    needs: { path: suite, what: "the suite: set JSON_SCHEMA_TEST_SUITE (docs/json-schema.md)" },
  },
  {
    name: "validators, client and tabs in Chromium",
    command: vitest("browser.json", "browser"),
    report: "browser.json",
    needs: { path: chromium, what: "Chromium: apt-get install chromium, or set CHROMIUM_PATH" },
  },
  {
    name: "rules, metrics and board in promtool",
    command: [process.execPath, "scripts/check-operations.mjs"],
    needs: { path: promtool, what: "promtool: apt-get install prometheus, or set PROMTOOL_PATH" },
  },
  { name: "packed tarballs", command: vitest("packed.json", "packed"), report: "packed.json" },
];

await setUp({ regenerate: false });
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const notRun = [];
for (const { name, command, needs } of steps) {
  if (needs && !existsSync(needs.path)) {
    notRun.push(`${name}, for want of ${needs.what}`);
    continue;
  }
  const start = performance.now();
  console.log(`\n== ${name}`);
  const { code } = await run(command);
  if (code !== 0) failed.push(name);
  console.log(`== ${name}: ${code === 0 ? "passed" : "FAILED"} in ${seconds(start)}`);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const { report, needs } of steps) {
  if (report === undefined || (needs && !existsSync(needs.path))) continue;
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

for (const step of notRun) console.log(`\nNot run: ${step}.`);
console.log(failed.length === 0 ? "\nEverything that ran passed." : `\nFailed: ${failed.join("; ")}.`);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
