import Ajv, { type Options } from "ajv";
import Ajv2019 from "ajv/dist/2019.js";
import Ajv2020 from "ajv/dist/2020.js";
import { isObject, own } from "./json.js";
import type { JsonSource } from "./json-source.js";

/** One JSON Schema dialect that can be read. */
export interface Dialect {
  readonly name: "2020-12" | "2019-09" | "07";
  /** A validator compiler of that dialect. */
  readonly createAjv: (options: Options) => Ajv.default;
}

const dialects: readonly Dialect[] = [
  { name: "2020-12", createAjv: (options) => new Ajv2020.default(options) },
  { name: "2019-09", createAjv: (options) => new Ajv2019.default(options) },
  { name: "07", createAjv: (options) => new Ajv.default(options) },
];

/** The dialect when a schema names none. */
const fallback = "2020-12";

/**
 * The dialect that `$schema` names.
 * @throws CodegenError `unsupported_dialect`
 */
export function dialectOf(source: JsonSource): Dialect {
  const named = isObject(source.value) ? own(source.value, "$schema") : undefined;
  const text = typeof named === "string" ? named : undefined;
  const match = /json-schema\.org\/draft(?:\/|-)(2020-12|2019-09|07)\/schema#?$/.exec(text ?? "");
  const name = named === undefined ? fallback : match?.[1];
  const dialect = dialects.find((candidate) => candidate.name === name);
  if (dialect) return dialect;
  throw source.fail(
    "unsupported_dialect",
    "/$schema",
    `Failed to read the schema: its dialect ${JSON.stringify(named)} is not supported.`,
    "JSON Schema draft 2020-12, 2019-09 or 07",
  );
}
