import { isObject, type Json, type JsonObject, keysOf, own } from "../json.js";
import { branchTag } from "./branch-tags.js";
import { targetOf } from "./references.js";

/** Values that OpenAPI's `discriminator` gives a branch: those that `mapping` sends to it, else its schema's name. */
function valuesOf(discriminator: JsonObject, target: string): readonly string[] {
  const name = keysOf(target).at(-1) ?? "";
  const mapping = own(discriminator, "mapping");
  const rows = isObject(mapping) ? Object.entries(mapping) : [];
  const mapped = rows.filter(
    ([, to]) =>
      typeof to === "string" &&
      to
        .split(/[/#]/)
        .at(-1)
        ?.replace(/\.\w+$/, "") === name,
  );
  return mapped.length > 0 ? mapped.map(([value]) => value) : [name];
}

/**
 * Says in JSON Schema what OpenAPI's `discriminator` says beside a union: a branch that does not name its value itself
 * has to have the one it is mapped from.
 */
export function applyMapping(root: Json): Json {
  const discriminator = isObject(root) ? own(root, "discriminator") : undefined;
  const key = isObject(discriminator) ? own(discriminator, "propertyName") : undefined;
  if (!isObject(root) || !isObject(discriminator) || typeof key !== "string") return root;
  const named = (branch: Json, pointer: string): Json => {
    const target = targetOf(branch);
    if (target === undefined || branchTag(root, { pointer, schema: branch }, key).values) return branch;
    const values = valuesOf(discriminator, target);
    const tag = values.length === 1 ? { const: values[0] ?? "" } : { enum: values };
    return { allOf: [branch, { type: "object", properties: { [key]: tag }, required: [key] }] };
  };
  const unions = (["oneOf", "anyOf"] as const).flatMap((keyword) => {
    const branches = own(root, keyword);
    return Array.isArray(branches)
      ? [[keyword, branches.map((branch: Json, index) => named(branch, `/${keyword}/${index}`))] as const]
      : [];
  });
  return { ...root, ...Object.fromEntries(unions) };
}
