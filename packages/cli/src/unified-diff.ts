import { createTwoFilesPatch } from "diff";
import type { Colors } from "./io.js";

/** Lines of one diff that are shown; the rest is counted. */
const maxDiffLines = 60;

/** A unified diff without the file heading's underline, cut after `maxDiffLines` lines. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(
    `${path} (as it is)`,
    `${path} (from the schema)`,
    before,
    after,
    "",
    "",
    { context: 2 },
  );
  const lines = patch.trimEnd().split("\n").slice(1);
  if (lines.length <= maxDiffLines) return lines.join("\n");
  return [...lines.slice(0, maxDiffLines), `… ${lines.length - maxDiffLines} more lines`].join("\n");
}

/** The diff with removed lines in red and added ones in green. */
export function paintDiff(diff: string, colors: Colors): string {
  const paint = (line: string): string => {
    if (line.startsWith("+")) return colors.green(line);
    if (line.startsWith("-")) return colors.red(line);
    return line.startsWith("@@") ? colors.cyan(line) : line;
  };
  return diff.split("\n").map(paint).join("\n");
}
