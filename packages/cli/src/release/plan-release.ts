import { basename, dirname, join, relative, resolve } from "node:path";
import { CliError } from "../cli-error.js";
import type { Project } from "../config.js";
import { hashOf, type Records, recordsFile, recordsText } from "../diff/snapshot-records.js";
import type { DiffView } from "../diff/view.js";
import { exists, portable, readText } from "../files.js";
import { versionsFolder } from "../releases.js";
import { changelogEntry, changelogFile, withEntry } from "./changelog.js";
import { changesetFolder, changesetText } from "./changeset.js";
import { migrationNote } from "./migration-note.js";

/** A file to write: absolute path and text. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  /** What it replaces; undefined when it is new. */
  readonly before: string | undefined;
}

/** Everything that a release writes. */
export interface ReleasePlan {
  /** Folder of the snapshot, absolute. It is not there yet. */
  readonly folder: string;
  /** Path in that folder → text. */
  readonly snapshot: ReadonlyMap<string, string>;
  readonly files: readonly PlannedFile[];
  /** Part of the changelog that is new. */
  readonly entry: string;
  /** Why no changeset is written; undefined when one is. */
  readonly withoutChangeset: string | undefined;
}

/** The schema and the files it refers to, by their path from the schema's folder. */
function snapshotOf({ basePath, schemaPath }: Project, { result }: DiffView): ReadonlyMap<string, string> {
  const folder = dirname(schemaPath);
  const documents = [...result.texts.documents].map(([name, text]) => {
    const path = portable(relative(folder, resolve(basePath, name)));
    if (path.startsWith("../")) {
      throw new CliError(
        "unreleasable",
        `Failed to release ${result.model.version}: ${path} stands above the schema's folder, and a snapshot holds what is beside or below it. Please move it there.`,
      );
    }
    return [path, text] as const;
  });
  return new Map([[basename(schemaPath), result.texts.text], ...documents]);
}

async function planned(path: string, textOf: (before: string | undefined) => string): Promise<PlannedFile> {
  const before = (await exists(path)) ? await readText(path) : undefined;
  return { path, text: textOf(before), before };
}

async function whyNoChangeset({ root, diff }: Project): Promise<string | undefined> {
  if (root === undefined || !(await exists(join(root, changesetFolder))))
    return `there is no ${changesetFolder} folder beside hivewire.json`;
  return diff.package === undefined
    ? 'hivewire.json names no package: { "diff": { "package": … } }'
    : undefined;
}

/**
 * Makes every text of a release before anything is written.
 * @param day - as `2026-11-23`
 * @throws CliError `unreleasable`
 */
export async function planRelease(
  project: Project,
  view: DiffView,
  records: Records,
  day: string,
): Promise<ReleasePlan> {
  const { model } = view.result;
  const versions = versionsFolder(project.schemaPath);
  const beside = dirname(project.schemaPath);
  const snapshot = snapshotOf(project, view);
  const hashes = Object.fromEntries([...snapshot].map(([path, text]) => [path, hashOf(text)]));
  const shown = view.reports[0];
  const note = shown ? migrationNote(shown.report, model) : undefined;
  const notePath = `migrations/${shown?.report.baseline.label}-to-${model.version}.md`;
  const entry = changelogEntry(model, shown?.report, day, note === undefined ? undefined : notePath);
  const withoutChangeset = await whyNoChangeset(project);
  const files = [
    await planned(join(versions, recordsFile), () =>
      recordsText(new Map([...records, [model.version, hashes]])),
    ),
    await planned(join(beside, changelogFile), (before) => withEntry(before, model.name, entry)),
  ];
  if (note !== undefined) files.push(await planned(join(beside, notePath), () => note));
  const { root, diff } = project;
  if (withoutChangeset === undefined && root !== undefined && diff.package !== undefined) {
    const text = changesetText(diff.package, model.version, shown);
    files.push(await planned(join(root, changesetFolder, `contract-${model.version}.md`), () => text));
  }
  return { folder: join(versions, model.version), snapshot, files, entry, withoutChangeset };
}
