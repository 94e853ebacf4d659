const opens = /[{(]$/;
const continues = /[{(|&,]$/;

/** An alias of an open enum, which needs no parentheses around the whole. */
const openAlias = /^(export type \w+ = )(?=.*& \{\})\(((?:[^()]|\([^()]*\))*)\);$/gm;

/**
 * Indents the declarations of json-schema-to-typescript and ends their members with semicolons.
 * Its own formatter does more, and takes most of its time.
 */
export function formatTypes(source: string): string {
  let depth = 0;
  let isAlias = false;
  let inComment = false;
  const lines = source.split("\n").map((raw) => {
    const line = raw.trim();
    const isComment: boolean = inComment || line.startsWith("/*");
    if (isComment) {
      inComment = !line.endsWith("*/");
      return `${"  ".repeat(depth)}${line.startsWith("*") ? " " : ""}${line}`.trimEnd();
    }
    if (/^[})]/.test(line)) depth--;
    const indent = "  ".repeat(Math.max(depth, 0));
    if (depth === 0 && line.startsWith("export")) isAlias = line.startsWith("export type");
    if (opens.test(line)) depth++;
    const isEnd = line !== "" && !continues.test(line) && (depth > 0 || isAlias);
    return line === "" ? "" : `${indent}${line}${isEnd ? ";" : ""}`;
  });
  return lines
    .join("\n")
    .replace(/^(export type \w+ = )\(([^()]*)\);$/gm, "$1$2;")
    .replace(openAlias, "$1$2;");
}
