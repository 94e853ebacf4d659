// @ts-check
import { parts } from "../kinds.mjs";

/** @typedef {import("../kinds.mjs").Kind} Kind */
/** @typedef {import("../kinds.mjs").Fields} Fields */
/** @typedef {import("../shapes.mjs").Shape} Shape */

/** @param {Kind} kind @returns {string} */
function typeOf(kind) {
  switch (kind.kind) {
    case "text":
      return `"${kind.min} <= string <= ${kind.max}"`;
    case "integer":
      return `"number.integer >= ${kind.min}"`;
    case "enum":
      return JSON.stringify(kind.values.map((value) => `'${value}'`).join(" | "));
    case "strings":
      return '"string[]"';
    case "list":
      return `${kind.of}.array()`;
    case "map":
      return `{ "[string]": ${typeOf(kind.of)} }`;
    case "object":
      return objectOf(kind.fields, kind.closed === true);
    default:
      return `"${kind.kind}"`;
  }
}

/** @param {Fields} fields @param {boolean} closed @returns {string} */
function objectOf(fields, closed, first = "") {
  const rows = Object.entries(fields).map(
    ([key, field]) => `${JSON.stringify(field.optional ? `${key}?` : key)}: ${typeOf(field)}`,
  );
  const all = [...(closed ? ['"+": "reject"'] : []), ...(first ? [first] : []), ...rows];
  return `{ ${all.join(", ")} }`;
}

/** @param {readonly Shape[]} shapes */
export function arktype(shapes) {
  const shared = Object.entries(parts).map(([name, part]) => `const ${name} = type(${typeOf(part)});`);
  const messages = shapes.map(
    ({ type, closed, fields }) => `  ${objectOf(fields, closed, `type: "'${type}'"`)},`,
  );
  return `import { type } from "arktype";
${shared.join("\n")}
const schema = type.or(
${messages.join("\n")}
);
export const valid = (value) => schema.allows(value);
export const explain = (value) => {
  const result = schema(value);
  return result instanceof type.errors ? result[0].path.join("/") + result[0].message : "";
};
`;
}
