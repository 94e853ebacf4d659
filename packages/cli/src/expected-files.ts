import { basename, dirname, join } from "node:path";
import { type GeneratedFile, generate, type Model, readModel } from "@hivewire/codegen";
import { isContractVersion } from "@hivewire/protocol";
import type { Project } from "./config.js";
import { exists, listFolder, readText } from "./files.js";
import { generatorVersion } from "./version.js";

/** Released versions: the folders of `versions/` beside the schema that hold a file of its name. */
async function releasedVersions(schemaPath: string): Promise<readonly string[]> {
  const folder = join(dirname(schemaPath), "versions");
  const names = (await listFolder(folder)).map(({ name }) => name).filter(isContractVersion);
  const kept = await Promise.all(names.map((name) => exists(join(folder, name, basename(schemaPath)))));
  return names.filter((_, index) => kept[index]);
}

/**
 * Reads the project's schema.
 * @throws CliError when it cannot be read, CodegenError when it is broken
 */
export async function readProjectModel(project: Project): Promise<Model> {
  return readModel({
    text: await readText(project.schemaPath),
    file: project.schemaName,
    releasedVersions: await releasedVersions(project.schemaPath),
  });
}

/** Every file that the project's schema makes, in memory. */
export async function expectedFiles(
  project: Project,
): Promise<{ model: Model; files: readonly GeneratedFile[] }> {
  const model = await readProjectModel(project);
  const origin = { generatorVersion, schemaFile: project.schemaName, command: project.command };
  return { model, files: await generate(model, origin) };
}

/** Path → text of what stands in the output folder. */
export async function actualFiles(project: Project): Promise<ReadonlyMap<string, string>> {
  const entries = (await listFolder(project.outPath)).filter(({ isFile }) => isFile);
  const texts = await Promise.all(
    entries.map(async ({ name }) => [name, await readText(join(project.outPath, name))] as const),
  );
  return new Map(texts);
}
