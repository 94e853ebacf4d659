import { isObject, type Json, own } from "../json.js";
import type { Source } from "./source.js";

/** The JSON Schema drafts that are read; each becomes 2020-12 on the way in. */
const dialects = ["2020-12", "2019-09", "07", "06", "04"] as const;

/** One of the drafts that are read. */
export type Dialect = (typeof dialects)[number];

/** The dialect when a schema names none. */
const fallback: Dialect = "2020-12";

/** `$schema` of what comes out of reading, whatever went in. */
export const canonicalSchemaUri = "https://json-schema.org/draft/2020-12/schema";

function named(schema: Json): Json | undefined {
  return isObject(schema) ? own(schema, "$schema") : undefined;
}

/**
 * The dialect that `$schema` names.
 * @param inherited - dialect of the document around it; 2020-12 outside of any
 * @throws CodegenError `unsupported_dialect`
 */
export function dialectOf(source: Source, schema: Json, pointer: string, inherited?: Dialect): Dialect {
  const uri = named(schema);
  if (uri === undefined) return inherited ?? fallback;
  const match = /json-schema\.org\/draft(?:\/|-)(2020-12|2019-09|07|06|04)\/schema#?$/.exec(String(uri));
  const dialect = dialects.find((candidate) => candidate === match?.[1]);
  if (dialect) return dialect;
  throw source.fail(
    "unsupported_dialect",
    `${pointer}/$schema`,
    `Failed to read the schema: its dialect ${JSON.stringify(uri).slice(0, 120)} is not supported.`,
    "JSON Schema draft 2020-12, 2019-09, 07, 06 or 04",
  );
}
