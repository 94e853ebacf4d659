// @ts-check
import { parts } from "../kinds.mjs";

/** @typedef {import("../kinds.mjs").Kind} Kind */
/** @typedef {import("../kinds.mjs").Fields} Fields */
/** @typedef {import("../shapes.mjs").Shape} Shape */

/** @param {Kind} kind @returns {string} */
function typeOf(kind) {
  switch (kind.kind) {
    case "string":
      return "Type.String()";
    case "number":
      return "Type.Number()";
    case "boolean":
      return "Type.Boolean()";
    case "text":
      return `Type.String({ minLength: ${kind.min}, maxLength: ${kind.max} })`;
    case "integer":
      return `Type.Integer({ minimum: ${kind.min} })`;
    case "enum":
      return `Type.Enum(${JSON.stringify(kind.values)})`;
    case "strings":
      return "Type.Array(Type.String())";
    case "list":
      return `Type.Array(${kind.of})`;
    case "map":
      return `Type.Record(Type.String(), ${typeOf(kind.of)})`;
    case "object":
      return objectOf(kind.fields, kind.closed === true);
  }
}

/** @param {Fields} fields @param {boolean} closed @returns {string} */
function objectOf(fields, closed, first = "") {
  const rows = Object.entries(fields).map(
    ([key, field]) =>
      `${JSON.stringify(key)}: ${field.optional ? `Type.Optional(${typeOf(field)})` : typeOf(field)}`,
  );
  const options = closed ? ", { additionalProperties: false }" : "";
  return `Type.Object({ ${[...(first ? [first] : []), ...rows].join(", ")} }${options})`;
}

/** Compiled with `eval`, as its documentation does. @param {readonly Shape[]} shapes */
export function typebox(shapes) {
  const shared = Object.entries(parts).map(([name, part]) => `const ${name} = ${typeOf(part)};`);
  const messages = shapes.map(
    ({ type, closed, fields }) =>
      `  ${objectOf(fields, closed, `type: Type.Literal(${JSON.stringify(type)})`)},`,
  );
  return `import Type from "typebox";
import { Compile } from "typebox/compile";
${shared.join("\n")}
const schema = Compile(Type.Union([
${messages.join("\n")}
]));
export const valid = (value) => schema.Check(value);
export const explain = (value) => {
  if (schema.Check(value)) return "";
  const [error] = schema.Errors(value);
  return error.instancePath + error.message;
};
`;
}
