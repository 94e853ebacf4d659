import { isStringArray, type Json, own } from "@hivewire/codegen";
import { isNumberFormat, wholeNumbersOf } from "../evaluate/formats.js";
import type { Compiler, Site } from "./compile.js";
import { type Item, isScalar, type JsonType, not } from "./node.js";

const typesByName: ReadonlyMap<string, JsonType> = new Map([
  ["null", "null"],
  ["boolean", "boolean"],
  ["number", "number"],
  ["integer", "number"],
  ["string", "string"],
  ["array", "array"],
  ["object", "object"],
]);

function compileType({ formulas }: Compiler, { schema }: Site): readonly Item[] {
  const type = own(schema, "type");
  const names = typeof type === "string" ? [type] : isStringArray(type) ? type : undefined;
  if (!names) return [];
  const all = own(schema, "nullable") === true ? [...names, "null"] : names;
  const types = [...new Set(all.flatMap((name) => typesByName.get(name) ?? []))];
  const whole = formulas.make({ kind: "multiple", divisor: 1 });
  const isWhole = all.includes("integer") && !all.includes("number");
  return [formulas.types(types), ...(isWhole ? [whole] : [])];
}

function compileEnum({ formulas }: Compiler, { schema }: Site): readonly Item[] {
  const constant = own(schema, "const");
  const values = own(schema, "enum");
  const items: Item[] = constant === undefined ? [] : [formulas.constant(constant)];
  if (Array.isArray(values)) {
    const scalars = values.filter((value: Json) => isScalar(value));
    const others = values.filter((value: Json) => !isScalar(value));
    items.push(
      formulas.any([formulas.among(scalars), ...others.map((value: Json) => formulas.constant(value))]),
    );
  }
  return items;
}

function compileNumber({ formulas, settings }: Compiler, { schema }: Site): readonly Item[] {
  const items: Item[] = [];
  const over = (keyword: string, exclusive: boolean, isUpper: boolean): void => {
    const limit = own(schema, keyword);
    if (typeof limit !== "number") return;
    // An upper bound is what is not above it.
    const atom = formulas.make({ kind: "over", limit, exclusive: isUpper ? !exclusive : exclusive });
    items.push(isUpper ? formulas.guarded("number", not(atom)) : atom);
  };
  over("minimum", false, false);
  over("exclusiveMinimum", true, false);
  over("maximum", false, true);
  over("exclusiveMaximum", true, true);
  const format = own(schema, "format");
  const whole = settings.assertFormats && typeof format === "string" ? wholeNumbersOf(format) : undefined;
  if (whole) {
    const tooLarge = formulas.make({ kind: "over", limit: whole.most, exclusive: true });
    items.push(
      formulas.make({ kind: "multiple", divisor: 1 }),
      formulas.make({ kind: "over", limit: whole.least, exclusive: false }),
      formulas.guarded("number", not(tooLarge)),
    );
  }
  const divisor = own(schema, "multipleOf");
  if (typeof divisor !== "number") return items;
  const isDivisor = divisor > 0 && Number.isFinite(divisor);
  const reason = `no number is a multiple of ${divisor}`;
  return [...items, formulas.make(isDivisor ? { kind: "multiple", divisor } : { kind: "opaque", reason })];
}

/** A count that a keyword gives; undefined when it gives none. */
export function countOf(schema: Site["schema"], keyword: string): number | undefined {
  const value = own(schema, keyword);
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function compileString({ formulas, settings }: Compiler, { schema }: Site): readonly Item[] {
  const least = Math.ceil(countOf(schema, "minLength") ?? 0);
  const most = Math.floor(countOf(schema, "maxLength") ?? Number.POSITIVE_INFINITY);
  const items = [...formulas.between("minLength", "string", least, most)];
  const source = own(schema, "pattern");
  if (typeof source === "string") items.push(formulas.make({ kind: "pattern", source }));
  const name = own(schema, "format");
  const isAsserted = settings.assertFormats && typeof name === "string" && !isNumberFormat(name);
  if (isAsserted) items.push(formulas.make({ kind: "format", name }));
  return items;
}

/** What a schema says about scalars: JSON Schema Validation 2020-12, sections 6.1 to 6.3 and 7. */
export function compileValue(compiler: Compiler, site: Site): readonly Item[] {
  return [
    ...compileType(compiler, site),
    ...compileEnum(compiler, site),
    ...compileNumber(compiler, site),
    ...compileString(compiler, site),
  ];
}
