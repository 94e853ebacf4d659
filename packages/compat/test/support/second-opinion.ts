import { Validator } from "@cfworker/json-schema";
import { isObject, type Json } from "@hivewire/codegen";

/** The schema without `format`, which the second validator always asserts. */
function withoutFormats(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutFormats(item));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, child]) => key !== "format" || typeof child !== "string");
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutFormats(child)]));
}

/** What a validator of other authors says of values of a schema; it is prepared once. */
export function secondOpinion(root: Json): (value: Json) => boolean {
  const schema = withoutFormats(root);
  if (!isObject(schema)) return () => schema !== false;
  const validator = new Validator({ ...schema }, "2020-12");
  return (value) => validator.validate(value).valid;
}
