import { isObject, isStringArray, type Json, type JsonObject, own } from "../json.js";
import { literal } from "../literal.js";
import { absent, isInherited, member, present, quoted } from "./access.js";
import type { CheckCompiler, Site } from "./check-compiler.js";
import { type ClosedKeys, closedKeys } from "./closed.js";
import { and, not, or } from "./code.js";
import { patternCondition, refusesUndefined } from "./value-condition.js";

/** Most names that are compared one by one. */
const maxCompared = 16;

function entriesOf(schema: JsonObject, keyword: string): readonly (readonly [string, Json])[] {
  const value = own(schema, keyword);
  return isObject(value) ? Object.entries(value) : [];
}

function propertiesCondition(compiler: CheckCompiler, site: Site, schema: JsonObject): string {
  const { value } = site;
  const names = own(schema, "required");
  const required = new Set(isStringArray(names) ? names : []);
  const properties = entriesOf(schema, "properties");
  const known = new Map(properties);
  const missing = [...required].filter((key) => !known.has(key)).map((key) => present(value, key));
  const conditions = properties.map(([key, inner]) => {
    const condition = compiler.nested(site, ["properties", key], inner, member(value, key), key);
    if (!required.has(key)) return condition === "true" ? "true" : or(absent(value, key), condition);
    const alone =
      condition !== "true" &&
      condition !== "false" &&
      refusesUndefined(compiler.root, inner) &&
      !isInherited(key);
    return alone ? condition : and(present(value, key), condition);
  });
  return and(...missing, ...conditions);
}

function isKnown(compiler: CheckCompiler, site: Site, { keys, patterns }: ClosedKeys): string {
  const { code } = compiler;
  const named =
    keys.length > maxCompared
      ? `${code.shared(`${site.stem}_keys`, `/* @__PURE__ */ new Set(${literal(keys)})`)}.has(k)`
      : or(...keys.map((key) => `k === ${quoted(key)}`));
  return or(named, ...patterns.map((pattern) => patternCondition(code, pattern, "k")));
}

/** A loop over the keys of an object, for what it says of keys that it does not name. */
function keysCondition(compiler: CheckCompiler, site: Site, schema: JsonObject): string {
  const inner: Site = { ...site, value: "v" };
  const names = own(schema, "propertyNames");
  const lines = [
    ...(names === undefined ? [] : [compiler.nested(inner, ["propertyNames"], names, "k", "name")]),
    ...entriesOf(schema, "patternProperties").map(([pattern, value]) =>
      or(
        not(patternCondition(compiler.code, pattern, "k")),
        compiler.nested(inner, ["patternProperties", pattern], value, "v[k]", "matching"),
      ),
    ),
    ...closedKeys(compiler.root, schema).map((closed) =>
      or(
        isKnown(compiler, site, closed),
        compiler.nested(inner, closed.path, closed.schema, "v[k]", "other"),
      ),
    ),
  ].filter((line) => line !== "true");
  if (lines.length === 0) return "true";
  const tests = lines.map((line) => `if (${not(line)}) return false;`).join(" ");
  return compiler.call(
    { ...site, stem: `${site.stem}_entries` },
    `{ for (const k in v) { ${tests} } return true; }`,
  );
}

/** The condition that keywords of objects put on an object. */
export function objectCondition(compiler: CheckCompiler, site: Site, schema: JsonObject): string {
  const { value } = site;
  const min = own(schema, "minProperties");
  const max = own(schema, "maxProperties");
  const dependentRequired = entriesOf(schema, "dependentRequired").map(([key, names]) =>
    or(absent(value, key), and(...(isStringArray(names) ? names.map((name) => present(value, name)) : []))),
  );
  const dependentSchemas = entriesOf(schema, "dependentSchemas").map(([key, inner]) =>
    or(absent(value, key), compiler.nested(site, ["dependentSchemas", key], inner, value, key)),
  );
  return and(
    typeof min === "number" && min > 0 ? `Object.keys(${value}).length >= ${min}` : "true",
    typeof max === "number" ? `Object.keys(${value}).length <= ${max}` : "true",
    propertiesCondition(compiler, site, schema),
    keysCondition(compiler, site, schema),
    ...dependentRequired,
    ...dependentSchemas,
  );
}
