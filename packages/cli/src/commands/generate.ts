import { join } from "node:path";
import { compareFiles, isGenerated } from "@hivewire/codegen";
import { CliError } from "../cli-error.js";
import { findProject, type ProjectFlags } from "../config.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { actualFiles, expectedFiles } from "../expected-files.js";
import { replaceFiles } from "../files.js";
import type { Io } from "../io.js";

/** Flags of `hivewire generate`. */
export interface GenerateFlags extends ProjectFlags {
  readonly json?: boolean | undefined;
}

/**
 * Writes every generated file that is missing or differs, and removes generated files that nothing makes
 * any more. Everything is made in memory first: a broken schema writes nothing.
 */
export async function runGenerate(flags: GenerateFlags, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd, flags);
  const { model, files } = await expectedFiles(project);
  const actual = await actualFiles(project);
  const drifts = compareFiles(files, actual);
  const foreign = drifts.find(({ kind, actual: text }) => kind === "hand-edited" && !isGenerated(text));
  if (foreign) {
    throw new CliError(
      "foreign_file",
      `Failed to write ${join(project.outPath, foreign.path)}: hivewire did not make the file that stands there. Please move it, or choose another --out.`,
    );
  }
  const changed = new Set(drifts.map(({ path }) => path));
  const orphans = drifts.filter(({ kind, actual: text }) => kind === "orphan" && isGenerated(text));
  const written = files.filter(({ path }) => changed.has(path));
  await replaceFiles(
    project.outPath,
    written,
    orphans.map(({ path }) => path),
  );
  if (flags.json) {
    const report = {
      ok: true,
      out: project.outPath,
      written: written.map(({ path }) => path),
      removed: orphans.map(({ path }) => path),
    };
    io.out(`${JSON.stringify(report)}\n`);
    return exitCodes.fine;
  }
  const { colors } = io;
  for (const { path } of written) io.out(`${colors.green("wrote")}    ${path}\n`);
  for (const { path } of orphans) io.out(`${colors.yellow("removed")}  ${path}\n`);
  const news =
    written.length + orphans.length === 0
      ? "nothing to do"
      : `${written.length} of ${files.length} files written`;
  io.out(`${model.name} ${model.version}: ${model.messages.length} messages, ${news}.\n`);
  return exitCodes.fine;
}
