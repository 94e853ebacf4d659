import { join, relative } from "node:path";
import { CliError } from "../cli-error.js";
import { findProject, type Project, type ProjectFlags } from "../config.js";
import { compareAll, today } from "../diff/compare-all.js";
import { otherFindings } from "../diff/diff-findings.js";
import { viewOf } from "../diff/make-view.js";
import { readRecords, recordMissing, recordsFile, recordsText } from "../diff/snapshot-records.js";
import { diffAs } from "../diff/write-diff.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exists, portable, replaceFiles } from "../files.js";
import type { Format } from "../findings.js";
import type { Io } from "../io.js";
import { placeRelease } from "../release/place-release.js";
import { planRelease, type ReleasePlan } from "../release/plan-release.js";
import { versionsFolder } from "../releases.js";

/** Flags of `hivewire release`. */
export interface ReleaseFlags extends ProjectFlags {
  readonly format: Format;
  /** Show what would be written, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Only record the releases that are there and have no record. */
  readonly record?: boolean | undefined;
}

const seenFrom = (cwd: string, path: string): string => portable(relative(cwd, path));

async function runRecord(
  project: Project,
  { format, dryRun = false }: ReleaseFlags,
  io: Io,
): Promise<ExitCode> {
  const { records, added } = await recordMissing(project.schemaPath);
  const folder = versionsFolder(project.schemaPath);
  const path = seenFrom(io.cwd, join(folder, recordsFile));
  if (added.length > 0 && !dryRun)
    await replaceFiles(folder, [{ path: recordsFile, contents: recordsText(records) }], []);
  if (format === "json") io.out(`${JSON.stringify({ ok: true, dryRun, recorded: added, path })}\n`);
  else if (added.length === 0) io.out("Every release has its record; nothing to do.\n");
  else io.out(`${dryRun ? "Would record" : "Recorded"} ${added.join(", ")} in ${path}.\n`);
  return exitCodes.fine;
}

function planText(plan: ReleasePlan, version: string, dryRun: boolean, io: Io): string {
  const { green, bold } = io.colors;
  const snapshot = [...plan.snapshot.keys()].map((path) => join(plan.folder, path));
  const paths = [...snapshot, ...plan.files.map(({ path }) => path)].map((path) => seenFrom(io.cwd, path));
  const list = paths.map((path) => `${green(dryRun ? "would write" : "wrote")}  ${path}\n`).join("");
  const changes = dryRun
    ? plan.files
        .filter(({ path }) => path.endsWith(".md"))
        .map(({ path, text, before }) => {
          const shown = before === undefined ? text : plan.entry;
          return `\n${bold(seenFrom(io.cwd, path))}\n${shown}`;
        })
    : [`\n${plan.entry}`];
  const changeset = plan.withoutChangeset === undefined ? "" : `\nNo changeset: ${plan.withoutChangeset}.\n`;
  const end = dryRun ? `\n${version} is not released: this was a dry run.\n` : `\n${version} is released.\n`;
  return `${list}${changes.join("")}${changeset}${end}`;
}

function planJson(plan: ReleasePlan, version: string, dryRun: boolean, io: Io): string {
  const snapshot = [...plan.snapshot].map(([path, text]) => ({ path: join(plan.folder, path), text }));
  const files = [...snapshot, ...plan.files].map(({ path, text }) => ({
    path: seenFrom(io.cwd, path),
    ...(dryRun ? { text } : {}),
  }));
  const withoutChangeset = plan.withoutChangeset ?? null;
  return `${JSON.stringify({ ok: true, dryRun, version, files, withoutChangeset })}\n`;
}

/**
 * Keeps the contract as a release: a snapshot that never changes again, its hashes, an entry of the changelog, a
 * migration note where something breaks, and a changeset. Refuses what `diff` refuses.
 */
export async function runRelease(flags: ReleaseFlags, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd, flags);
  if (flags.record === true) return runRecord(project, flags, io);
  const dryRun = flags.dryRun === true;
  const result = await compareAll(project, {}, io);
  const { version } = result.model;
  if (await exists(join(versionsFolder(project.schemaPath), version))) {
    throw new CliError(
      "already_released",
      `Failed to release ${version}: it is released already, and a release never changes. Please raise x-contract.version.`,
    );
  }
  const view = viewOf(result, await otherFindings(result, project, io), project, io);
  if (!view.ok) {
    io.out(diffAs(flags.format, view, project, io));
    if (flags.format === "text") io.err(`hivewire: ${version} is not released. Nothing was written.\n`);
    return exitCodes.finding;
  }
  const plan = await planRelease(project, view, await readRecords(project.schemaPath), today(io));
  if (!dryRun) await placeRelease(plan);
  const text = flags.format === "json" ? planJson : planText;
  io.out(text(plan, version, dryRun, io));
  return exitCodes.fine;
}
