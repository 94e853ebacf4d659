// @ts-check
// Fills the blocks of documents that are made from something else; `--check` only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { messageTable, readModel } from "../packages/codegen/dist/index.js";
import { variablesDocument } from "../packages/reference-server/dist/index.js";
import { root } from "./lib/run.mjs";

const read = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");

/**
 * Blocks and what they hold: an example's code, the table of a contract's messages, or that of variables.
 * @type {readonly { readonly block: RegExp, readonly fill: (path: string, language: string) => string }[]}
 */
const kinds = [
  {
    block: /<!-- example: (\S+) -->\n```(\w+)\n[\s\S]*?```/g,
    fill: (path, language) => `<!-- example: ${path} -->\n\`\`\`${language}\n${read(path).trimEnd()}\n\`\`\``,
  },
  {
    block: /<!-- messages: (\S+) -->\n[\s\S]*?<!-- \/messages -->/g,
    fill: (path) =>
      `<!-- messages: ${path} -->\n${messageTable(readModel({ text: read(path), file: path }))}<!-- /messages -->`,
  },
  {
    block: /<!-- configuration: (\S+) -->\n[\s\S]*?<!-- \/configuration -->/g,
    fill: (path) => `<!-- configuration: ${path} -->\n${variablesDocument()}<!-- /configuration -->`,
  },
];

const documents = [
  "README.md",
  "docs/operations/configuration.md",
  "packages/protocol/PROTOCOL.md",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`),
]
  .map((file) => join(root, file))
  .filter((file) => existsSync(file));

const isCheck = process.argv.includes("--check");
let blocks = 0;
for (const file of documents) {
  const text = readFileSync(file, "utf8");
  const wanted = kinds.reduce(
    (filled, { block, fill }) =>
      filled.replace(block, (_, path, language) => {
        blocks++;
        return fill(path, language);
      }),
    text,
  );
  if (wanted === text) continue;
  if (!isCheck) writeFileSync(file, wanted);
  else {
    console.error(
      `${relative(root, file)} does not show its sources as they are. Please run: node scripts/write-documents.mjs`,
    );
    process.exitCode = 1;
  }
}
console.log(`${blocks} blocks in ${documents.length} documents come from their sources.`);
