import { resolve } from "node:path";
import { referencedFiles } from "@hivewire/codegen";
import { exists, readText } from "./files.js";

/** Most files that one contract may refer to. */
const maxDocuments = 1_000;

/** Reads a file by its name with forward slashes; undefined when there is none. */
export type ReadDocument = (name: string) => Promise<string | undefined>;

/** A contract's files as text. */
export interface ContractFiles {
  /** The schema file itself. */
  readonly text: string;
  /** Name, relative to the same folder as the schema's → text of each file that references lead to. */
  readonly documents: ReadonlyMap<string, string>;
}

/** Reads files whose names start from a folder. */
export function fromFolder(basePath: string): ReadDocument {
  return async (name) => {
    const path = resolve(basePath, name);
    return (await exists(path)) ? readText(path) : undefined;
  };
}

/**
 * Reads every file that a schema's references lead to. A file that is not there is left out: the reference
 * to it is blamed where it stands.
 * @param text - the schema
 * @param name - its own name
 * @throws CliError when a file cannot be read, CodegenError when one cannot be parsed
 */
export async function loadDocuments(text: string, name: string, read: ReadDocument): Promise<ContractFiles> {
  const documents = new Map<string, string>();
  const queue = [...referencedFiles(text, name)];
  for (let next = queue.shift(); next !== undefined && documents.size < maxDocuments; next = queue.shift()) {
    if (documents.has(next) || next === name) continue;
    const found = await read(next);
    if (found === undefined) continue;
    documents.set(next, found);
    queue.push(...referencedFiles(found, next));
  }
  return { text, documents };
}
