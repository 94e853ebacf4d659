import { fullFormats } from "ajv-formats/dist/formats.js";

/** Texts of each format, for witnesses. */
const samples: Readonly<Record<string, readonly string[]>> = {
  date: ["2026-03-02", "2000-02-29"],
  time: ["10:15:30Z", "23:59:59.5+01:00"],
  "date-time": ["2026-03-02T10:15:30Z", "2000-02-29T23:59:59.5+01:00"],
  duration: ["P1D", "PT5M"],
  email: ["a@example.com", "first.last@example.org"],
  hostname: ["example.com", "a"],
  ipv4: ["192.0.2.1", "10.0.0.1"],
  ipv6: ["2001:db8::1", "::1"],
  uri: ["https://example.com/a", "urn:a:b"],
  "uri-reference": ["https://example.com/a", "/a", "a"],
  "uri-template": ["https://example.com/{a}", "a"],
  uuid: ["5f3c1f0e-7a51-4c1b-9a0e-2f4f0f6d8f11", "00000000-0000-4000-8000-000000000000"],
  "json-pointer": ["", "/a", "/a/0"],
  "relative-json-pointer": ["0", "1/a"],
  regex: ["a", "^a+$"],
};

/** Texts that belong to the format; empty for one that is not known. */
export function formatSamples(name: string): readonly string[] {
  return Object.hasOwn(samples, name) ? (samples[name] ?? []) : [];
}

function formatOf(name: string): unknown {
  return Object.hasOwn(fullFormats, name) ? Reflect.get(fullFormats, name) : true;
}

/** Whether the format is about numbers, as OpenAPI's `int32` is. */
export function isNumberFormat(name: string): boolean {
  const format = formatOf(name);
  return typeof format === "object" && format !== null && Reflect.get(format, "type") === "number";
}

/** Whether a text has a format, as ajv-formats decides it; formats that it does not know accept every text. */
export function formatAccepts(name: string, text: string): boolean {
  return isNumberFormat(name) || testFormat(formatOf(name), text);
}

/** The whole numbers that a format of numbers lets pass; undefined for one that is not about them. */
export function wholeNumbersOf(name: string): { readonly least: number; readonly most: number } | undefined {
  if (name === "int32") return { least: -(2 ** 31), most: 2 ** 31 - 1 };
  return name === "int64" ? { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY } : undefined;
}

function testFormat(format: unknown, text: string): boolean {
  if (format instanceof RegExp) return format.test(text);
  if (typeof format === "function") return format(text) === true;
  if (typeof format === "object" && format !== null && "validate" in format)
    return testFormat(format.validate, text);
  return true;
}
