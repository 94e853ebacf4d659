import { join, resolve } from "node:path";
import { type GeneratedFile, generate, type Model, readModel } from "@hivewire/codegen";
import type { Project } from "./config.js";
import { planConversions } from "./conversions.js";
import { listFolder, readText } from "./files.js";
import { type ContractFiles, fromFolder, loadDocuments } from "./load-documents.js";
import { findReleases } from "./releases.js";
import { generatorVersion } from "./version.js";

/** A contract that was read, and the files it was read from. */
export interface ReadContract {
  readonly model: Model;
  /** What it was read from, as text. */
  readonly texts: ContractFiles;
  /** Absolute paths. */
  readonly paths: readonly string[];
}

/**
 * Reads the project's schema and the files it refers to.
 * @throws CliError when one cannot be read, CodegenError when one is broken
 */
export async function readContract(project: Project): Promise<ReadContract> {
  const { basePath, schemaPath, schemaName } = project;
  const texts = await loadDocuments(await readText(schemaPath), schemaName, fromFolder(basePath));
  const releasedVersions = (await findReleases(schemaPath)).map(({ version }) => version);
  const model = readModel({ ...texts, file: schemaName, releasedVersions });
  const paths = [schemaPath, ...[...texts.documents.keys()].map((name) => resolve(basePath, name))];
  return { model, texts, paths };
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
  const conversions = targets.includes("converters")
    ? await planConversions(project, contract.model, progress)
    : [];
  const files = await generate(contract.model, origin, { targets, assertFormats, conversions, onFile });
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
