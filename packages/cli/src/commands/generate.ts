import { join } from "node:path";
import { compareFiles, isGenerated } from "@hivewire/codegen";
import { CliError } from "../cli-error.js";
import { findConfig, findProject, type Project, type ProjectFlags } from "../config.js";
import { configFile } from "../config-readers.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { actualFiles, expectedFiles } from "../expected-files.js";
import { replaceFiles } from "../files.js";
import type { Format } from "../findings.js";
import type { Io } from "../io.js";
import { reportError } from "../report-error.js";
import { nextChange } from "../watch.js";

/** Flags of `hivewire generate`. */
export interface GenerateFlags extends ProjectFlags {
  readonly format: Format;
  readonly watch?: boolean | undefined;
}

/** Writes what differs; resolves to the files the contract was read from. */
async function generateOnce(project: Project, { format }: GenerateFlags, io: Io): Promise<readonly string[]> {
  const { model, files, paths } = await expectedFiles(project, io.progress);
  const drifts = compareFiles(files, await actualFiles(project));
  const foreign = drifts.find(
    ({ kind, path, actual: text }) => kind === "hand-edited" && !isGenerated(path, text),
  );
  if (foreign) {
    throw new CliError(
      "foreign_file",
      `Failed to write ${join(project.outPath, foreign.path)}: hivewire did not make the file that stands there. Please move it, or choose another --out.`,
    );
  }
  const changed = new Set(drifts.map(({ path }) => path));
  const orphans = drifts.filter(
    ({ kind, path, actual: text }) => kind === "orphan" && isGenerated(path, text),
  );
  const written = files.filter(({ path }) => changed.has(path));
  await replaceFiles(
    project.outPath,
    written,
    orphans.map(({ path }) => path),
  );
  if (format !== "text") {
    const report = {
      ok: true,
      out: project.outPath,
      written: written.map(({ path }) => path),
      removed: orphans.map(({ path }) => path),
    };
    io.out(`${JSON.stringify(report)}\n`);
    return paths;
  }
  const { colors } = io;
  for (const { path } of written) io.out(`${colors.green("wrote")}    ${path}\n`);
  for (const { path } of orphans) io.out(`${colors.yellow("removed")}  ${path}\n`);
  const news =
    written.length + orphans.length === 0
      ? "nothing to do"
      : `${written.length} of ${files.length} files written`;
  const draft = model.dialect === "2020-12" ? "" : `; draft ${model.dialect} was read as draft 2020-12`;
  io.out(`${model.name} ${model.version}: ${model.messages.length} messages, ${news}${draft}.\n`);
  return paths;
}

/**
 * Writes every generated file that is missing or differs, and removes generated files that nothing makes
 * any more. Everything is made in memory first: a broken schema writes nothing.
 * With `--watch` it does so again after each change of the files it read, until it is stopped.
 */
export async function runGenerate(flags: GenerateFlags, io: Io): Promise<ExitCode> {
  if (flags.watch !== true) {
    await generateOnce(await findProject(io.cwd, flags), flags, io);
    return exitCodes.fine;
  }
  let paths: readonly string[] = [];
  while (!io.interrupted.aborted) {
    const round = new AbortController();
    const signal = AbortSignal.any([io.interrupted, round.signal]);
    const project = await findProject(io.cwd, flags);
    const config = await findConfig(io.cwd);
    const known = [
      ...new Set([project.schemaPath, ...(config ? [join(config.root, configFile)] : []), ...paths]),
    ];
    // Watched before they are read: a change while files are made counts too.
    const changes = [nextChange(known, signal)];
    paths = known;
    try {
      paths = [...new Set([...known, ...(await generateOnce(project, flags, io))])];
    } catch (reason) {
      reportError(reason, flags.format, io);
    }
    if (paths.length > known.length) changes.push(nextChange(paths.slice(known.length), signal));
    io.err(`Watching ${paths.length === 1 ? "1 file" : `${paths.length} files`}; Ctrl+C ends.\n`);
    await Promise.race(changes);
    round.abort();
  }
  return exitCodes.fine;
}
