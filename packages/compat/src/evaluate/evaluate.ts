import {
  isObject,
  type Json,
  type JsonObject,
  localPointer,
  own,
  pointerOf,
  valueAt,
} from "@hivewire/codegen";
import { mapOf } from "../formula/document.js";
import { patternAccepts } from "../solve/holds.js";
import { assertions } from "./assertions.js";
import type { EvaluateSettings, Refusal } from "./refusal.js";

/** What a schema says of a value. */
interface Verdict {
  readonly refusals: readonly Refusal[];
  /** Evaluated members. */
  readonly members: ReadonlySet<string>;
  /** Evaluated items. */
  readonly items: ReadonlySet<number>;
}

/** Deepest nesting of schemas that is followed: what goes deeper counts as refused, and the stack holds it. */
const maxDepth = 800;

const noMembers: ReadonlySet<string> = new Set();
const noItems: ReadonlySet<number> = new Set();

/**
 * Judges values by a schema as draft 2020-12 words it, keyword by keyword. It shares nothing with the search for
 * witnesses, which it confirms.
 */
export class Evaluator {
  constructor(
    readonly root: Json,
    readonly settings: EvaluateSettings,
  ) {}

  /** Every reason for which the schema at a pointer refuses a value; none when it accepts it. */
  refusals(pointer: string, value: Json): readonly Refusal[] {
    return this.#visit(valueAt(this.root, pointer) ?? true, pointer, value, "", 0).refusals;
  }

  /** Whether the schema at a pointer accepts a value. */
  accepts(pointer: string, value: Json): boolean {
    return this.refusals(pointer, value).length === 0;
  }

  #visit(schema: Json, pointer: string, value: Json, at: string, depth: number): Verdict {
    if (!isObject(schema) || depth > maxDepth) {
      const refused = schema === false || depth > maxDepth;
      const refusal = {
        keyword: "false",
        schemaPointer: pointer,
        valuePointer: at,
        key: undefined,
        branches: [],
      };
      return { refusals: refused ? [refusal] : [], members: noMembers, items: noItems };
    }
    return new Visit(this, schema, pointer, value, at, (inner, where, child, place) =>
      this.#visit(inner, where, child, place, depth + 1),
    ).run();
  }
}

type Descend = (schema: Json, pointer: string, value: Json, at: string) => Verdict;

/** One schema held against one value. */
class Visit {
  readonly #refusals: Refusal[] = [];
  readonly #members = new Set<string>();
  readonly #items = new Set<number>();

  constructor(
    readonly evaluator: Evaluator,
    readonly schema: JsonObject,
    readonly pointer: string,
    readonly value: Json,
    readonly at: string,
    readonly descend: Descend,
  ) {}

  run(): Verdict {
    const { schema, value, evaluator } = this;
    for (const row of assertions(schema, value, evaluator.settings)) this.#refuse(row.keyword, row.key);
    this.#reference();
    this.#unions();
    this.#condition();
    if (Array.isArray(value)) this.#array(value);
    if (isObject(value)) this.#object(value);
    return { refusals: this.#refusals, members: this.#members, items: this.#items };
  }

  #refuse(keyword: string, key?: string, branches: readonly (readonly Refusal[])[] = []): void {
    const schemaPointer = `${this.pointer}/${keyword}`;
    this.#refusals.push({ keyword, schemaPointer, valuePointer: this.at, key, branches });
  }

  /** Holds a schema against the value itself. */
  #inPlace(path: readonly (string | number)[]): Verdict {
    const pointer = this.pointer + pointerOf(path);
    return this.descend(valueAt(this.schema, pointerOf(path)) ?? true, pointer, this.value, this.at);
  }

  #keep({ members, items }: Verdict): void {
    for (const name of members) this.#members.add(name);
    for (const index of items) this.#items.add(index);
  }

  #demand(verdict: Verdict): void {
    this.#refusals.push(...verdict.refusals);
    this.#keep(verdict);
  }

  #reference(): void {
    const reference = own(this.schema, "$ref");
    const pointer = typeof reference === "string" ? localPointer(reference) : undefined;
    if (pointer === undefined) return;
    const target = valueAt(this.evaluator.root, pointer);
    if (target !== undefined) this.#demand(this.descend(target, pointer, this.value, this.at));
  }

  #branches(keyword: string): readonly Verdict[] | undefined {
    const branches = own(this.schema, keyword);
    return Array.isArray(branches) ? branches.map((_, index) => this.#inPlace([keyword, index])) : undefined;
  }

  #unions(): void {
    for (const verdict of this.#branches("allOf") ?? []) this.#demand(verdict);
    for (const keyword of ["anyOf", "oneOf"]) {
      const verdicts = this.#branches(keyword);
      if (!verdicts) continue;
      const accepted = verdicts.filter(({ refusals }) => refusals.length === 0);
      for (const verdict of accepted) this.#keep(verdict);
      const isMet = keyword === "anyOf" ? accepted.length > 0 : accepted.length === 1;
      if (!isMet) {
        const why = accepted.length > 0 ? [] : verdicts.map(({ refusals }) => refusals);
        this.#refuse(keyword, undefined, why);
      }
    }
    if (own(this.schema, "not") !== undefined && this.#inPlace(["not"]).refusals.length === 0)
      this.#refuse("not");
  }

  #condition(): void {
    if (own(this.schema, "if") !== undefined) {
      const verdict = this.#inPlace(["if"]);
      const holds = verdict.refusals.length === 0;
      if (holds) this.#keep(verdict);
      const next = holds ? "then" : "else";
      if (own(this.schema, next) !== undefined) this.#demand(this.#inPlace([next]));
    }
    const { value } = this;
    if (!isObject(value)) return;
    for (const [key] of mapOf(this.schema, "dependentSchemas"))
      if (own(value, key) !== undefined) this.#demand(this.#inPlace(["dependentSchemas", key]));
  }

  /** Holds a schema against an item or member. */
  #inside(path: readonly (string | number)[], key: string | number, child: Json): boolean {
    const pointer = this.pointer + pointerOf(path);
    const schema = valueAt(this.schema, pointerOf(path)) ?? true;
    const { refusals } = this.descend(schema, pointer, child, this.at + pointerOf([key]));
    this.#refusals.push(...refusals);
    return refusals.length === 0;
  }

  #array(value: readonly Json[]): void {
    const prefix = own(this.schema, "prefixItems");
    const count = Array.isArray(prefix) ? prefix.length : 0;
    for (const [index, item] of value.entries()) {
      if (index < count) this.#inside(["prefixItems", index], index, item);
      else if (own(this.schema, "items") !== undefined) this.#inside(["items"], index, item);
      else continue;
      this.#items.add(index);
    }
    const contains = own(this.schema, "contains");
    if (contains !== undefined) {
      const pointer = `${this.pointer}/contains`;
      const matches = value.flatMap((item, index) =>
        this.descend(contains, pointer, item, this.at).refusals.length === 0 ? [index] : [],
      );
      for (const index of matches) this.#items.add(index);
      const least = own(this.schema, "minContains") ?? 1;
      const most = own(this.schema, "maxContains");
      if (typeof least === "number" && matches.length < least)
        this.#refuse(own(this.schema, "minContains") === undefined ? "contains" : "minContains");
      if (typeof most === "number" && matches.length > most) this.#refuse("maxContains");
    }
    if (own(this.schema, "unevaluatedItems") === undefined) return;
    for (const [index, item] of value.entries()) {
      if (this.#items.has(index)) continue;
      this.#inside(["unevaluatedItems"], index, item);
      this.#items.add(index);
    }
  }

  #object(value: JsonObject): void {
    const names = Object.keys(value);
    const local = new Set<string>();
    const check = (path: readonly string[], key: string): void => {
      local.add(key);
      this.#inside(path, key, own(value, key) ?? null);
    };
    for (const [key] of mapOf(this.schema, "properties"))
      if (own(value, key) !== undefined) check(["properties", key], key);
    for (const [source] of mapOf(this.schema, "patternProperties"))
      for (const key of names)
        if (patternAccepts(source, key) === true) check(["patternProperties", source], key);
    if (own(this.schema, "additionalProperties") !== undefined)
      for (const key of names.filter((name) => !local.has(name))) {
        if (own(this.schema, "additionalProperties") !== false) check(["additionalProperties"], key);
        else this.#refuse("additionalProperties", key);
        local.add(key);
      }
    for (const key of local) this.#members.add(key);
    const nameSchema = own(this.schema, "propertyNames");
    if (nameSchema !== undefined)
      for (const key of names) {
        const { refusals } = this.descend(
          nameSchema,
          `${this.pointer}/propertyNames`,
          key,
          this.at + pointerOf([key]),
        );
        if (refusals.length > 0) this.#refuse("propertyNames", key);
      }
    if (own(this.schema, "unevaluatedProperties") === undefined) return;
    for (const key of names.filter((name) => !this.#members.has(name))) {
      if (own(this.schema, "unevaluatedProperties") === false) this.#refuse("unevaluatedProperties", key);
      else this.#inside(["unevaluatedProperties"], key, own(value, key) ?? null);
      this.#members.add(key);
    }
  }
}
