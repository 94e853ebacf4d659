// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pnpm, root, run, seconds } from "./run.mjs";

/** Flags for the meta-schema that codegen holds contracts against, compiled by itself. */
export const metaSchema = [
  "--schema",
  "packages/codegen/meta/meta.schema.json",
  "--out",
  "packages/codegen/gen",
];

/** Records of what the last install and build were made from. */
const stamps = join(root, "node_modules/.hivewire");

/** @param {string} folder @returns {string[]} files below a folder, sorted; none when it is absent */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const packages = () => readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));

/** @param {readonly string[]} files */
function fingerprint(files) {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) if (existsSync(file)) hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

function installInputs() {
  const manifests = packages().flatMap((folder) => [
    join(folder, "package.json"),
    ...(folder.endsWith("examples")
      ? readdirSync(folder).map((name) => join(folder, name, "package.json"))
      : []),
  ]);
  return ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"]
    .map((file) => join(root, file))
    .concat(manifests);
}

function buildInputs() {
  const sources = packages().flatMap((folder) => [
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(folder, "gen")),
    ...filesBelow(join(folder, "build")),
    ...["package.json", "tsup.config.ts", "tsup.bin.config.ts", "tsconfig.json"].map((file) =>
      join(folder, file),
    ),
  ]);
  return [
    ...sources,
    ...filesBelow(join(root, "schemas")),
    join(root, "tsconfig.base.json"),
    join(root, "hivewire.json"),
  ];
}

const isBuilt = () =>
  packages().every(
    (folder) => !existsSync(join(folder, "tsup.config.ts")) || existsSync(join(folder, "dist/index.js")),
  );

/** @param {string} name */
function readStamp(name) {
  const file = join(stamps, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** @param {string} name @param {string} value */
function writeStamp(name, value) {
  const file = join(stamps, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}

/** @param {string} title @param {readonly string[]} command */
async function step(title, command) {
  const start = performance.now();
  process.stdout.write(`${title} … `);
  const { code, output } = await run(command, { quiet: true });
  process.stdout.write(code === 0 ? `${seconds(start)}\n` : "failed\n");
  if (code === 0) return;
  process.stderr.write(`${output}\nFailed to set up: "${command.join(" ")}" ended with code ${code}.\n`);
  process.exit(1);
}

/**
 * Installs, generates and builds what has changed since the last time, and nothing else.
 * @param {{ regenerate: boolean }} options regenerate: write `gen/` from the schema (otherwise it is left as it is)
 */
export async function setUp({ regenerate }) {
  const wanted = fingerprint(installInputs());
  if (readStamp("install") !== wanted) {
    await step("Installing dependencies", [...pnpm(), "install", "--frozen-lockfile"]);
    writeStamp("install", wanted);
  }
  if (readStamp("build") === fingerprint(buildInputs()) && isBuilt()) return;
  rmSync(join(stamps, "build"), { force: true });
  await step("Building the command line", [...pnpm(), "--filter-prod", "@hivewire/cli...", "run", "build"]);
  if (regenerate) {
    const generate = [process.execPath, "packages/cli/bin/hivewire.js", "generate"];
    await step("Generating the contract", generate);
    await step("Compiling the meta-schema", [...generate, ...metaSchema]);
  }
  await step("Building the contract and the servers", [
    ...pnpm(),
    "--filter-prod",
    "@hivewire/reference-server...",
    "--filter-prod",
    "@hivewire/testing...",
    "run",
    "build",
  ]);
  writeStamp("build", fingerprint(buildInputs()));
}
