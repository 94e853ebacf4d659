// @ts-check
// Copies the examples into the blocks of every README; `--check` only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./lib/run.mjs";

const block = /<!-- example: (\S+) -->\n```(\w+)\n[\s\S]*?```/g;
const readmes = [
  "README.md",
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`),
]
  .map((file) => join(root, file))
  .filter((file) => existsSync(file));

const isCheck = process.argv.includes("--check");
let blocks = 0;
for (const file of readmes) {
  const text = readFileSync(file, "utf8");
  const wanted = text.replace(block, (_, path, language) => {
    blocks++;
    const code = readFileSync(join(root, path), "utf8").trimEnd();
    return `<!-- example: ${path} -->\n\`\`\`${language}\n${code}\n\`\`\``;
  });
  if (wanted === text) continue;
  if (!isCheck) writeFileSync(file, wanted);
  else {
    console.error(
      `${relative(root, file)} does not show the examples as they are. Please run: node scripts/write-readme.mjs`,
    );
    process.exitCode = 1;
  }
}
console.log(`${blocks} blocks in ${readmes.length} READMEs come from examples.`);
