import { posix } from "node:path";
import { identityOf } from "../identity.js";
import { isObject, type JsonObject, keysOf, own, pointerOf } from "../json.js";
import type { DefinitionModel, Model } from "../model.js";
import { NamePool } from "../names.js";
import { bundle } from "./bundle.js";
import { checkPatterns } from "./check-patterns.js";
import { checkSchema } from "./check-schema.js";
import { parseSource } from "./parse-source.js";
import { byVersionDescending, isVersion, readContractHeader } from "./read-contract.js";
import { definitionKeywords, readMessages } from "./read-messages.js";
import { checkCycles, targetOf, walkSchemas } from "./references.js";

/** A schema as text, with what stands beside it. */
export interface SchemaInput {
  /** The document. */
  readonly text: string;
  /** Its name for messages and headers, relative to the project, with forward slashes. */
  readonly file: string;
  /** Versions of released snapshots, in any order; the document's own is added. */
  readonly releasedVersions?: readonly string[];
  /** Path (relative to the same folder as `file`) or absolute URI → text of the documents it refers to. */
  readonly documents?: ReadonlyMap<string, string>;
}

/** Definitions, and whatever else a reference leads to: all that needs a name of its own. */
function readDefinitions(
  root: JsonObject,
  taken: ReadonlySet<string>,
  names: NamePool,
): readonly DefinitionModel[] {
  const listed = definitionKeywords.flatMap((keyword) => {
    const definitions = own(root, keyword);
    return isObject(definitions) ? Object.keys(definitions).map((key) => pointerOf([keyword, key])) : [];
  });
  const targets = walkSchemas(root).flatMap(({ schema }) => targetOf(schema) ?? []);
  const pointers = [...new Set([...listed, ...targets])].filter(
    (pointer) => pointer !== "" && !taken.has(pointer),
  );
  return pointers.map((pointer) => ({ name: names.claim(keysOf(pointer).at(-1) ?? ""), pointer }));
}

/**
 * Reads a schema into the model that every emitter works from.
 * @throws CodegenError with file, line, column, pointer and what was expected
 */
export function readModel(input: SchemaInput): Model {
  const source = bundle(input.text, input.file, input.documents ?? new Map());
  checkSchema(source);
  checkPatterns(source);
  checkCycles(source);
  const root = source.value;
  if (!isObject(root))
    throw source.fail("invalid_schema", "", "Failed to read the schema: it is not an object.");
  const header = readContractHeader(source, root);
  const names = new NamePool();
  const messages = readMessages(source, root, header, names);
  const versions = new Set([header.version, ...(input.releasedVersions ?? []).filter(isVersion)]);
  const taken = new Set(messages.messages.map((message) => message.pointer));
  return {
    ...header,
    ...messages,
    supportedVersions: [...versions]
      .filter((version) => !header.retired.includes(version))
      .sort(byVersionDescending),
    identity: identityOf(root),
    dialect: source.dialect,
    definitions: readDefinitions(root, taken, names),
    schema: root,
    source,
  };
}

/**
 * The files that a schema file refers to, for whoever loads them.
 * @param file - its path, relative to the project
 * @returns paths relative to the same folder; what is no file of the project, such as an address, is left out
 * @throws CodegenError when the text cannot be parsed
 */
export function referencedFiles(text: string, file: string): readonly string[] {
  const references = walkSchemas(parseSource(text, file).value).flatMap(({ schema }) => {
    const reference = own(schema, "$ref");
    return typeof reference === "string" ? [reference.split("#", 1)[0] ?? ""] : [];
  });
  const files = references.filter((path) => path !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(path));
  return [...new Set(files.map((path) => posix.normalize(posix.join(posix.dirname(file), decodeURI(path)))))];
}
