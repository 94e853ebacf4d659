import { isObject, type Json, type JsonObject, keysOf, own, valueAt } from "@hivewire/codegen";
import type { Refusal } from "../evaluate/refusal.js";
import { typeOf } from "../formula/node.js";

type Change = (schema: JsonObject) => Json;

const without = (schema: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** How a keyword is loosened by as little as lets the refused value pass; what is not listed is left out. */
function loosened({ keyword, key }: Refusal, value: Json | undefined): Change {
  switch (keyword) {
    case "required":
      return (schema) => ({
        ...schema,
        required: listOf(own(schema, "required")).filter((name) => name !== key),
      });
    case "additionalProperties":
    case "unevaluatedProperties":
      return (schema) => {
        const properties = own(schema, "properties");
        if (key === undefined) return without(schema, keyword);
        return { ...schema, properties: { ...(isObject(properties) ? properties : {}), [key]: true } };
      };
    case "enum":
      return (schema) => ({ ...schema, enum: [...listOf(own(schema, "enum")), ...listOf([value ?? null])] });
    case "const":
      return (schema) => ({
        ...without(schema, "const"),
        enum: [own(schema, "const") ?? null, value ?? null],
      });
    case "type": {
      const type = value === undefined ? "null" : typeOf(value);
      return (schema) => ({ ...schema, type: [...new Set([...listOf(own(schema, "type")), type])] });
    }
    case "oneOf":
      return (schema) => without(schema, "oneOf", "discriminator");
    case "contains":
    case "minContains":
    case "maxContains":
      return (schema) => without(schema, "contains", "minContains", "maxContains");
    default:
      return (schema) => without(schema, keyword);
  }
}

/** A copy in which the value that keys lead to is another; what is not on the way is shared. */
function changed(value: Json, [key, ...rest]: readonly string[], change: (old: Json) => Json): Json {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: Json, index) => (String(index) === key ? changed(item, rest, change) : item));
  if (!isObject(value)) return value;
  return { ...value, [key]: changed(own(value, key) ?? null, rest, change) };
}

/**
 * The document with the keyword loosened that refused a value, so that the next question finds what else refuses.
 * @param whole - leave the keyword out: it refuses values without end, and each would be a reason of its own
 */
export function relax(root: Json, refusal: Refusal, frame: Json, whole = false): Json {
  if (refusal.keyword === "false") return changed(root, keysOf(refusal.schemaPointer), () => true);
  const at = refusal.schemaPointer.slice(0, -(refusal.keyword.length + 1));
  const change: Change = whole
    ? (schema) => without(schema, refusal.keyword)
    : loosened(refusal, valueAt(frame, refusal.valuePointer));
  return changed(root, keysOf(at), (schema) => (isObject(schema) ? change(schema) : schema));
}

/** The document in which the schemas at some pointers accept everything. */
export function allow(root: Json, pointers: readonly string[]): Json {
  return pointers.reduce((document, pointer) => changed(document, keysOf(pointer), () => true), root);
}
