// @ts-check
// Copies the examples into the README's blocks; `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/run.mjs";

const file = join(root, "README.md");
const readme = readFileSync(file, "utf8");
const block = /<!-- example: (\S+) -->\n```(\w+)\n[\s\S]*?```/g;
const wanted = readme.replace(block, (_, path, language) => {
  const code = readFileSync(join(root, path), "utf8").trimEnd();
  return `<!-- example: ${path} -->\n\`\`\`${language}\n${code}\n\`\`\``;
});

if (!process.argv.includes("--check")) writeFileSync(file, wanted);
else if (wanted !== readme) {
  console.error(
    "README.md does not show the examples as they are. Please run: node scripts/write-readme.mjs",
  );
  process.exitCode = 1;
} else console.log(`${readme.match(block)?.length ?? 0} blocks of README.md are the examples' files.`);
