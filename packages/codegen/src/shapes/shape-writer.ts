import { typeBits } from "@hivewire/protocol";
import type { CheckCompiler } from "../checks/check-compiler.js";
import { closedKeys, needsAjv, unevaluatedItems } from "../checks/closed.js";
import { recursiveTargets } from "../checks/reference-graph.js";
import { isObject, type Json, type JsonObject, keysOf, own, pointerOf, valueAt } from "../json.js";
import { literal } from "../literal.js";
import { pascalCase } from "../names.js";
import { plainPattern } from "../patterns/lower-pattern.js";
import { discriminate } from "../read/dispatch.js";
import { targetOf } from "../read/references.js";
import { pickText } from "./pick-text.js";
import { listText, neverText, objectText, ruleText } from "./rule-text.js";

/** Assertions whose value is written as it is; lower bounds of 0 assert nothing. */
const plainKeywords = [
  ...(["const", "enum", "minLength", "maxLength", "minItems", "maxItems"] as const),
  ...(["minProperties", "maxProperties", "minimum", "maximum"] as const),
  ...(["exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const),
] as const;

const lowerBounds: ReadonlySet<string> = new Set(["minLength", "minItems", "minProperties"]);

/** Writes shapes; a schema that a reference leads to becomes a constant of its own. */
export class ShapeWriter {
  readonly declarations: string[] = [];
  readonly #named = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #recursive: ReadonlySet<string>;

  readonly root: Json;

  constructor(readonly checks: CheckCompiler) {
    this.root = checks.root;
    this.#recursive = recursiveTargets(checks.root);
  }

  /** The name of the constant for a schema; exported when the name is given. */
  named(pointer: string, name?: string): string {
    const known = this.#named.get(pointer);
    if (known !== undefined) return known;
    const base = name ?? `_${pascalCase(keysOf(pointer).at(-1) ?? "Root")}`;
    let free = base;
    for (let count = 2; this.#taken.has(free); count++) free = `${base}${count}`;
    this.#taken.add(free);
    this.#named.set(pointer, free);
    const text = this.#guarded(this.shape(valueAt(this.root, pointer) ?? true, pointer), pointer);
    this.declarations.push(`${name === undefined ? "" : "export "}const ${free}: Shape = ${text};`);
    return free;
  }

  /** Text of a schema's shape. */
  shape(schema: Json, pointer: string): string {
    if (schema === false) return neverText;
    if (!isObject(schema)) return "[]";
    const target = targetOf(schema);
    const rules = this.#rules(schema, pointer);
    if (target === undefined) return listText(rules);
    const name = this.named(target);
    if (this.#recursive.has(target)) return listText([...rules, ruleText("$ref", `() => ${name}`)]);
    return rules.length === 0 ? name : listText([`...${name}`, ...rules]);
  }

  /** Behind the check that decides about the schema alone, so that what is fine is not walked. */
  #guarded(text: string, pointer: string): string {
    const guard = this.checks.guards.get(pointer);
    return guard === undefined ? text : listText([ruleText("guard", guard, text)]);
  }

  /** Text of a schema below another. */
  #inner(schema: Json, pointer: string): string {
    return targetOf(schema) === undefined
      ? this.#guarded(this.shape(schema, pointer), pointer)
      : this.shape(schema, pointer);
  }

  #rules(schema: JsonObject, pointer: string): readonly string[] {
    return [
      ...this.#values(schema),
      ...this.#object(schema, pointer),
      ...this.#array(schema, pointer),
      ...this.#combined(schema, pointer),
    ];
  }

  /** What a value is asked about without looking into it. */
  #values(schema: JsonObject): readonly string[] {
    const type = own(schema, "type");
    const types = [type, ...(own(schema, "nullable") === true ? ["null"] : [])].flat();
    const named = Object.entries(typeBits).filter(([name]) => types.includes(name));
    const bits = named.reduce((sum, [, bit]) => sum | bit, 0);
    const plain = plainKeywords.flatMap((keyword) => {
      const value = own(schema, keyword);
      return value === undefined || (value === 0 && lowerBounds.has(keyword))
        ? []
        : [ruleText(keyword, literal(value))];
    });
    const { pattern, format, uniqueItems } = schema;
    const name = literal(format ?? "");
    return [
      ...(type === undefined ? [] : [ruleText("type", String(bits))]),
      ...plain,
      ...(typeof pattern === "string" ? [ruleText("pattern", literal(plainPattern(pattern)))] : []),
      ...(this.checks.options.assertFormats && typeof format === "string"
        ? [ruleText("format", name, `(text) => isFormat(${name}, text)`)]
        : []),
      ...(uniqueItems === true ? [ruleText("uniqueItems")] : []),
    ];
  }

  #object(schema: JsonObject, pointer: string): readonly string[] {
    const { required, dependentRequired } = schema;
    return [
      ...(Array.isArray(required) && required.length > 0 ? [ruleText("required", literal(required))] : []),
      ...this.#closed(schema, pointer),
      ...this.#properties(schema, pointer),
      ...this.#map("patternProperties", schema, pointer, plainPattern),
      ...this.#single("propertyNames", schema, pointer),
      ...(isObject(dependentRequired) ? [ruleText("dependentRequired", literal(dependentRequired))] : []),
      ...this.#map("dependentSchemas", schema, pointer, (key) => key),
    ];
  }

  #single(keyword: "propertyNames" | "not", schema: JsonObject, pointer: string): readonly string[] {
    const value = own(schema, keyword);
    return value === undefined ? [] : [ruleText(keyword, this.shape(value, `${pointer}/${keyword}`))];
  }

  #properties(schema: JsonObject, pointer: string): readonly string[] {
    const properties = own(schema, "properties");
    if (!isObject(properties)) return [];
    const members = Object.entries(properties)
      .map(([key, inner]) => ({ key, text: this.#inner(inner, pointer + pointerOf(["properties", key])) }))
      .filter(({ text }) => text !== "[]");
    if (members.length === 0) return [];
    const keys = literal(members.map(({ key }) => key));
    return [ruleText("properties", keys, listText(members.map(({ text }) => text)))];
  }

  #map(
    keyword: "patternProperties" | "dependentSchemas",
    schema: JsonObject,
    pointer: string,
    rename: (key: string) => string,
  ): readonly string[] {
    const value = own(schema, keyword);
    if (!isObject(value)) return [];
    const members = Object.entries(value)
      .map(([key, inner]) => [rename(key), this.#inner(inner, pointer + pointerOf([keyword, key]))] as const)
      .filter(([, text]) => text !== "[]");
    return members.length === 0 ? [] : [ruleText(keyword, objectText(members))];
  }

  #list(value: readonly Json[], pointer: string): string {
    return listText(value.map((inner, index) => this.shape(inner, `${pointer}/${index}`)));
  }

  #closed(schema: JsonObject, pointer: string): readonly string[] {
    if (needsAjv(this.root, schema)) return [];
    return closedKeys(this.root, schema).map(({ keyword, keys, patterns, schema: inner, path }) =>
      ruleText(
        keyword,
        literal(keys),
        this.shape(inner, pointer + pointerOf(path)),
        ...(patterns.length === 0 ? [] : [literal(patterns.map(plainPattern))]),
      ),
    );
  }

  #array(schema: JsonObject, pointer: string): readonly string[] {
    const { prefixItems } = schema;
    const items = own(schema, "items");
    const contains = own(schema, "contains");
    const tuple = Array.isArray(prefixItems) ? prefixItems : [];
    const unevaluated = needsAjv(this.root, schema) ? undefined : unevaluatedItems(this.root, schema);
    const each = (inner: Json, keyword: string, from: number): string =>
      ruleText("items", this.#inner(inner, `${pointer}/${keyword}`), String(from));
    const max = own(schema, "maxContains");
    const bounds = [literal(own(schema, "minContains") ?? 1), ...(max === undefined ? [] : [literal(max)])];
    return [
      ...(tuple.length === 0 ? [] : [ruleText("prefixItems", this.#list(tuple, `${pointer}/prefixItems`))]),
      ...(items === undefined ? [] : [each(items, "items", tuple.length)]),
      ...(unevaluated ? [each(unevaluated.schema, "unevaluatedItems", unevaluated.from)] : []),
      ...(contains === undefined
        ? []
        : [ruleText("contains", this.shape(contains, `${pointer}/contains`), ...bounds)]),
    ];
  }

  #combined(schema: JsonObject, pointer: string): readonly string[] {
    const { allOf } = schema;
    const [condition, then, otherwise] = ["if", "then", "else"].map((keyword) => own(schema, keyword));
    const name = this.checks.foreign.get(pointer);
    const at = (keyword: string, inner: Json | undefined): string =>
      this.shape(inner ?? true, `${pointer}/${keyword}`);
    const isChoice = condition !== undefined && (then !== undefined || otherwise !== undefined);
    return [
      ...(Array.isArray(allOf) ? [ruleText("allOf", this.#list(allOf, `${pointer}/allOf`))] : []),
      ...(["anyOf", "oneOf"] as const).flatMap((keyword) => {
        const branches = own(schema, keyword);
        return Array.isArray(branches) ? [this.#union(keyword, branches, pointer)] : [];
      }),
      ...this.#single("not", schema, pointer),
      ...(isChoice ? [ruleText("if", at("if", condition), at("then", then), at("else", otherwise))] : []),
      ...(name !== undefined && needsAjv(this.root, schema) ? [ruleText("schema", name)] : []),
    ];
  }

  #union(keyword: "anyOf" | "oneOf", branches: readonly Json[], pointer: string): string {
    const places = branches.map((schema, index) => ({ pointer: `${pointer}/${keyword}/${index}`, schema }));
    const { discriminator, route } = discriminate(this.root, places);
    const shapes = places.map((place) => this.shape(place.schema, place.pointer));
    return discriminator === null || route.kind === "messages"
      ? ruleText(keyword, listText(shapes))
      : pickText(route, keyword, shapes);
  }
}
