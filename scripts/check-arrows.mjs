// @ts-check
// Fails on any import that docs/architecture.md does not allow.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { root } from "./lib/run.mjs";

/** Package → internal packages that its sources may import. The one table; docs/architecture.md shows it. */
const arrows = {
  protocol: [],
  codegen: ["protocol"],
  compat: ["codegen", "protocol"],
  contract: ["protocol"],
  client: ["protocol"],
  server: ["protocol"],
  testing: ["protocol"],
  cli: ["codegen", "compat", "client", "protocol"],
  "reference-server": ["server", "contract", "protocol"],
};

/** Outside packages that only one file, or one package, may import. */
const reserved = {
  "reconnecting-websocket": ["packages/client/src/connection.ts"],
  react: ["packages/client/src/react/"],
  ajv: ["packages/codegen/src/"],
  "json-schema-to-typescript": ["packages/codegen/src/emit/emit-types.ts"],
  commander: ["packages/cli/src/program.ts"],
  fastify: ["packages/reference-server/src/"],
  msw: ["packages/testing/src/msw/"],
};

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} specifier the package of a bare import: `@a/b/c` → `@a/b`, `a/b` → `a` */
function packageOf(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** @type {string[]} */
const faults = [];

/** @param {string} name @param {string} file @param {string} specifier */
function checkImport(name, file, specifier) {
  const where = relative(root, file);
  if (specifier.startsWith(".")) {
    const inside = resolve(file, "..", specifier).startsWith(join(root, "packages", name));
    if (!inside) faults.push(`${where}: "${specifier}" leaves the package`);
    return;
  }
  const target = packageOf(specifier);
  const allowedIn = Object.hasOwn(reserved, target)
    ? reserved[/** @type {keyof typeof reserved} */ (target)]
    : undefined;
  if (allowedIn && !allowedIn.some((path) => where.startsWith(path))) {
    faults.push(`${where}: "${target}" belongs in ${allowedIn.join(", ")}`);
  }
  if (!target.startsWith("@hivewire/")) return;
  /** @type {readonly string[]} */
  const allowed = arrows[/** @type {keyof typeof arrows} */ (name)] ?? [];
  const internal = target.slice("@hivewire/".length);
  if (!allowed.includes(internal)) {
    faults.push(
      `${where}: ${name} → ${internal} is no arrow of the design (${name} → ${allowed.join(", ") || "nothing"})`,
    );
  }
}

/** Private folders that import anything that is published. */
const consumers = ["examples", "bench"];

const names = readdirSync(join(root, "packages")).filter((name) => !consumers.includes(name));
let files = 0;
for (const name of names) {
  if (!Object.hasOwn(arrows, name)) faults.push(`packages/${name}: has no row in the table of arrows`);
  const folder = name === "contract" ? "gen" : "src";
  for (const file of sourcesIn(join(root, "packages", name, folder))) {
    files++;
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
    for (const { fileName } of importedFiles) checkImport(name, file, fileName);
  }
}

for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? `${files} files follow the arrows.`
    : `${faults.length} imports do not follow the arrows.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
