/**
 * `formats.ts`, made only when formats are asserted: the tests of ajv-formats, which the project then depends on.
 * Formats it does not know hold, as in Ajv.
 */
export function emitFormats(): string {
  return `import { fullFormats } from "ajv-formats/dist/formats.js";

const formats: ReadonlyMap<string, unknown> = new Map(Object.entries(fullFormats));

function passes(test: unknown, value: string | number): boolean {
  if (test instanceof RegExp) return typeof value !== "string" || test.test(value);
  return typeof test !== "function" || Boolean(test(value));
}

/** Whether a value has a format; values that the format does not speak of have it. */
export function isFormat(name: string, value: string | number): boolean {
  const format = formats.get(name);
  if (typeof format !== "object" || format === null || format instanceof RegExp)
    return typeof value !== "string" || passes(format, value);
  const speaksOf = "type" in format && format.type === "number" ? "number" : "string";
  return typeof value !== speaksOf || !("validate" in format) || passes(format.validate, value);
}
`;
}
