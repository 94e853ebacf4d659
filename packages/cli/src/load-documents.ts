import { resolve } from "node:path";
import { referencedFiles } from "@hivewire/codegen";
import type { Project } from "./config.js";
import { exists, readText } from "./files.js";

/** Most files that one contract may refer to. */
const maxDocuments = 1_000;

/** A contract's files as text. */
export interface ContractFiles {
  /** The schema file itself. */
  readonly text: string;
  /** Name, relative to the same folder as the schema's → text of each file that references lead to. */
  readonly documents: ReadonlyMap<string, string>;
  /** Absolute path of every file that was read. */
  readonly paths: readonly string[];
}

/**
 * Reads the schema and every file that its references lead to. A file that is not there is left out:
 * the reference to it is blamed where it stands.
 * @throws CliError when one cannot be read, CodegenError when one cannot be parsed
 */
export async function loadDocuments({ basePath, schemaPath, schemaName }: Project): Promise<ContractFiles> {
  const text = await readText(schemaPath);
  const documents = new Map<string, string>();
  const paths = [schemaPath];
  const queue = [...referencedFiles(text, schemaName)];
  for (let name = queue.shift(); name !== undefined && documents.size < maxDocuments; name = queue.shift()) {
    const path = resolve(basePath, name);
    if (documents.has(name) || path === schemaPath || !(await exists(path))) continue;
    const found = await readText(path);
    documents.set(name, found);
    paths.push(path);
    queue.push(...referencedFiles(found, name));
  }
  return { text, documents, paths };
}
