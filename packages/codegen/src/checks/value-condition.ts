import { isObject, type Json, type JsonObject, own } from "../json.js";
import { lowerPattern } from "../patterns/lower-pattern.js";
import { conjuncts } from "../read/references.js";
import { quoted } from "./access.js";
import type { CheckCompiler, CheckOptions, Site } from "./check-compiler.js";
import { and, type Code } from "./code.js";

function numberOf(schema: JsonObject, keyword: string): number | undefined {
  const value = own(schema, keyword);
  return typeof value === "number" ? value : undefined;
}

/** A regular expression literal. */
function expression(source: string): string {
  const body =
    source === ""
      ? "(?:)"
      : source.replace(/(\\.|\[(?:\\.|[^\]\\])*\])|\//gs, (_, kept?: string) => kept ?? "\\/");
  const safe = body
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return `/${safe}/u`;
}

/** The condition that a pattern puts on a text. */
export function patternCondition(code: Code, source: string, value: string): string {
  const lowered = lowerPattern(source);
  switch (lowered.kind) {
    case "always":
      return "true";
    case "equals":
      return `${value} === ${quoted(lowered.text)}`;
    case "expression":
      return `${code.shared("pattern", expression(lowered.source))}.test(${value})`;
    default:
      return `${value}.${lowered.kind}(${quoted(lowered.text)})`;
  }
}

function formatCondition(
  code: Code,
  { assertFormats }: CheckOptions,
  schema: JsonObject,
  value: string,
): string {
  const format = own(schema, "format");
  if (!assertFormats || typeof format !== "string") return "true";
  return `${code.use("isFormat")}(${quoted(format)}, ${value})`;
}

/** The condition that keywords of texts put on a text: lengths first, which bound the work of patterns. */
export function textCondition({ code, options }: CheckCompiler, { value }: Site, schema: JsonObject): string {
  const min = numberOf(schema, "minLength") ?? 0;
  const max = numberOf(schema, "maxLength");
  const pattern = own(schema, "pattern");
  return and(
    max === undefined ? "true" : `${code.use("hasMaxLength")}(${value}, ${max})`,
    min <= 0 ? "true" : min <= 1 ? `${value} !== ""` : `${code.use("hasMinLength")}(${value}, ${min})`,
    typeof pattern === "string" ? patternCondition(code, pattern, value) : "true",
    formatCondition(code, options, schema, value),
  );
}

/** The condition that keywords of numbers put on a finite number. */
export function numberCondition(
  { code, options }: CheckCompiler,
  { value }: Site,
  schema: JsonObject,
): string {
  const bound = (keyword: string, operator: string): string => {
    const limit = numberOf(schema, keyword);
    return limit === undefined ? "true" : `${value} ${operator} ${JSON.stringify(limit)}`;
  };
  const divisor = numberOf(schema, "multipleOf");
  return and(
    formatCondition(code, options, schema, value),
    bound("minimum", ">="),
    bound("maximum", "<="),
    bound("exclusiveMinimum", ">"),
    bound("exclusiveMaximum", "<"),
    divisor === undefined ? "true" : `${code.use("isMultipleOf")}(${value}, ${divisor})`,
  );
}

/** Whether a schema refuses `undefined` by itself, so that presence need not be asked first. */
export function refusesUndefined(root: Json, schema: Json): boolean {
  return [...conjuncts(root, { pointer: "", schema })].some(
    ({ schema: part }) =>
      isObject(part) && ["type", "const", "enum"].some((keyword) => own(part, keyword) !== undefined),
  );
}
