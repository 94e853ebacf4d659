import { createHash } from "node:crypto";
import { join } from "node:path";
import { byVersionDescending } from "@hivewire/codegen";
import { isContractVersion } from "@hivewire/protocol";
import { CliError } from "../cli-error.js";
import { exists, listFolder, readText } from "../files.js";
import { versionFolders, versionsFolder } from "../releases.js";

/** Name of the file in `versions/` that says what each snapshot held when it was released. */
export const recordsFile = "releases.json";

/** Path in the snapshot, with forward slashes → SHA-256 of the file in hex. */
export type SnapshotHashes = Readonly<Record<string, string>>;

/** Version → hashes of its files. */
export type Records = ReadonlyMap<string, SnapshotHashes>;

/** Most files of one snapshot, and deepest folder in it. */
const maxSnapshotFiles = 1_001;
const maxSnapshotDepth = 16;

/** SHA-256 in hex of a text in UTF-8; line ends count as `\n`, so that a checkout on Windows holds the same. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n"), "utf8").digest("hex");
}

function invalid(path: string, cause?: unknown): CliError {
  return new CliError(
    "invalid_records",
    `Failed to read ${path}: it is not { "<version>": { "files": { "<path>": "<sha256>" } } }. Please take it from version control again.`,
    cause === undefined ? undefined : { cause },
  );
}

function entriesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(path);
  return Object.entries(value);
}

/**
 * Reads what was recorded; nothing when there is no record yet.
 * @throws CliError `invalid_records`
 */
export async function readRecords(schemaPath: string): Promise<Records> {
  const path = join(versionsFolder(schemaPath), recordsFile);
  if (!(await exists(path))) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(await readText(path));
  } catch (cause) {
    throw invalid(path, cause);
  }
  const records = entriesOf(value, path).map(([version, record]) => {
    const files = entriesOf(new Map(entriesOf(record, path)).get("files"), path).map(([name, hash]) => {
      if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) throw invalid(path);
      return [name, hash] as const;
    });
    if (!isContractVersion(version)) throw invalid(path);
    return [version, Object.fromEntries(files)] as const;
  });
  return new Map(records);
}

/** The text of `releases.json`: oldest version first, files by name. */
export function recordsText(records: Records): string {
  const sorted = [...records].sort(([a], [b]) => byVersionDescending(b, a));
  const entries = sorted.map(([version, hashes]) => {
    const files = Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1));
    return [version, { files: Object.fromEntries(files) }] as const;
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}

async function filesBelow(folder: string, depth = 0): Promise<readonly string[]> {
  if (depth > maxSnapshotDepth) return [];
  const found: string[] = [];
  for (const { name, isFile } of await listFolder(folder)) {
    // What file managers and editors leave behind is no part of a release.
    if (name.startsWith(".")) continue;
    const inner = isFile
      ? [name]
      : (await filesBelow(join(folder, name), depth + 1)).map((path) => `${name}/${path}`);
    found.push(...inner);
    if (found.length > maxSnapshotFiles)
      throw new CliError(
        "unreadable_file",
        `Failed to read ${folder}: over ${maxSnapshotFiles} files. Please remove what is no schema.`,
      );
  }
  return found;
}

/**
 * Hashes of the files that stand in a snapshot.
 * @throws CliError when one cannot be read
 */
async function hashSnapshot(schemaPath: string, version: string): Promise<SnapshotHashes> {
  const folder = join(versionsFolder(schemaPath), version);
  const entries: (readonly [string, string])[] = [];
  for (const path of await filesBelow(folder))
    entries.push([path, hashOf(await readText(join(folder, path)))]);
  return Object.fromEntries(entries);
}

/**
 * What stands in the folder of each version that is there.
 * @throws CliError when a file cannot be read
 */
export async function standingSnapshots(schemaPath: string): Promise<Records> {
  const snapshots: (readonly [string, SnapshotHashes])[] = [];
  for (const version of await versionFolders(schemaPath))
    snapshots.push([version, await hashSnapshot(schemaPath, version)]);
  return new Map(snapshots);
}

/**
 * Records of the snapshots that have none yet, beside those that are there.
 * @throws CliError when a file cannot be read
 */
export async function recordMissing(
  schemaPath: string,
): Promise<{ readonly records: Records; readonly added: readonly string[] }> {
  const records = await readRecords(schemaPath);
  const missing = [...(await standingSnapshots(schemaPath))].filter(([version]) => !records.has(version));
  return { records: new Map([...records, ...missing]), added: missing.map(([version]) => version) };
}
