import { own } from "@hivewire/codegen";
import type { Compiler, Site } from "./compile.js";
import { countOf } from "./compile-value.js";
import { type Item, not } from "./node.js";

/** What a schema says about arrays: JSON Schema Validation 2020-12, section 6.4, and Core, section 10.3.1. */
export function compileArray(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const { schema } = site;
  const least = Math.ceil(countOf(schema, "minItems") ?? 0);
  const most = Math.floor(countOf(schema, "maxItems") ?? Number.POSITIVE_INFINITY);
  const items = [...formulas.between("minItems", "array", least, most)];
  const prefix = own(schema, "prefixItems");
  const count = Array.isArray(prefix) ? prefix.length : 0;
  for (let index = 0; index < count; index++) {
    const value = compiler.inside(site, ["prefixItems", index]);
    if (!formulas.isAlways(value)) items.push(formulas.make({ kind: "item", index, value }));
  }
  if (own(schema, "items") !== undefined) {
    const value = compiler.inside(site, ["items"]);
    if (!formulas.isAlways(value)) items.push(formulas.make({ kind: "tail", from: count, value }));
  }
  if (own(schema, "uniqueItems") === true) items.push(formulas.make({ kind: "unique" }));
  if (own(schema, "contains") !== undefined) items.push(...compileContains(compiler, site));
  return items;
}

function compileContains(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const value = compiler.plain(site, ["contains"]);
  const least = Math.ceil(countOf(site.schema, "minContains") ?? 1);
  const most = countOf(site.schema, "maxContains");
  const items = least <= 0 ? [] : [formulas.make({ kind: "atLeast", least, value })];
  if (site.sender) {
    // Items that are contained are described by that, too.
    const described = formulas.any([not(value), compiler.inPlace(site, ["contains"])]);
    if (!formulas.isAlways(described)) items.push(formulas.make({ kind: "tail", from: 0, value: described }));
  }
  if (most === undefined) return items;
  const tooMany = formulas.make({ kind: "atLeast", least: Math.floor(most) + 1, value });
  return [...items, formulas.guarded("array", not(tooMany))];
}
