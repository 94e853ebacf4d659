import { bundle, isObject, type Json, own, walkSchemas } from "@hivewire/codegen";

/** Keywords that need resolving, or another draft's reading. */
const addresses = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$schema"] as const;

/**
 * The schema with every reference a pointer into it, in the words of draft 2020-12.
 * @throws CodegenError
 */
export function readDocument(schema: Json, file: string): Json {
  if (!isObject(schema)) return schema;
  const needsReading = walkSchemas(schema).some(
    ({ schema: inner }) =>
      addresses.some((keyword) => own(inner, keyword) !== undefined) ||
      (typeof inner.$ref === "string" && !inner.$ref.startsWith("#")),
  );
  return needsReading ? bundle(JSON.stringify(schema), file, new Map()).value : schema;
}
