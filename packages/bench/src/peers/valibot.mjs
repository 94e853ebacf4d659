// @ts-check
import { parts } from "../kinds.mjs";

/** @typedef {import("../kinds.mjs").Kind} Kind */
/** @typedef {import("../kinds.mjs").Fields} Fields */
/** @typedef {import("../shapes.mjs").Shape} Shape */

/** @param {Kind} kind @returns {string} */
function typeOf(kind) {
  switch (kind.kind) {
    case "text":
      return `v.pipe(v.string(), v.minLength(${kind.min}), v.maxLength(${kind.max}))`;
    case "integer":
      return `v.pipe(v.number(), v.integer(), v.minValue(${kind.min}))`;
    case "enum":
      return `v.picklist(${JSON.stringify(kind.values)})`;
    case "strings":
      return "v.array(v.string())";
    case "list":
      return `v.array(${kind.of})`;
    case "map":
      return `v.record(v.string(), ${typeOf(kind.of)})`;
    case "object":
      return objectOf(kind.fields, kind.closed === true);
    default:
      return `v.${kind.kind}()`;
  }
}

/** @param {Fields} fields @param {boolean} closed */
function objectOf(fields, closed, first = "") {
  const rows = Object.entries(fields).map(
    ([key, field]) =>
      `${JSON.stringify(key)}: ${field.optional ? `v.optional(${typeOf(field)})` : typeOf(field)}`,
  );
  return `v.${closed ? "strictObject" : "object"}({ ${[...(first ? [first] : []), ...rows].join(", ")} })`;
}

/** Stops at the first fault, as Ajv and we do. @param {readonly Shape[]} shapes */
export function valibot(shapes) {
  const shared = Object.entries(parts).map(([name, part]) => `const ${name} = ${typeOf(part)};`);
  const messages = shapes.map(
    ({ type, closed, fields }) =>
      `  ${objectOf(fields, closed, `type: v.literal(${JSON.stringify(type)})`)},`,
  );
  return `import * as v from "valibot";
${shared.join("\n")}
const schema = v.variant("type", [
${messages.join("\n")}
]);
export const valid = (value) => v.is(schema, value);
export const explain = (value) => {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? "" : (v.getDotPath(result.issues[0]) ?? "") + result.issues[0].message;
};
`;
}
