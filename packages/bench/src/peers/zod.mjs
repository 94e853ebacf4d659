// @ts-check
import { parts } from "../kinds.mjs";

/** @typedef {import("../kinds.mjs").Kind} Kind */
/** @typedef {import("../kinds.mjs").Fields} Fields */
/** @typedef {import("../shapes.mjs").Shape} Shape */

/** @param {Kind} kind @returns {string} */
function typeOf(kind) {
  switch (kind.kind) {
    case "text":
      return `z.string().min(${kind.min}).max(${kind.max})`;
    case "integer":
      return `z.int().min(${kind.min})`;
    case "enum":
      return `z.enum(${JSON.stringify(kind.values)})`;
    case "strings":
      return "z.array(z.string())";
    case "list":
      return `z.array(${kind.of})`;
    case "map":
      return `z.record(z.string(), ${typeOf(kind.of)})`;
    case "object":
      return objectOf(kind.fields, kind.closed === true);
    default:
      return `z.${kind.kind}()`;
  }
}

/** `z.object` accepts unknown keys and is the fastest of the three. @param {Fields} fields @param {boolean} closed */
function objectOf(fields, closed, first = "") {
  const rows = Object.entries(fields).map(
    ([key, field]) => `${JSON.stringify(key)}: ${typeOf(field)}${field.optional ? ".optional()" : ""}`,
  );
  return `z.${closed ? "strictObject" : "object"}({ ${[...(first ? [first] : []), ...rows].join(", ")} })`;
}

/** @param {readonly Shape[]} shapes @param {boolean} jitless */
function moduleOf(shapes, jitless) {
  const shared = Object.entries(parts).map(([name, part]) => `const ${name} = ${typeOf(part)};`);
  const messages = shapes.map(
    ({ type, closed, fields }) =>
      `  ${objectOf(fields, closed, `type: z.literal(${JSON.stringify(type)})`)},`,
  );
  return `import * as z from "zod";
${jitless ? "z.config({ jitless: true });" : ""}
${shared.join("\n")}
const schema = z.discriminatedUnion("type", [
${messages.join("\n")}
]);
export const valid = (value) => schema.safeParse(value).success;
export const explain = (value) => {
  const result = schema.safeParse(value);
  return result.success ? "" : result.error.issues[0].path.join("/") + result.error.issues[0].message;
};
`;
}

/** zod 4 as it comes: it writes and evaluates code where it may. @param {readonly Shape[]} shapes */
export const zod = (shapes) => moduleOf(shapes, false);

/** zod 4 where a content security policy forbids \`eval\`. @param {readonly Shape[]} shapes */
export const zodJitless = (shapes) => moduleOf(shapes, true);
