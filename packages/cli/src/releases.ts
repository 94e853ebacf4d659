import { basename, dirname, join } from "node:path";
import { byVersionDescending } from "@hivewire/codegen";
import { isContractVersion } from "@hivewire/protocol";
import { exists, listFolder } from "./files.js";

/** A released version of a contract. */
export interface Release {
  readonly version: string;
  /** Its schema file, absolute. */
  readonly path: string;
}

/** Folder of released versions: `versions/` beside the schema. */
export function versionsFolder(schemaPath: string): string {
  return join(dirname(schemaPath), "versions");
}

/** Names of the folders of `versions/` that are versions, newest first. */
export async function versionFolders(schemaPath: string): Promise<readonly string[]> {
  const entries = await listFolder(versionsFolder(schemaPath));
  return entries
    .filter(({ name, isFile }) => !isFile && isContractVersion(name))
    .map(({ name }) => name)
    .sort(byVersionDescending);
}

/** Released versions, newest first: folders of `versions/` that hold a file of the schema's name. */
export async function findReleases(schemaPath: string): Promise<readonly Release[]> {
  const folder = versionsFolder(schemaPath);
  const releases = (await versionFolders(schemaPath)).map((version) => ({
    version,
    path: join(folder, version, basename(schemaPath)),
  }));
  const kept = await Promise.all(releases.map(({ path }) => exists(path)));
  return releases.filter((_, index) => kept[index]);
}

/** Whether the first version is newer than the second. */
export function isNewer(version: string, than: string): boolean {
  return byVersionDescending(version, than) < 0;
}
