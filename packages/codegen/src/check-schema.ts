import type { Dialect } from "./dialect.js";
import { isObject } from "./json.js";
import type { JsonSource } from "./json-source.js";
import { walkSchemas } from "./references.js";

/** Ajv's options for every use in this package. `strictNumbers` is named: `strict: false` drops it. */
export const ajvOptions = {
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  allErrors: false,
  logger: false,
  unicodeRegExp: true,
} as const;

/**
 * Checks the document against the meta-schema of its dialect, and that each pattern compiles.
 * @throws CodegenError `invalid_schema` with the place of the deepest fault
 */
export function checkSchema(source: JsonSource, dialect: Dialect): void {
  if (!isObject(source.value)) {
    throw source.fail(
      "invalid_schema",
      "",
      "Failed to read the schema: it is not an object.",
      "a JSON Schema object",
    );
  }
  const ajv = dialect.createAjv({ ...ajvOptions, allErrors: true });
  if (ajv.validateSchema(source.value, false) !== true) {
    const errors = ajv.errors ?? [];
    const deepest = errors.reduce<(typeof errors)[number] | undefined>(
      (best, error) => (best && best.instancePath.length >= error.instancePath.length ? best : error),
      undefined,
    );
    const pointer = deepest?.instancePath ?? "";
    const allowed = deepest?.keyword === "enum" ? ` (${deepest.params.allowedValues?.join(", ")})` : "";
    throw source.fail(
      "invalid_schema",
      pointer,
      `Failed to read the schema: the value at ${pointer || "the root"} is not valid JSON Schema.`,
      `it ${deepest?.message ?? "must match the meta-schema"}${allowed}`,
    );
  }
  for (const { pointer, schema } of walkSchemas(source.value)) {
    const { pattern } = schema;
    if (typeof pattern === "string" && !compiles(pattern)) {
      throw source.fail(
        "invalid_schema",
        `${pointer}/pattern`,
        `Failed to read the schema: the pattern ${JSON.stringify(pattern)} does not compile.`,
        "an ECMA-262 regular expression with the u flag",
      );
    }
  }
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
