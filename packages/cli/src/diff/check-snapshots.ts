import { basename, join, relative } from "node:path";
import { portable } from "../files.js";
import type { Finding } from "../findings.js";
import { versionsFolder } from "../releases.js";
import { readRecords, recordsFile, type SnapshotHashes, standingSnapshots } from "./snapshot-records.js";

function differences(
  recorded: SnapshotHashes,
  standing: SnapshotHashes,
): readonly (readonly [string, string])[] {
  const paths = [...new Set([...Object.keys(recorded), ...Object.keys(standing)])].sort();
  return paths.flatMap((path) => {
    const before = Object.hasOwn(recorded, path) ? recorded[path] : undefined;
    const now = Object.hasOwn(standing, path) ? standing[path] : undefined;
    if (before === now) return [];
    return [
      [path, before === undefined ? "was added" : now === undefined ? "is missing" : "was changed"] as const,
    ];
  });
}

/**
 * Holds every snapshot against its record: a release never changes.
 * @throws CliError when a file cannot be read
 */
export async function checkSnapshots(schemaPath: string, cwd: string): Promise<readonly Finding[]> {
  const folder = versionsFolder(schemaPath);
  const records = await readRecords(schemaPath);
  const standing = await standingSnapshots(schemaPath);
  const place = (...path: string[]) => ({
    file: portable(relative(cwd, join(folder, ...path))),
    line: 1,
    column: 1,
  });
  const edited = [...records].flatMap(([version, recorded]) =>
    differences(recorded, standing.get(version) ?? {}).map(
      ([path, how]): Finding => ({
        rule: "snapshot-edited",
        level: "error",
        message: `Version ${version} is released, and ${path} in it ${how} since.`,
        fix: "Take the folder from version control again; a change needs a version of its own.",
        ...place(version, path),
      }),
    ),
  );
  const unrecorded = [...standing.keys()]
    .filter((version) => !records.has(version))
    .map(
      (version): Finding => ({
        rule: "snapshot-unrecorded",
        level: "warning",
        message: `Version ${version} has no record: nothing notices when it is edited.`,
        fix: 'Record it with "hivewire release --record".',
        ...place(recordsFile),
      }),
    );
  const unread = [...standing].flatMap(([version, hashes]): readonly Finding[] => {
    if (Object.hasOwn(hashes, basename(schemaPath))) return [];
    const message = `Version ${version} holds no ${basename(schemaPath)}: nothing is compared with it.`;
    const fix = `Compare with it by "--against <file>", or keep the schema's name.`;
    return [{ rule: "snapshot-unread", level: "warning", message, fix, ...place(version) }];
  });
  return [...edited, ...unrecorded, ...unread];
}
