import { isObject, isStringArray, type Json, type JsonObject, own } from "../json.js";
import { literal } from "../literal.js";
import { localPointer } from "../read/references.js";

/** What an expression is written in. */
export interface Scope {
  /** Constants by the pointer of their schema. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of the cycle that the expression is part of: no constant yet, so `t.Ref` names them. */
  readonly cycle: ReadonlySet<string>;
}

type Entry = readonly [key: string, text: string];

/** Keywords about the document, and those that a part of its own is made of. */
const notOptions: ReadonlySet<string> = new Set([
  ...["$schema", "$id", "id", "$defs", "definitions", "$anchor", "$dynamicAnchor", "$comment", "x-contract"],
  ...["$ref", "allOf", "anyOf", "oneOf", "properties"],
]);
/** Keywords that stay outside when a schema is taken apart: they judge nothing, or what all parts have left over. */
const outer: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"],
  ...["unevaluatedProperties", "unevaluatedItems"],
]);
const schemaKeywords: ReadonlySet<string> = new Set([
  ...[
    "additionalProperties",
    "additionalItems",
    "items",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
  ],
  ...["unevaluatedProperties", "unevaluatedItems"],
]);
const schemaMaps: ReadonlySet<string> = new Set(["patternProperties", "dependentSchemas", "dependencies"]);

/** On one line when it is short. A JSON text has no raw line break, so that lines can be moved to the right. */
function between(open: string, texts: readonly string[], close: string): string {
  const line = `${open}${texts.join(", ")}${close}`;
  if (line.length <= 80 && !line.includes("\n")) return line;
  return `${open}\n${texts.map((text) => `  ${text.replaceAll("\n", "\n  ")},\n`).join("")}${close}`;
}

function object(entries: readonly Entry[]): string {
  const texts = entries.map(([key, text]) => `${keyText(key)}: ${text}`);
  return entries.length === 0
    ? "{}"
    : between("{ ", texts, " }")
        .replace(/^\{ \n/, "{\n")
        .replace(/\n \}$/, "\n}");
}

const list = (texts: readonly string[]): string => between("[", texts, "]");

function keyText(key: string): string {
  return literal({ [key]: 0 }).replace(/^\{\n {2}|: 0,\n\}$/g, "");
}

function call(builder: string, args: readonly string[], options: readonly Entry[]): string {
  return `${builder}(${[...args, ...(options.length === 0 ? [] : [object(options)])].join(", ")})`;
}

/** A keyword as an option: schemas in it become expressions, everything else is data. */
function option(scope: Scope, key: string, value: Json): Entry {
  const inner = (schema: Json): string =>
    typeof schema === "boolean" ? String(schema) : expression(scope, schema);
  if (schemaMaps.has(key) && isObject(value)) {
    return [
      key,
      object(
        Object.entries(value).map(([name, child]) => [
          name,
          Array.isArray(child) ? literal(child) : inner(child),
        ]),
      ),
    ];
  }
  if ((key === "prefixItems" || key === "items") && Array.isArray(value))
    return [key, list(value.map(inner))];
  return [key, schemaKeywords.has(key) ? inner(value) : literal(value)];
}

function options(scope: Scope, schema: JsonObject, without: readonly string[] = []): readonly Entry[] {
  return Object.entries(schema)
    .filter(([key]) => !notOptions.has(key) && !without.includes(key))
    .map(([key, value]) => option(scope, key, value));
}

function branches(scope: Scope, schema: JsonObject, keyword: string): readonly string[] {
  const value = own(schema, keyword);
  return Array.isArray(value) ? value.map((child: Json) => expression(scope, child)) : [];
}

function objectCore(scope: Scope, schema: JsonObject): string {
  const properties = own(schema, "properties");
  const required = own(schema, "required");
  const names = isStringArray(required) ? required : [];
  if (!isObject(properties) || Object.keys(properties).length === 0) {
    const values = own(schema, "additionalProperties");
    if (isObject(values) && own(schema, "patternProperties") === undefined)
      return call(
        "map",
        [expression(scope, values)],
        options(scope, schema, ["type", "additionalProperties"]),
      );
    return call(
      "t.Unsafe<{ [key: string]: unknown }>",
      [],
      [...options(scope, { type: "object" }), ...options(scope, schema, ["type"])],
    );
  }
  const entries = Object.entries(properties).map(([key, child]): Entry => {
    const text = expression(scope, child);
    return [key, names.includes(key) ? text : `t.Optional(${text})`];
  });
  // TypeBox asks for what is not optional; names without a property have to be said.
  const all = names.every((name) => Object.hasOwn(properties, name));
  const rest = options(scope, schema, all ? ["type", "required"] : ["type"]);
  const text = call("t.Object", [object(entries)], rest);
  return own(schema, "type") === undefined ? `shape(${text})` : text;
}

function arrayCore(scope: Scope, schema: JsonObject): string {
  const prefix = own(schema, "prefixItems");
  const items = own(schema, "items");
  if (Array.isArray(prefix)) {
    const least = own(schema, "minItems");
    const closed = items === false || own(schema, "maxItems") === prefix.length;
    if (closed && typeof least === "number" && least >= prefix.length)
      return call(
        "tuple",
        [list(prefix.map((child: Json) => expression(scope, child)))],
        options(scope, schema, ["type", "prefixItems"]),
      );
  } else if (isObject(items))
    return call("t.Array", [expression(scope, items)], options(scope, schema, ["type", "items"]));
  return `t.Unsafe<unknown[]>(${object(options(scope, schema))})`;
}

/** The type of JSON values, in TypeScript. */
function valueType(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(valueType).join(", ")}]`;
  if (!isObject(value)) return literal(value);
  return `{ ${Object.entries(value)
    .map(([key, child]) => `${literal(key)}: ${valueType(child)}`)
    .join("; ")} }`;
}

const builders: ReadonlyMap<string, string> = new Map([
  ["string", "t.String"],
  ["number", "t.Number"],
  ["integer", "t.Integer"],
  ["boolean", "t.Boolean"],
  ["null", "t.Null"],
]);

const tsTypes: ReadonlyMap<string, string> = new Map([
  ["string", "string"],
  ["number", "number"],
  ["integer", "number"],
  ["boolean", "boolean"],
  ["null", "null"],
  ["array", "unknown[]"],
  ["object", "{ [key: string]: unknown }"],
]);

/** The keywords that are neither a reference nor a union, as one expression. */
function core(scope: Scope, schema: JsonObject): string {
  const unsafe = (type: string): string =>
    `t.Unsafe<${type}>(${object([...properties(scope, schema), ...options(scope, schema)])})`;
  const constant = own(schema, "const");
  const plain = own(schema, "properties") === undefined;
  if (constant !== undefined) {
    const simple = plain && typeof constant !== "object";
    return simple
      ? call("t.Literal", [literal(constant)], options(scope, schema, ["const"]))
      : unsafe(valueType(constant));
  }
  const listed = own(schema, "enum");
  if (Array.isArray(listed)) {
    const simple =
      plain && listed.every((item: Json) => typeof item === "string" || typeof item === "number");
    if (simple) return call("t.Enum", [literal(listed)], options(scope, schema, ["enum"]));
    return unsafe(listed.map(valueType).join(" | ") || "never");
  }
  const type = own(schema, "type");
  if (type === "object" || (type === undefined && isObject(own(schema, "properties"))))
    return objectCore(scope, schema);
  if (type === "array") return arrayCore(scope, schema);
  const builder = typeof type === "string" ? builders.get(type) : undefined;
  if (builder !== undefined && plain) return call(builder, [], options(scope, schema, ["type"]));
  if (isStringArray(type)) return unsafe(type.map((name) => tsTypes.get(name) ?? "unknown").join(" | "));
  return unsafe("unknown");
}

function properties(scope: Scope, schema: JsonObject): readonly Entry[] {
  const map = own(schema, "properties");
  if (!isObject(map)) return [];
  return [["properties", object(Object.entries(map).map(([key, child]) => [key, expression(scope, child)]))]];
}

/** A reference, with what stands beside it that judges nothing. */
function named(scope: Scope, schema: JsonObject, notes: readonly Entry[]): string | undefined {
  const reference = own(schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : undefined;
  const name = target === undefined ? undefined : scope.names.get(target);
  if (name === undefined) return undefined;
  if (scope.cycle.has(name)) return call("t.Ref", [literal(name)], notes);
  return notes.length === 0 ? name : call("t.With", [name], notes);
}

/**
 * A TypeBox expression that builds the schema: the same verdict by construction, each keyword a builder, an option or a part of
 * an intersection. The module it stands in has the helpers `map`, `oneOf`, `shape` and `tuple`.
 */
export function expression(scope: Scope, schema: Json): string {
  if (!isObject(schema)) return schema === false ? "t.Never()" : "t.Unknown()";
  const isOuter = (key: string): boolean => outer.has(key) || key.startsWith("x-");
  const judging = Object.fromEntries(Object.entries(schema).filter(([key]) => !isOuter(key)));
  const notes = options(scope, Object.fromEntries(Object.entries(schema).filter(([key]) => isOuter(key))));
  const hasCore = Object.keys(judging).some((key) => key === "properties" || !notOptions.has(key));
  const reference = named(scope, schema, []);
  const union = branches(scope, schema, "anyOf");
  const single = branches(scope, schema, "oneOf");
  const parts = [
    ...(reference === undefined ? [] : [reference]),
    ...branches(scope, schema, "allOf"),
    ...(union.length === 0 ? [] : [`t.Union(${list(union)})`]),
    ...(single.length === 0 ? [] : [`oneOf(${list(single)})`]),
  ];
  if (parts.length === 0) return core(scope, schema);
  if (hasCore || parts.length > 1)
    return call("t.Intersect", [list([...parts, ...(hasCore ? [core(scope, judging)] : [])])], notes);
  const judges = notes.some(([key]) => key.startsWith("unevaluated"));
  if (reference !== undefined && !judges) return named(scope, schema, notes) ?? "t.Unknown()";
  if (union.length > 0) return call("t.Union", [list(union)], notes);
  return single.length > 0 ? call("oneOf", [list(single)], notes) : call("t.Intersect", [list(parts)], notes);
}
