import { basename, dirname, join } from "node:path";
import { type GeneratedFile, generate, type Model, readModel } from "@hivewire/codegen";
import { isContractVersion } from "@hivewire/protocol";
import type { Project } from "./config.js";
import { exists, listFolder, readText } from "./files.js";
import { loadDocuments } from "./load-documents.js";
import { generatorVersion } from "./version.js";

/** Released versions: the folders of `versions/` beside the schema that hold a file of its name. */
async function releasedVersions(schemaPath: string): Promise<readonly string[]> {
  const folder = join(dirname(schemaPath), "versions");
  const names = (await listFolder(folder)).map(({ name }) => name).filter(isContractVersion);
  const kept = await Promise.all(names.map((name) => exists(join(folder, name, basename(schemaPath)))));
  return names.filter((_, index) => kept[index]);
}

/** A contract that was read, and the files it was read from. */
export interface ReadContract {
  readonly model: Model;
  /** Absolute paths. */
  readonly paths: readonly string[];
}

/**
 * Reads the project's schema and the files it refers to.
 * @throws CliError when one cannot be read, CodegenError when one is broken
 */
export async function readContract(project: Project): Promise<ReadContract> {
  const { text, documents, paths } = await loadDocuments(project);
  const released = await releasedVersions(project.schemaPath);
  const model = readModel({ text, file: project.schemaName, documents, releasedVersions: released });
  return { model, paths };
}

/** Every file that the project's schema makes, in memory. */
export async function expectedFiles(
  project: Project,
  progress: (text: string) => void,
): Promise<ReadContract & { readonly files: readonly GeneratedFile[] }> {
  const contract = await readContract(project);
  const origin = { generatorVersion, schemaFile: project.schemaName, command: project.command };
  const { targets, assertFormats } = project;
  const onFile = (path: string): void => progress(`making ${path}`);
  const files = await generate(contract.model, origin, { targets, assertFormats, onFile });
  progress("");
  return { ...contract, files };
}

/** Path → text of what stands in the output folder. */
export async function actualFiles(project: Project): Promise<ReadonlyMap<string, string>> {
  const entries = (await listFolder(project.outPath)).filter(({ isFile }) => isFile);
  const texts = await Promise.all(
    entries.map(async ({ name }) => [name, await readText(join(project.outPath, name))] as const),
  );
  return new Map(texts);
}
