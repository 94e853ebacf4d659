import type { Colors } from "./io.js";

/** Lines of one diff that are shown; the rest is counted. */
const maxDiffLines = 60;

/** A unified diff. */
export interface Diff {
  /** The first `maxDiffLines` lines, and how many more there are. */
  readonly text: string;
  /** Lines of the whole diff. */
  readonly lines: number;
}

/** The unified diff of two texts, without the underline that the format begins with. */
export async function unifiedDiff(path: string, before: string, after: string): Promise<Diff> {
  const { createTwoFilesPatch } = await import("diff");
  const names = [`${path} (as it is)`, `${path} (from the schema)`] as const;
  const patch = createTwoFilesPatch(...names, before, after, "", "", { context: 2 });
  const lines = patch.trimEnd().split("\n").slice(1);
  const more = lines.length - maxDiffLines;
  const shown = more > 0 ? [...lines.slice(0, maxDiffLines), `… ${more} more lines`] : lines;
  return { text: shown.join("\n"), lines: lines.length };
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
