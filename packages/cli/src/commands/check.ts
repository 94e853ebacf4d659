import { join, relative, sep } from "node:path";
import { compareFiles, type DriftKind } from "@hivewire/codegen";
import { findProject, type ProjectFlags } from "../config.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { actualFiles, expectedFiles } from "../expected-files.js";
import { type Finding, type Format, githubAnnotations, sarifLog } from "../findings.js";
import type { Io } from "../io.js";
import { paintDiff, unifiedDiff } from "../unified-diff.js";

/** Flags of `hivewire check`. */
export interface CheckFlags extends ProjectFlags {
  readonly format: Format;
}

/** What each kind of drift means, for a person. */
const meanings: Readonly<Record<DriftKind, string>> = {
  missing: "is not there",
  "schema-changed": "was made before the schema changed",
  "generator-changed": "was made by another version of hivewire, or with other settings",
  "hand-edited": "was changed after it was made",
  orphan: "is made by nothing",
};

/** The first line of a unified diff's first change, in the file as it is. */
function firstLine(diff: string): number {
  return Math.max(1, Number(/^@@ -(\d+)/m.exec(diff)?.[1] ?? 1));
}

/** Makes every file anew in memory, compares all of them, reports all differences, and only then ends. */
export async function runCheck(flags: CheckFlags, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd, flags);
  const { model, files } = await expectedFiles(project, io.progress);
  const drifts = compareFiles(files, await actualFiles(project));
  // The shortest first: what a person changed is a few lines of types, what follows from it is long.
  const diffs = await Promise.all(
    drifts.map(async ({ path, kind, actual, expected }) => ({
      path,
      kind,
      diff: await unifiedDiff(path, actual, expected),
    })),
  );
  const findings = diffs
    .sort((a, b) => a.diff.lines - b.diff.lines)
    .map(({ path, kind, diff }) => ({ path, kind, diff: diff.text }));
  const code = findings.length === 0 ? exitCodes.fine : exitCodes.finding;
  if (flags.format === "json") {
    io.out(`${JSON.stringify({ ok: findings.length === 0, findings, mend: project.command })}\n`);
    return code;
  }
  if (flags.format !== "text") {
    const placed = findings.map(
      ({ path, kind, diff }): Finding => ({
        rule: kind,
        level: "error",
        message: `${path} ${meanings[kind]}.`,
        fix: kind === "orphan" ? "Remove it." : `Mend it with: ${project.command}`,
        file: relative(io.cwd, join(project.outPath, path)).split(sep).join("/"),
        line: firstLine(diff),
        column: 1,
      }),
    );
    const rules = new Map(Object.entries(meanings).map(([kind, meaning]) => [kind, `A file ${meaning}.`]));
    io.out(flags.format === "github" ? githubAnnotations(placed) : sarifLog(placed, rules));
    return code;
  }
  const { colors } = io;
  for (const { path, kind, diff } of findings) {
    io.out(`${colors.bold(path)} ${colors.red(kind)}: ${meanings[kind]}\n${paintDiff(diff, colors)}\n\n`);
  }
  if (findings.length === 0)
    io.out(`${model.name} ${model.version}: ${files.length} files are what the schema says.\n`);
  else {
    const places = findings.length === 1 ? "1 file differs" : `${findings.length} files differ`;
    const orphans = findings.some(({ kind }) => kind === "orphan")
      ? " Remove what hivewire did not make."
      : "";
    io.out(
      `${places} from what ${project.schemaName} says. Mend it with: ${colors.bold(project.command)}${orphans}\n`,
    );
  }
  return code;
}
