import { isObject, type Json, type JsonObject, localPointer, own, pointerOf } from "@hivewire/codegen";
import type { Compiler, Site } from "./compile.js";
import { hasKey, namedBy } from "./compile-object.js";
import { mapOf } from "./document.js";
import { type Item, not } from "./node.js";

/** Which members and items other keywords have evaluated, for the values that `when` describes. */
interface Case {
  readonly when: readonly Item[];
  /** Names of evaluated members. */
  readonly names: readonly Item[];
  /** Items before this index are evaluated; infinite for all. */
  readonly prefix: number;
  /** Items that one of these accepts are evaluated. */
  readonly contains: readonly Item[];
}

/** Most ways of evaluating that are told apart. */
const maxCases = 256;

/** Deepest chain of schemas about one value. */
const maxDepth = 64;

const nothing: Case = { when: [], names: [], prefix: 0, contains: [] };

function both(a: Case, b: Case): Case {
  return {
    when: [...a.when, ...b.when],
    names: [...a.names, ...b.names],
    prefix: Math.max(a.prefix, b.prefix),
    contains: [...a.contains, ...b.contains],
  };
}

/** What a schema evaluates, by the ways in which a value can meet it; undefined when those are too many. */
class Cases {
  constructor(readonly compiler: Compiler) {}

  of(schema: Json, pointer: string, isOuter: boolean, depth = 0): readonly Case[] | undefined {
    if (!isObject(schema)) return [nothing];
    if (depth > maxDepth) return undefined;
    const parts: (readonly Case[] | undefined)[] = [[this.#ownOf(schema, pointer, isOuter)]];
    const inner = (path: readonly (string | number)[]): readonly Case[] | undefined => {
      const at = pointer + pointerOf(path);
      return this.of(this.compiler.document.at(at) ?? true, at, false, depth + 1);
    };
    const item = (path: readonly (string | number)[]): Item =>
      this.compiler.at(pointer + pointerOf(path), false);
    const reference = own(schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : undefined;
    if (target !== undefined)
      parts.push(this.of(this.compiler.document.at(target) ?? true, target, false, depth + 1));
    for (const index of indexes(schema, "allOf")) parts.push(inner(["allOf", index]));
    for (const index of indexes(schema, "anyOf"))
      parts.push(this.#maybe(item(["anyOf", index]), inner(["anyOf", index])));
    parts.push(
      this.#oneOf(indexes(schema, "oneOf").map((index) => [item(["oneOf", index]), inner(["oneOf", index])])),
    );
    for (const [key] of mapOf(schema, "dependentSchemas"))
      parts.push(this.#maybe(hasKey(this.compiler.formulas, key), inner(["dependentSchemas", key])));
    if (own(schema, "if") !== undefined) {
      const condition = item(["if"]);
      const yes = product([inner(["if"]), own(schema, "then") === undefined ? [nothing] : inner(["then"])]);
      const no = own(schema, "else") === undefined ? [nothing] : inner(["else"]);
      parts.push(this.#either(condition, yes, no));
    }
    return product(parts);
  }

  #ownOf(schema: JsonObject, pointer: string, isOuter: boolean): Case {
    const { formulas } = this.compiler;
    const has = (keyword: string): boolean => own(schema, keyword) !== undefined;
    const all = has("additionalProperties") || (!isOuter && has("unevaluatedProperties"));
    const names = all ? formulas.always : namedBy(formulas, schema);
    const prefix = own(schema, "prefixItems");
    const allItems = has("items") || (!isOuter && has("unevaluatedItems"));
    return {
      when: [],
      names: formulas.isNever(names) ? [] : [names],
      prefix: allItems ? Number.POSITIVE_INFINITY : Array.isArray(prefix) ? prefix.length : 0,
      contains: has("contains") ? [this.compiler.at(`${pointer}/contains`, false)] : [],
    };
  }

  #maybe(condition: Item, cases: readonly Case[] | undefined): readonly Case[] | undefined {
    if (cases?.every(isNothing)) return [nothing];
    return this.#either(condition, cases, [nothing]);
  }

  /** What more than one branch accepts is refused anyway: each branch is one way. */
  #oneOf(branches: readonly (readonly [Item, readonly Case[] | undefined])[]): readonly Case[] | undefined {
    if (branches.every(([, cases]) => cases?.every(isNothing))) return [nothing];
    const rows: Case[] = [];
    for (const [condition, cases] of branches) {
      if (!cases || rows.length + cases.length > maxCases) return undefined;
      rows.push(...cases.map((row) => ({ ...row, when: [condition, ...row.when] })));
    }
    return rows;
  }

  #either(
    condition: Item,
    yes: readonly Case[] | undefined,
    no: readonly Case[] | undefined,
  ): readonly Case[] | undefined {
    if (!yes || !no) return undefined;
    return [
      ...yes.map((row) => ({ ...row, when: [condition, ...row.when] })),
      ...no.map((row) => ({ ...row, when: [not(condition), ...row.when] })),
    ];
  }
}

const isNothing = ({ when, names, prefix, contains }: Case): boolean =>
  when.length === 0 && names.length === 0 && prefix === 0 && contains.length === 0;

function indexes(schema: JsonObject, keyword: string): readonly number[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? [...value.keys()] : [];
}

function product(parts: readonly (readonly Case[] | undefined)[]): readonly Case[] | undefined {
  let cases: readonly Case[] = [nothing];
  for (const part of parts) {
    if (!part || cases.length * part.length > maxCases) return undefined;
    cases = cases.flatMap((one) => part.map((other) => both(one, other)));
  }
  return cases;
}

/** `unevaluatedProperties` and `unevaluatedItems`: JSON Schema Core 2020-12, section 11. */
export function compileUnevaluated(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const hasMembers = own(site.schema, "unevaluatedProperties") !== undefined;
  const hasItems = own(site.schema, "unevaluatedItems") !== undefined;
  if (!hasMembers && !hasItems) return [];
  const cases = new Cases(compiler).of(site.schema, site.pointer, true);
  if (!cases)
    return [
      formulas.make({
        kind: "opaque",
        reason: `unevaluated values have over ${maxCases} ways to be evaluated`,
      }),
    ];
  const rows = cases.map(({ when, names, prefix, contains }) => {
    const items = [...when];
    if (hasMembers) {
      const value = compiler.inside(site, ["unevaluatedProperties"]);
      items.push(formulas.member(not(formulas.any(names)), value));
    }
    if (hasItems && Number.isFinite(prefix)) {
      const value = formulas.any([compiler.inside(site, ["unevaluatedItems"]), ...contains]);
      if (!formulas.isAlways(value)) items.push(formulas.make({ kind: "tail", from: prefix, value }));
    }
    return formulas.all(items);
  });
  return [formulas.any(rows)];
}
