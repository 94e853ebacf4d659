import Ajv2020 from "ajv/dist/2020.js";
import { ajvOptions } from "./ajv-options.js";
import { isObject } from "./json.js";
import type { Source } from "./source.js";

/**
 * Checks the schema against the meta-schema.
 * @throws CodegenError `invalid_schema` with the place of the deepest fault
 */
export function checkSchema(source: Source): void {
  if (!isObject(source.value)) {
    throw source.fail(
      "invalid_schema",
      "",
      "Failed to read the schema: it is not an object.",
      "a JSON Schema object",
    );
  }
  const ajv = new Ajv2020.default({ ...ajvOptions, allErrors: true });
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
}
