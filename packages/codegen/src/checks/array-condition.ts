import { type Json, type JsonObject, own } from "../json.js";
import type { CheckCompiler, Site } from "./check-compiler.js";
import { unevaluatedItems } from "./closed.js";
import { and, not, or } from "./code.js";

/** A loop over items from an index on. */
function everyFrom(compiler: CheckCompiler, site: Site, from: number, schema: Json, path: string): string {
  if (schema === false) return `${site.value}.length <= ${from}`;
  const condition = compiler.nested({ ...site, value: "v" }, [path], schema, "x", "item");
  if (condition === "true") return "true";
  return compiler.call(
    { ...site, stem: `${site.stem}_items` },
    `{ for (let i = ${from}; i < v.length; i++) { const x = v[i]; if (${not(condition)}) return false; } return true; }`,
  );
}

function containsCondition(compiler: CheckCompiler, site: Site, schema: JsonObject): string {
  const contains = own(schema, "contains");
  if (contains === undefined) return "true";
  const min = own(schema, "minContains") ?? 1;
  const max = own(schema, "maxContains");
  const condition = compiler.nested({ ...site, value: "v" }, ["contains"], contains, "x", "contained");
  const enough = and(
    Number(min) <= 0 ? "true" : `n >= ${Number(min)}`,
    max === undefined ? "true" : `n <= ${Number(max)}`,
  );
  if (enough === "true") return "true";
  return compiler.call(
    { ...site, stem: `${site.stem}_contains` },
    `{ let n = 0; for (let i = 0; i < v.length; i++) { const x = v[i]; if (${condition}) n++; } return ${enough}; }`,
  );
}

/** The condition that keywords of arrays put on an array. */
export function arrayCondition(compiler: CheckCompiler, site: Site, schema: JsonObject): string {
  const { value } = site;
  const min = own(schema, "minItems");
  const max = own(schema, "maxItems");
  const prefix = own(schema, "prefixItems");
  const items = own(schema, "items");
  const tuple: readonly Json[] = Array.isArray(prefix) ? prefix : [];
  const unevaluated = unevaluatedItems(compiler.root, schema);
  return and(
    typeof min === "number" && min > 0 ? `${value}.length >= ${min}` : "true",
    typeof max === "number" ? `${value}.length <= ${max}` : "true",
    ...tuple.map((inner, index) => {
      const condition = compiler.nested(
        site,
        ["prefixItems", index],
        inner,
        `${value}[${index}]`,
        `item${index}`,
      );
      const there = typeof min === "number" && min > index;
      return condition === "true" || there ? condition : or(`${value}.length <= ${index}`, condition);
    }),
    items === undefined ? "true" : everyFrom(compiler, site, tuple.length, items, "items"),
    unevaluated === undefined
      ? "true"
      : everyFrom(compiler, site, unevaluated.from, unevaluated.schema, "unevaluatedItems"),
    containsCondition(compiler, site, schema),
    own(schema, "uniqueItems") === true ? `${compiler.code.use("hasUniqueItems")}(${value})` : "true",
  );
}
