import { own } from "@hivewire/codegen";
import type { Compiler, Site } from "./compile.js";
import { type Item, not } from "./node.js";

function branches(compiler: Compiler, site: Site, keyword: string): readonly Item[] | undefined {
  const value = own(site.schema, keyword);
  if (!Array.isArray(value)) return undefined;
  return value.map((_, index) => compiler.inPlace(site, [keyword, index]));
}

/** Each branch of `anyOf` that holds declares something, also beside others. */
function declaredBeside({ formulas }: Compiler, any: readonly Item[]): readonly Item[] {
  const marked = any.filter(({ node, positive }) => positive && node.base);
  return marked.map((branch) => formulas.any([not(branch), branch]));
}

/** What a schema says by other schemas about the same value: JSON Schema Core 2020-12, section 10.2. */
export function compileLogic(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const { schema } = site;
  const items: Item[] = [...(branches(compiler, site, "allOf") ?? [])];
  const any = branches(compiler, site, "anyOf");
  if (any) items.push(formulas.any(any), ...declaredBeside(compiler, any));
  const one = branches(compiler, site, "oneOf");
  if (one) items.push(formulas.one(one));
  if (own(schema, "not") !== undefined) items.push(not(compiler.plain(site, ["not"])));
  if (own(schema, "if") === undefined) return items;
  const condition = compiler.plain(site, ["if"]);
  // Values for which the condition holds are described by it, too.
  const yes = formulas.all([
    ...(site.sender ? [compiler.inPlace(site, ["if"])] : []),
    ...(own(schema, "then") === undefined ? [] : [compiler.inPlace(site, ["then"])]),
  ]);
  const no = own(schema, "else") === undefined ? formulas.always : compiler.inPlace(site, ["else"]);
  return [...items, formulas.any([not(condition), yes]), formulas.any([condition, no])];
}
