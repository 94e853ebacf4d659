import { isObject, type Json, type JsonObject, own, pointerOf } from "@hivewire/codegen";
import { assertions } from "./assertions.js";
import { patternAccepts } from "./pattern-accepts.js";
import { type Plan, planOf } from "./plan.js";
import type { EvaluateSettings, Refusal } from "./refusal.js";

/** What a schema says of a value. */
export interface Verdict {
  readonly refusals: readonly Refusal[];
  /** Evaluated members. */
  readonly members: ReadonlySet<string>;
  /** Evaluated items. */
  readonly items: ReadonlySet<number>;
  /** Visits of a schema to a value that it takes. */
  readonly cost: number;
}

/** Holds schemas against values. */
export interface Holder {
  readonly settings: EvaluateSettings;
  /** Holds a schema, which stands at a pointer, against a value at a place. */
  visit(schema: Json, pointer: string, value: Json, at: string): Verdict;
  /** Holds what a reference leads to against it. */
  follow(reference: Json, value: Json, at: string): Verdict;
}

/** Most refusals of one schema that are told. */
const maxRefusals = 500;

/** One schema held against one value. */
export class Visit {
  readonly #refusals: Refusal[] = [];
  readonly #members = new Set<string>();
  readonly #items = new Set<number>();
  readonly #plan: Plan;
  #cost = 1;

  constructor(
    readonly holder: Holder,
    readonly schema: JsonObject,
    readonly pointer: string,
    readonly value: Json,
    readonly at: string,
  ) {
    this.#plan = planOf(schema);
  }

  /** What the schema says. */
  run(): Verdict {
    const { schema, value, holder } = this;
    for (const row of assertions(schema, value, holder.settings)) this.#refuse(row.keyword, row.key);
    const { reference, hasUnions, hasConditions, hasItems, hasMembers } = this.#plan;
    if (reference !== undefined) this.#demand(this.#count(holder.follow(reference, value, this.at)));
    if (hasUnions) this.#unions();
    if (hasConditions) this.#conditions();
    if (hasItems && Array.isArray(value)) this.#array(value);
    if (hasMembers && isObject(value)) this.#object(value);
    return { refusals: this.#refusals, members: this.#members, items: this.#items, cost: this.#cost };
  }

  #refuse(keyword: string, key?: string, branches: readonly (readonly Refusal[])[] = []): void {
    const schemaPointer = `${this.pointer}/${keyword}`;
    this.#add([{ keyword, schemaPointer, valuePointer: this.at, key, branches }]);
  }

  #add(refusals: readonly Refusal[]): void {
    for (const refusal of refusals) {
      if (this.#refusals.length >= maxRefusals) return;
      this.#refusals.push(refusal);
    }
  }

  #count(verdict: Verdict): Verdict {
    this.#cost += verdict.cost;
    return verdict;
  }

  /** Holds a schema below this one against the value itself. */
  #inPlace(schema: Json, path: string): Verdict {
    return this.#count(this.holder.visit(schema, `${this.pointer}/${path}`, this.value, this.at));
  }

  #keep({ members, items }: Verdict): void {
    for (const name of members) this.#members.add(name);
    for (const index of items) this.#items.add(index);
  }

  #demand(verdict: Verdict): void {
    this.#add(verdict.refusals);
    this.#keep(verdict);
  }

  #branches(keyword: string): readonly Verdict[] | undefined {
    const branches = own(this.schema, keyword);
    if (!Array.isArray(branches)) return undefined;
    return branches.map((branch: Json, index) => this.#inPlace(branch, `${keyword}/${index}`));
  }

  #unions(): void {
    for (const verdict of this.#branches("allOf") ?? []) this.#demand(verdict);
    for (const keyword of ["anyOf", "oneOf"]) {
      const verdicts = this.#branches(keyword);
      if (!verdicts) continue;
      const accepted = verdicts.filter(({ refusals }) => refusals.length === 0);
      for (const verdict of accepted) this.#keep(verdict);
      const isMet = keyword === "anyOf" ? accepted.length > 0 : accepted.length === 1;
      const why = accepted.length > 0 ? [] : verdicts.map(({ refusals }) => refusals);
      if (!isMet) this.#refuse(keyword, undefined, why);
    }
    const denied = own(this.schema, "not");
    if (denied !== undefined && this.#inPlace(denied, "not").refusals.length === 0) this.#refuse("not");
  }

  #conditions(): void {
    const condition = own(this.schema, "if");
    if (condition !== undefined) {
      const verdict = this.#inPlace(condition, "if");
      const holds = verdict.refusals.length === 0;
      if (holds) this.#keep(verdict);
      const keyword = holds ? "then" : "else";
      const next = own(this.schema, keyword);
      if (next !== undefined) this.#demand(this.#inPlace(next, keyword));
    }
    const { value } = this;
    if (!isObject(value)) return;
    for (const { name, schema, path } of this.#plan.dependent)
      if (Object.hasOwn(value, name)) this.#demand(this.#inPlace(schema, path));
  }

  /** Holds a schema below this one against an item or member. */
  #inside(schema: Json, path: string, key: string | number, child: Json): Verdict {
    const at = this.at + pointerOf([key]);
    return this.#count(this.holder.visit(schema, `${this.pointer}/${path}`, child, at));
  }

  #array(value: readonly Json[]): void {
    const prefix = own(this.schema, "prefixItems");
    const places: readonly Json[] = Array.isArray(prefix) ? prefix : [];
    const rest = own(this.schema, "items");
    for (const [index, item] of value.entries()) {
      const isPlace = index < places.length;
      const schema = isPlace ? places[index] : rest;
      if (schema === undefined) break;
      this.#add(this.#inside(schema, isPlace ? `prefixItems/${index}` : "items", index, item).refusals);
      this.#items.add(index);
    }
    this.#contains(value);
    const unevaluated = own(this.schema, "unevaluatedItems");
    if (unevaluated === undefined) return;
    for (const [index, item] of value.entries()) {
      if (this.#items.has(index)) continue;
      this.#add(this.#inside(unevaluated, "unevaluatedItems", index, item).refusals);
      this.#items.add(index);
    }
  }

  #contains(value: readonly Json[]): void {
    const contains = own(this.schema, "contains");
    if (contains === undefined) return;
    let count = 0;
    for (const [index, item] of value.entries()) {
      if (this.#inside(contains, "contains", index, item).refusals.length > 0) continue;
      count++;
      this.#items.add(index);
    }
    const least = own(this.schema, "minContains");
    const most = own(this.schema, "maxContains");
    if (count < (typeof least === "number" ? least : 1))
      this.#refuse(least === undefined ? "contains" : "minContains");
    if (typeof most === "number" && count > most) this.#refuse("maxContains");
  }

  #object(value: JsonObject): void {
    const names = Object.keys(value);
    const check = (schema: Json, path: string, key: string): void => {
      this.#add(this.#inside(schema, path, key, own(value, key) ?? null).refusals);
    };
    const local = new Set<string>();
    for (const { name, schema, path } of this.#plan.properties) {
      if (!Object.hasOwn(value, name)) continue;
      local.add(name);
      check(schema, path, name);
    }
    for (const { name: source, schema, path } of this.#plan.patterns)
      for (const key of names) {
        if (patternAccepts(source, key) !== true) continue;
        local.add(key);
        check(schema, path, key);
      }
    const rest = own(this.schema, "additionalProperties");
    if (rest !== undefined)
      for (const key of names) {
        if (local.has(key)) continue;
        local.add(key);
        if (rest === false) this.#refuse("additionalProperties", key);
        else check(rest, "additionalProperties", key);
      }
    for (const key of local) this.#members.add(key);
    const nameSchema = own(this.schema, "propertyNames");
    if (nameSchema !== undefined)
      for (const key of names)
        if (this.#inside(nameSchema, "propertyNames", key, key).refusals.length > 0)
          this.#refuse("propertyNames", key);
    const unevaluated = own(this.schema, "unevaluatedProperties");
    if (unevaluated === undefined) return;
    for (const key of names) {
      if (this.#members.has(key)) continue;
      if (unevaluated === false) this.#refuse("unevaluatedProperties", key);
      else check(unevaluated, "unevaluatedProperties", key);
      this.#members.add(key);
    }
  }
}
