import { bundle } from "./bundle.js";
import { checkPatterns } from "./check-patterns.js";
import { checkSchema } from "./check-schema.js";
import { identityOf } from "./identity.js";
import { isObject, own, pointerOf } from "./json.js";
import type { DefinitionModel, Model } from "./model.js";
import { NamePool } from "./names.js";
import { byVersionDescending, isVersion, readContractHeader } from "./read-contract.js";
import { definitionKeywords, readMessages } from "./read-messages.js";
import { checkCycles } from "./references.js";
import type { Source } from "./source.js";

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

function readDefinitions(
  source: Source,
  taken: ReadonlySet<string>,
  names: NamePool,
): readonly DefinitionModel[] {
  return definitionKeywords.flatMap((keyword) => {
    const definitions = isObject(source.value) ? own(source.value, keyword) : undefined;
    if (!isObject(definitions)) return [];
    return Object.keys(definitions).flatMap((key) => {
      const pointer = pointerOf([keyword, key]);
      return taken.has(pointer) ? [] : [{ name: names.claim(key), pointer }];
    });
  });
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
    supportedVersions: [...versions].sort(byVersionDescending),
    identity: identityOf(root),
    dialect: source.dialect,
    definitions: readDefinitions(source, taken, names),
    schema: root,
    source,
  };
}
