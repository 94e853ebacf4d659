import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { CliError } from "./cli-error.js";

/** Largest file that is read, in bytes. */
export const maxFileBytes = 16 * 1024 * 1024;

/** Most files that a generated folder or a folder of versions may hold. */
const maxFolderEntries = 1_000;

/** What the usual codes of the file system mean. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "there is no right to it",
  EISDIR: "it is a folder",
  ENOENT: "there is no such file",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file, not a folder",
  EPERM: "there is no right to it",
  EROFS: "the disk is read-only",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

/** A path with forward slashes on every platform. */
export function portable(path: string): string {
  return path.split(sep).join("/");
}

/** Why the file system refused, for a person. */
export function whyOf(reason: unknown): string {
  const code = codeOf(reason) ?? "unknown";
  return meanings[code] ?? code;
}

function codeOf(reason: unknown): string | undefined {
  return reason instanceof Error && "code" in reason && typeof reason.code === "string"
    ? reason.code
    : undefined;
}

/** Whether something stands at that path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Reads a text file in UTF-8.
 * @throws CliError `file_not_found`, `unreadable_file`
 */
export async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes) {
      throw new CliError(
        "unreadable_file",
        `Failed to read ${path}: ${size} bytes are over the ${maxFileBytes} allowed.`,
      );
    }
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (reason) {
    if (reason instanceof CliError) throw reason;
    const code = codeOf(reason) === "ENOENT" ? "file_not_found" : "unreadable_file";
    throw new CliError(code, `Failed to read ${path}: ${whyOf(reason)}. Please check the path.`, {
      cause: reason,
    });
  }
}

/**
 * Names of the entries of a folder, sorted; none when there is no such folder.
 * @throws CliError `unreadable_file`
 */
export async function listFolder(
  path: string,
): Promise<readonly { readonly name: string; readonly isFile: boolean }[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    if (entries.length > maxFolderEntries) {
      throw new CliError(
        "unreadable_file",
        `Failed to read ${path}: over ${maxFolderEntries} entries. Please choose a folder of its own.`,
      );
    }
    return entries
      .map((entry) => ({ name: entry.name, isFile: entry.isFile() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (reason) {
    if (codeOf(reason) === "ENOENT") return [];
    if (reason instanceof CliError) throw reason;
    throw new CliError(
      "unreadable_file",
      `Failed to read ${path}: ${whyOf(reason)}. Please check the path.`,
      { cause: reason },
    );
  }
}

/**
 * Writes a file that is not there yet, with the folders on its way.
 * @throws CliError `unwritable_folder`
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { encoding: "utf8", flag: "wx" });
  } catch (reason) {
    throw new CliError("unwritable_folder", `Failed to write ${path}: ${whyOf(reason)}. Please mend that.`, {
      cause: reason,
    });
  }
}

/** A file is replaced whole by a rename, which a folder or a link in its place would spoil halfway. */
async function refuseOccupied(target: string): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (!found || found.isFile()) return;
  const what = found.isDirectory() ? "a folder" : "a link or a device";
  throw new CliError(
    "foreign_file",
    `Failed to write ${target}: ${what} stands there. Please move it, or choose another --out.`,
  );
}

/**
 * Replaces files in a folder. All are staged beside their targets first, so that a full disk or a
 * missing right changes nothing; each then moves into place whole.
 * @throws CliError `unwritable_folder`, `foreign_file`
 */
export async function replaceFiles(
  folder: string,
  files: readonly { readonly path: string; readonly contents: string }[],
  orphans: readonly string[],
): Promise<void> {
  const staged = files.map(({ path, contents }) => ({
    target: join(folder, path),
    temporary: join(folder, `${path}.${process.pid}.tmp`),
    contents,
  }));
  for (const { target } of staged) await refuseOccupied(target);
  try {
    if (staged.length > 0) await mkdir(folder, { recursive: true });
    for (const { temporary, contents } of staged) await writeFile(temporary, contents, "utf8");
    for (const { temporary, target } of staged) await rename(temporary, target);
    for (const orphan of orphans) await rm(join(folder, orphan));
  } catch (reason) {
    await Promise.allSettled(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw new CliError(
      "unwritable_folder",
      `Failed to write to ${folder}: ${whyOf(reason)}. Please mend that, or choose another --out.`,
      {
        cause: reason,
      },
    );
  }
}
