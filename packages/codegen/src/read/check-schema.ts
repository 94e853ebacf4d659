import { createValidator } from "@hivewire/protocol";
import { checkMetaSchemaOfDraft202012 } from "../../gen/checks.js";
import { shapeMetaSchemaOfDraft202012 } from "../../gen/shapes.js";
import { own } from "../json.js";
import { walkSchemas } from "./references.js";
import type { Source } from "./source.js";

/** The meta-schema of draft 2020-12, compiled by this package. */
const validate = createValidator<unknown>(checkMetaSchemaOfDraft202012, shapeMetaSchemaOfDraft202012);

/**
 * Checks the schema against the meta-schema, and what the meta-schema lets through but no validator can honour.
 * @throws CodegenError `invalid_schema` with the place of the fault
 */
export function checkSchema(source: Source): void {
  const result = validate(source.value);
  if (!result.ok) {
    const { pointer, expected, hint } = result.issue;
    throw source.fail(
      "invalid_schema",
      pointer,
      `Failed to read the schema: the value at ${pointer || "the root"} is not valid JSON Schema.`,
      hint === undefined ? expected : `${expected} (${hint})`,
    );
  }
  for (const { pointer, schema } of walkSchemas(source.value)) {
    if (own(schema, "nullable") !== undefined && own(schema, "type") === undefined) {
      throw source.fail(
        "invalid_schema",
        `${pointer}/nullable`,
        'Failed to read the schema: "nullable" has a meaning only beside "type".',
        '"type" beside it',
      );
    }
  }
}
