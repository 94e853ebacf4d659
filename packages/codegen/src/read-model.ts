import { checkSchema } from "./check-schema.js";
import { dialectOf } from "./dialect.js";
import { identityOf } from "./identity.js";
import { isObject, own } from "./json.js";
import { type JsonSource, parseJsonSource } from "./json-source.js";
import type { DefinitionModel, Model } from "./model.js";
import { NamePool } from "./names.js";
import { byVersionDescending, isVersion, readContractHeader } from "./read-contract.js";
import { definitionKeywords, readMessages } from "./read-messages.js";
import { checkCycles, checkReferences } from "./references.js";

/** A schema as text, with what stands beside it. */
export interface SchemaInput {
  /** The document. */
  readonly text: string;
  /** Its name for messages and headers, relative to the project, with forward slashes. */
  readonly file: string;
  /** Versions of released snapshots, in any order; the document's own is added. */
  readonly releasedVersions?: readonly string[];
}

function readDefinitions(
  source: JsonSource,
  taken: ReadonlySet<string>,
  names: NamePool,
): readonly DefinitionModel[] {
  return definitionKeywords.flatMap((keyword) => {
    const definitions = isObject(source.value) ? own(source.value, keyword) : undefined;
    if (!isObject(definitions)) return [];
    return Object.keys(definitions).flatMap((key) => {
      const pointer = `/${keyword}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return taken.has(pointer) ? [] : [{ name: names.claim(key), pointer }];
    });
  });
}

/**
 * Reads a schema into the model that every emitter works from.
 * @throws CodegenError with file, line, column, pointer and what was expected
 */
export function readModel(input: SchemaInput): Model {
  const source = parseJsonSource(input.text, input.file);
  const dialect = dialectOf(source);
  checkSchema(source, dialect);
  checkReferences(source);
  checkCycles(source);
  const root = source.value;
  if (!isObject(root))
    throw source.fail("invalid_schema", "", "Failed to read the schema: it is not an object.");
  const header = readContractHeader(source, root);
  const names = new NamePool();
  const { discriminator, exact, messages } = readMessages(source, root, header, names);
  const versions = new Set([header.version, ...(input.releasedVersions ?? []).filter(isVersion)]);
  return {
    ...header,
    supportedVersions: [...versions].sort(byVersionDescending),
    identity: identityOf(root),
    dialect,
    discriminator,
    exact,
    messages,
    definitions: readDefinitions(source, new Set(messages.map((message) => message.pointer)), names),
    schema: root,
  };
}
