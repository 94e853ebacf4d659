import { isObject, type Json, type JsonObject, keysOf, own, pointerOf, valueAt } from "../json.js";
import { literal } from "../literal.js";
import type { Route } from "../model.js";
import { pascalCase } from "../names.js";
import { discriminate } from "../read/dispatch.js";
import { targetOf } from "../read/references.js";
import { hole, quoted } from "./access.js";
import { arrayCondition } from "./array-condition.js";
import { needsAjv } from "./closed.js";
import { and, Code, choose, exactlyOne, not, or } from "./code.js";
import { objectCondition } from "./object-condition.js";
import { recursiveTargets } from "./reference-graph.js";
import { routeFunction } from "./route-code.js";
import { numberCondition, textCondition } from "./value-condition.js";

/** Where a condition is written: which schema, about which value. */
export interface Site {
  readonly schema: Json;
  readonly pointer: string;
  /** The value, as an expression without effects. */
  readonly value: string;
  /** What functions made for it are named after. */
  readonly stem: string;
  /** Inside a schema that refers to itself: functions pass on how deep they are. */
  readonly deep: boolean;
}

/** Choices that change verdicts. */
export interface CheckOptions {
  /** Whether `format` is asserted. */
  readonly assertFormats: boolean;
}

/** Longest condition that is written where a function would be called. */
const inlineLength = 90;

/** Turns schemas into conditions in JavaScript that give Ajv's verdict. */
export class CheckCompiler {
  readonly code = new Code();
  /** Schema → the function that decides about it alone, where there is one. */
  readonly guards = new Map<string, string>();
  readonly #recursive: ReadonlySet<string>;
  /** Schema that refers to itself → its function. */
  readonly #functions = new Map<string, string>();
  /** Schema that a reference leads to → its condition, about the hole. */
  readonly #conditions = new Map<string, string>();
  readonly #foreign = new Map<string, string>();

  constructor(
    readonly root: Json,
    readonly options: CheckOptions,
  ) {
    this.#recursive = recursiveTargets(root);
  }

  /** Pointer → name of the checks that Ajv compiles. */
  get foreign(): ReadonlyMap<string, string> {
    return this.#foreign;
  }

  /** Whether the schema refers to itself. */
  isRecursive(pointer: string): boolean {
    return this.#recursive.has(pointer);
  }

  /** The condition that a schema puts on a value. */
  condition(site: Site): string {
    const { schema, value } = site;
    if (schema === true || schema === false) return String(schema);
    if (!isObject(schema)) return "true";
    if (needsAjv(this.root, schema)) return `${this.#ajvCheck(site)}(${value})`;
    return and(
      this.#typed(site, schema),
      this.#constant(site, schema),
      this.#reference(site, schema),
      this.#combined(site, schema),
    );
  }

  /** A call of a function about the value that has this body, written about `v`; equal bodies share a function. */
  call(site: Site, body: string): string {
    const parameters = site.deep ? "v, d" : "v";
    const name = this.code.shared(site.stem, `(${parameters}) => ${body}`);
    return `${name}(${site.value}${site.deep ? ", d" : ""})`;
  }

  /** The condition of a schema below another: in place when it is short, else by a function of its own. */
  nested(site: Site, path: readonly (string | number)[], schema: Json, value: string, stem: string): string {
    const inner: Site = {
      ...site,
      schema,
      pointer: site.pointer + pointerOf(path),
      value: hole,
      stem: `${site.stem}_${stem}`,
    };
    return this.#place(inner, this.condition(inner), value);
  }

  #place(site: Site, text: string, value: string): string {
    const uses = text.split(hole).length - 1;
    const isShort = uses <= 1 || (text.length <= inlineLength && uses <= 3);
    if (isShort) return text.replaceAll(hole, value);
    const call = this.call({ ...site, value }, text.replaceAll(hole, "v"));
    if (!site.deep) this.guards.set(site.pointer, call.slice(0, call.indexOf("(")));
    return call;
  }

  /** The condition of a schema that a `$ref` leads to. */
  #target(site: Site, pointer: string): string {
    const schema = valueAt(this.root, pointer) ?? true;
    const stem = pascalCase(keysOf(pointer).at(-1) ?? "Root");
    if (!this.isRecursive(pointer)) {
      const inner: Site = { schema, pointer, value: hole, stem, deep: false };
      const text = this.#conditions.get(pointer) ?? this.condition(inner);
      this.#conditions.set(pointer, text);
      return this.#place(inner, text, site.value);
    }
    let known = this.#functions.get(pointer);
    if (known === undefined) {
      known = this.code.claim(stem);
      this.#functions.set(pointer, known);
      const body = this.condition({ schema, pointer, value: "v", stem, deep: true });
      this.code.declare(
        known,
        `(v, d) => d < ${this.code.use("maxValueDepth")} && fuel-- > 0 && ${or(body)}`,
      );
    }
    return `${known}(${site.value}, ${site.deep ? "d + 1" : "0"})`;
  }

  #reference(site: Site, schema: JsonObject): string {
    const pointer = targetOf(schema);
    return pointer === undefined ? "true" : this.#target(site, pointer);
  }

  #ajvCheck({ pointer }: Site): string {
    const known = this.#foreign.get(pointer);
    if (known !== undefined) return known;
    const name = `ajv${this.#foreign.size + 1}`;
    this.#foreign.set(pointer, name);
    return name;
  }

  #typed(site: Site, schema: JsonObject): string {
    const { value } = site;
    const isObjectText = `${this.code.use("isJsonObject")}(${value})`;
    const families: readonly (readonly [types: readonly string[], test: string, condition: string])[] = [
      [["string"], `typeof ${value} === "string"`, textCondition(this, site, schema)],
      [["number"], `Number.isFinite(${value})`, numberCondition(this, site, schema)],
      [["array"], `Array.isArray(${value})`, arrayCondition(this, site, schema)],
      [["object"], isObjectText, objectCondition(this, site, schema)],
    ];
    const type = own(schema, "type");
    if (type === undefined)
      return and(
        ...families.map(([, test, condition]) => (condition === "true" ? "true" : or(not(test), condition))),
      );
    const named = new Set([type, ...(own(schema, "nullable") === true ? ["null"] : [])].flat());
    const branches = families.flatMap(([[name], test, condition]) =>
      named.has(name ?? "") ? [and(test, condition)] : [],
    );
    if (named.has("integer") && !named.has("number")) {
      branches.push(and(`Number.isInteger(${value})`, numberCondition(this, site, schema)));
    }
    if (named.has("boolean")) branches.push(`typeof ${value} === "boolean"`);
    if (named.has("null")) branches.push(`${value} === null`);
    return or(...branches);
  }

  #constant(site: Site, schema: JsonObject): string {
    const constant = own(schema, "const");
    const values = own(schema, "enum");
    const equals = (item: Json): string => this.#equals(site, item);
    const isText = (item: Json): boolean => typeof item !== "object" || item === null;
    const oneOf = !Array.isArray(values)
      ? "true"
      : values.length > 8 && values.every(isText)
        ? `${this.code.shared(`${site.stem}_values`, `/* @__PURE__ */ new Set(${literal(values)})`)}.has(${site.value})`
        : or(...values.map(equals));
    return and(constant === undefined ? "true" : equals(constant), oneOf);
  }

  #equals({ value, stem }: Site, item: Json): string {
    if (typeof item === "string") return `${value} === ${quoted(item)}`;
    if (typeof item !== "object" || item === null) return `${value} === ${JSON.stringify(item)}`;
    return `${this.code.use("deepEqual")}(${value}, ${this.code.shared(`${stem}_constant`, literal(item))})`;
  }

  #combined(site: Site, schema: JsonObject): string {
    const { value } = site;
    const at = (keyword: string, inner: Json): string => this.nested(site, [keyword], inner, value, keyword);
    const list = (keyword: string): readonly Json[] => {
      const inner = own(schema, keyword);
      return Array.isArray(inner) ? inner : [];
    };
    const branch =
      (keyword: string) =>
      (inner: Json, index: number): string =>
        this.nested(site, [keyword, index], inner, value, `${keyword}${index}`);
    const condition = own(schema, "if");
    const then = own(schema, "then");
    const otherwise = own(schema, "else");
    return and(
      ...list("allOf").map(branch("allOf")),
      list("anyOf").length > 0 ? this.#union(site, "anyOf", list("anyOf")) : "true",
      list("oneOf").length > 0 ? this.#union(site, "oneOf", list("oneOf")) : "true",
      own(schema, "not") === undefined ? "true" : not(at("not", own(schema, "not") ?? true)),
      condition === undefined || (then === undefined && otherwise === undefined)
        ? "true"
        : choose(
            at("if", condition),
            then === undefined ? "true" : at("then", then),
            otherwise === undefined ? "true" : at("else", otherwise),
          ),
    );
  }

  /** One of several schemas, or exactly one: by what tells them apart, where something does. */
  #union(site: Site, keyword: "anyOf" | "oneOf", branches: readonly Json[]): string {
    const places = branches.map((schema, index) => ({
      pointer: `${site.pointer}/${keyword}/${index}`,
      schema,
    }));
    const { route } = discriminate(this.root, places);
    const branch = (index: number, value: string): string =>
      this.nested({ ...site, value }, [keyword, index], branches[index] ?? true, value, `${keyword}${index}`);
    const leaf = (indexes: readonly number[], value: string): string => {
      const conditions = indexes.map((index) => branch(index, value));
      return keyword === "anyOf" ? or(...conditions) : exactlyOne(conditions);
    };
    if (route.kind === "messages" || branches.length < 3)
      return leaf(
        branches.map((_, index) => index),
        site.value,
      );
    return this.route({ ...site, stem: `${site.stem}_${keyword}` }, route, leaf);
  }

  /** A call of the function that follows a route. */
  route(site: Site, route: Route, leaf: (indexes: readonly number[], value: string) => string): string {
    if (route.kind === "messages") return leaf(route.indexes, site.value);
    const inner = { ...site, value: "v" };
    return this.call(
      site,
      routeFunction(this, inner, route.dispatch, (to) => this.route(inner, to, leaf)),
    );
  }
}
