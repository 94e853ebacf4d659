import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CliError } from "../cli-error.js";
import { whyOf } from "../files.js";
import type { PlannedFile, ReleasePlan } from "./plan-release.js";

const temporaryOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);

async function stage(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, "utf8");
}

async function putBack({ path, before }: PlannedFile): Promise<void> {
  await (before === undefined ? rm(path, { force: true }) : writeFile(path, before, "utf8"));
}

/**
 * Writes a release. Everything is staged beside its place first, and moved when all of it stands; what was
 * moved goes back when a later move fails.
 * @throws CliError `unwritable_folder`
 */
export async function placeRelease({
  folder,
  snapshot,
  files,
}: Pick<ReleasePlan, "folder" | "snapshot" | "files">) {
  const staged = [folder, ...files.map(({ path }) => path)].map(temporaryOf);
  const undo: (() => Promise<void>)[] = [];
  try {
    await mkdir(temporaryOf(folder), { recursive: true });
    for (const [path, text] of snapshot) await stage(join(temporaryOf(folder), path), text);
    for (const { path, text } of files) await stage(temporaryOf(path), text);
    await rename(temporaryOf(folder), folder);
    undo.push(() => rm(folder, { recursive: true, force: true }));
    for (const file of files) {
      await rename(temporaryOf(file.path), file.path);
      undo.push(() => putBack(file));
    }
  } catch (cause) {
    await Promise.allSettled(undo.reverse().map((back) => back()));
    await Promise.allSettled(staged.map((path) => rm(path, { recursive: true, force: true })));
    throw new CliError(
      "unwritable_folder",
      `Failed to write the release to ${folder}: ${whyOf(cause)}. Please mend that; nothing was left behind.`,
      { cause },
    );
  }
}
