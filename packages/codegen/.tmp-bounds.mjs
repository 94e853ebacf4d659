var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};

// packages/codegen/src/json.ts
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isStringArray(value) {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : void 0;
}
function pointerOf(keys) {
  let pointer = "";
  for (const key of keys) {
    const text2 = String(key);
    pointer += `/${/[~/]/.test(text2) ? text2.replaceAll("~", "~0").replaceAll("/", "~1") : text2}`;
  }
  return pointer;
}
function keysOf(pointer) {
  return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function valueAt(root, pointer) {
  return keysOf(pointer).reduce((value, key) => {
    if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : void 0;
    return isObject(value) ? own(value, key) : void 0;
  }, root);
}
var init_json = __esm({
  "packages/codegen/src/json.ts"() {
    "use strict";
  }
});

// packages/codegen/src/read/keywords.ts
function isApplicator(keyword) {
  return applicators.has(keyword);
}
function childrenOf(schema) {
  const children = [];
  for (const key in schema) {
    const holds2 = applicators.get(key);
    const value = schema[key];
    if (holds2 === void 0 || value === void 0) continue;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) children.push({ path: [key, index], schema: item });
    } else if (holds2 === "map" && isObject(value)) {
      for (const [name, child] of Object.entries(value)) children.push({ path: [key, name], schema: child });
    } else if (holds2 === "schema") {
      children.push({ path: [key], schema: value });
    }
  }
  return children;
}
function isAssertion(keyword) {
  return !silentKeywords.has(keyword) && !keyword.startsWith("x-");
}
var applicators, dataKeywords, mapKeywords, silentKeywords;
var init_keywords = __esm({
  "packages/codegen/src/read/keywords.ts"() {
    "use strict";
    init_json();
    applicators = new Map([
      ...["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => [key, "list"]),
      ...["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"].map((key) => [key, "map"]),
      ...[
        ...["items", "additionalItems", "contains", "unevaluatedItems", "additionalProperties"],
        ...["unevaluatedProperties", "propertyNames", "not", "if", "then", "else", "contentSchema"]
      ].map((key) => [key, "schema"])
    ]);
    dataKeywords = /* @__PURE__ */ new Set(["const", "enum", "default", "examples", "example"]);
    mapKeywords = new Set(
      [...applicators].flatMap(([key, holds2]) => holds2 === "map" ? [key] : [])
    );
    silentKeywords = /* @__PURE__ */ new Set([
      ...["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "deprecated"],
      ...["examples", "example", "readOnly", "writeOnly", "discriminator", "version"],
      ...["contentEncoding", "contentMediaType", "contentSchema"]
    ]);
  }
});

// packages/codegen/src/read/references.ts
function walkSchemas(schema, pointer = "") {
  const found2 = [];
  const visit = (inner, at) => {
    if (!isObject(inner)) return;
    found2.push({ pointer: at, schema: inner });
    for (const child of childrenOf(inner)) visit(child.schema, at + pointerOf(child.path));
  };
  visit(schema, pointer);
  return found2;
}
function localPointer(reference) {
  if (reference !== "#" && !reference.startsWith("#/")) return void 0;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return void 0;
  }
}
function targetOf(schema) {
  const reference = isObject(schema) ? own(schema, "$ref") : void 0;
  return typeof reference === "string" ? localPointer(reference) : void 0;
}
function resolve(root, place) {
  const seen = /* @__PURE__ */ new Set();
  let current = place;
  while (isObject(current.schema) && !seen.has(current.pointer)) {
    seen.add(current.pointer);
    const reference = own(current.schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : void 0;
    const schema = target === void 0 ? void 0 : valueAt(root, target);
    if (target === void 0 || schema === void 0) break;
    if (Object.keys(current.schema).some((key) => key !== "$ref" && isAssertion(key))) break;
    current = { pointer: target, schema };
  }
  return current;
}
function* conjuncts(root, place, seen = /* @__PURE__ */ new Set()) {
  if (seen.has(place.pointer) || !isObject(place.schema)) return;
  const visited = /* @__PURE__ */ new Set([...seen, place.pointer]);
  yield place;
  const reference = own(place.schema, "$ref");
  const target = typeof reference === "string" ? localPointer(reference) : void 0;
  const schema = target === void 0 ? void 0 : valueAt(root, target);
  if (target !== void 0 && schema !== void 0)
    yield* conjuncts(root, { pointer: target, schema }, visited);
  const all2 = own(place.schema, "allOf");
  if (!Array.isArray(all2)) return;
  for (const [index, item] of all2.entries()) {
    yield* conjuncts(root, { pointer: `${place.pointer}/allOf/${index}`, schema: item }, visited);
  }
}
var init_references = __esm({
  "packages/codegen/src/read/references.ts"() {
    "use strict";
    init_json();
    init_keywords();
  }
});

// packages/codegen/src/read/branch-tags.ts
function tagsOf(schema) {
  if (!isObject(schema)) return void 0;
  const constant = own(schema, "const");
  if (constant !== void 0) return isTag(constant) ? [constant] : void 0;
  const values = own(schema, "enum");
  return Array.isArray(values) && values.length > 0 && values.every(isTag) ? values : void 0;
}
function schemaAt(schema, key) {
  const holder = own(schema, typeof key === "number" ? "prefixItems" : "properties");
  if (Array.isArray(holder)) {
    const item = holder[Number(key)];
    return item === void 0 ? void 0 : { at: `/prefixItems/${key}`, schema: item };
  }
  const property = isObject(holder) ? own(holder, String(key)) : void 0;
  return property === void 0 ? void 0 : { at: `/properties/${key}`, schema: property };
}
function isRequired(part, key) {
  if (typeof key === "number") return Number(own(part, "minItems") ?? 0) > key;
  const names = own(part, "required");
  return isStringArray(names) && names.includes(key);
}
function branchTag(root, branch, key) {
  const parts = [...conjuncts(root, branch)].flatMap(
    (place) => isObject(place.schema) ? [{ pointer: place.pointer, schema: place.schema }] : []
  );
  const found2 = parts.flatMap((part) => {
    const inner = schemaAt(part.schema, key);
    return inner ? [...conjuncts(root, { pointer: part.pointer + inner.at, schema: inner.schema })] : [];
  });
  const schemas = found2.map((place) => resolve(root, place).schema).filter(isObject);
  const pattern = schemas.map((schema) => own(schema, "pattern")).find((value) => typeof value === "string");
  return {
    values: schemas.map(tagsOf).find((values) => values !== void 0),
    pattern: typeof pattern === "string" ? pattern : void 0,
    refused: new Set(schemas.flatMap((schema) => tagsOf(own(schema, "not")) ?? [])),
    textOnly: schemas.some((schema) => own(schema, "type") === "string"),
    required: parts.some((part) => isRequired(part.schema, key)),
    container: parts.some(
      (part) => own(part.schema, "type") === (typeof key === "number" ? "array" : "object")
    )
  };
}
var isTag;
var init_branch_tags = __esm({
  "packages/codegen/src/read/branch-tags.ts"() {
    "use strict";
    init_json();
    init_references();
    isTag = (value) => typeof value !== "object" || value === null;
  }
});

// packages/codegen/src/names.ts
function pascalCase(text2) {
  const plain = text2.normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  const name = /^[A-Za-z]/.test(joined) ? joined : `Message${joined}`;
  return name.replace(/\d[a-z]/g, (match2) => match2.toUpperCase());
}
var init_names = __esm({
  "packages/codegen/src/names.ts"() {
    "use strict";
  }
});

// packages/codegen/src/read/open-enums.ts
function typeOf(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
function opened(schema) {
  const listed2 = own(schema, "enum");
  const constant = own(schema, "const");
  const values = Array.isArray(listed2) ? listed2 : constant === void 0 ? void 0 : [constant];
  if (own(schema, openKeyword) !== true || values === void 0) return schema;
  const types = [...new Set(values.map(typeOf))];
  const rest = Object.entries(schema).filter(([key]) => key !== "enum" && key !== "const");
  const type = types.length === 1 ? types : [types];
  return {
    ...own(schema, "type") === void 0 ? { type: type[0] ?? "string" } : {},
    ...Object.fromEntries(rest),
    [knownKeyword]: values
  };
}
function openEnums(schema) {
  if (!isObject(schema)) return schema;
  const changed = { ...schema };
  for (const { path, schema: child } of childrenOf(schema)) {
    const [keyword = "", name] = path;
    const inner = openEnums(child);
    if (inner === child) continue;
    const holder = changed[String(keyword)];
    changed[String(keyword)] = name === void 0 ? inner : Array.isArray(holder) ? holder.map((item, index) => index === name ? inner : item) : { ...isObject(holder) ? holder : {}, [name]: inner };
  }
  const isSame = Object.keys(changed).every((key) => changed[key] === schema[key]);
  return opened(isSame ? schema : changed);
}
var openKeyword, knownKeyword;
var init_open_enums = __esm({
  "packages/codegen/src/read/open-enums.ts"() {
    "use strict";
    init_json();
    init_keywords();
    openKeyword = "x-open";
    knownKeyword = "x-known";
  }
});

// packages/codegen/src/ajv.ts
import { createRequire } from "node:module";
var ajvOptions = {
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  allErrors: false,
  logger: false,
  unicodeRegExp: true
};
var require2 = createRequire(import.meta.url);
function loadAjv() {
  const module = require2("ajv/dist/2020.js");
  return module.default;
}
function createJudge(options) {
  return new (loadAjv())({ ...ajvOptions, ...options });
}

// packages/codegen/src/codegen-error.ts
var CodegenError = class _CodegenError extends Error {
  name = "CodegenError";
  code;
  expected;
  location;
  constructor(code, message, detail = {}) {
    super(`[${code}] ${message}`, detail.cause === void 0 ? void 0 : { cause: detail.cause });
    this.code = code;
    this.expected = detail.expected;
    this.location = detail.location;
  }
  /** The error itself when it already is one of ours, else an `internal` one around it. */
  static from(reason) {
    if (reason instanceof _CodegenError) return reason;
    const text2 = reason instanceof Error ? reason.message : String(reason);
    return new _CodegenError("internal", `Failed to generate: ${text2}.`, { cause: reason });
  }
};

// packages/codegen/src/identity.ts
init_json();
var annotations = /* @__PURE__ */ new Set([
  "$comment",
  "$id",
  "$schema",
  "default",
  "deprecated",
  "description",
  "examples",
  "title",
  "x-contract",
  "x-fallback",
  "x-known",
  "x-open",
  "x-replies",
  "x-since"
]);
var namedMembers = /* @__PURE__ */ new Set([
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
  "properties"
]);
var data = /* @__PURE__ */ new Set(["const", "enum"]);
function roleOfChild(key, role) {
  if (role === "members") return "schema";
  if (role === "data" || data.has(key)) return "data";
  return namedMembers.has(key) ? "members" : "schema";
}
function withoutAnnotations(value, role = "schema") {
  if (role === "data") return value;
  if (Array.isArray(value)) return value.map((item) => withoutAnnotations(item, role));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => role === "members" || !annotations.has(key));
  return Object.fromEntries(
    kept.map(([key, child]) => [key, withoutAnnotations(child, roleOfChild(key, role))])
  );
}

// packages/codegen/src/patterns/parse-pattern.ts
import { RegExpParser } from "@eslint-community/regexpp";
function parsePattern(source) {
  try {
    new RegExp(source, "u");
    return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
  } catch {
    return void 0;
  }
}

// packages/protocol/src/json-values.ts
var maxValueDepth = 256;
function canonical(value, depth) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (depth === maxValueDepth) return void 0;
  let text2 = "";
  for (const key of Object.keys(value).sort()) {
    const member = canonical(Reflect.get(value, key), depth + 1);
    if (member === void 0) return void 0;
    text2 += `${Array.isArray(value) ? "" : JSON.stringify(key)}:${member},`;
  }
  return Array.isArray(value) ? `[${text2}]` : `{${text2}}`;
}
function deepEqual(a, b) {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  return canonical(a, 0) === canonical(b, 0);
}
function hasUniqueItems(items) {
  const seen = /* @__PURE__ */ new Set();
  for (const item of items) {
    const isValue = typeof item !== "object" || item === null;
    const text2 = isValue ? item : canonical(item, 0);
    if (text2 === void 0) return false;
    seen.add(isValue ? text2 : `\0${text2}`);
  }
  return seen.size === items.length;
}

// packages/codegen/src/index.ts
init_json();

// packages/codegen/src/read/bundle.ts
init_json();
init_names();

// packages/codegen/src/read/convert-keywords.ts
init_json();
var tupleDialects = /* @__PURE__ */ new Set(["2019-09", "07", "06", "04"]);
function convertTuple(schema, dialect, keyword) {
  if (!tupleDialects.has(dialect)) return keyword;
  const isTuple = Array.isArray(own(schema, "items"));
  if (keyword === "items" && isTuple)
    return Array.isArray(schema.items) && schema.items.length > 0 ? "prefixItems" : void 0;
  if (keyword === "additionalItems") return isTuple ? "items" : void 0;
  return keyword;
}
function convertBound(schema, keyword, value) {
  const exclusive = keyword === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  if (keyword === "minimum" || keyword === "maximum") {
    return [{ keyword: own(schema, exclusive) === true ? exclusive : keyword, value, from: [keyword] }];
  }
  return (keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum") && typeof value === "boolean" ? [] : void 0;
}
function splitDependencies(value) {
  const names = Object.keys(value);
  const required = names.filter((name) => Array.isArray(own(value, name)));
  const schemas = names.filter((name) => !required.includes(name));
  const row = (keyword, members) => members.length === 0 ? [] : [{ keyword, value, from: ["dependencies"], members }];
  return [...row("dependentRequired", required), ...row("dependentSchemas", schemas)];
}
function convertKeywords(schema, dialect) {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === "dependencies" && isObject(value)) return splitDependencies(value);
    const bound = dialect === "04" ? convertBound(schema, key, value) : void 0;
    if (bound) return bound;
    const keyword = convertTuple(schema, dialect, key);
    return keyword === void 0 ? [] : [{ keyword, value, from: [key] }];
  });
}

// packages/codegen/src/read/dialect.ts
init_json();
var dialects = ["2020-12", "2019-09", "07", "06", "04"];
var fallback = "2020-12";
var canonicalSchemaUri = "https://json-schema.org/draft/2020-12/schema";
function named(schema) {
  return isObject(schema) ? own(schema, "$schema") : void 0;
}
function dialectOf(source, schema, pointer, inherited) {
  const uri = named(schema);
  if (uri === void 0) return inherited ?? fallback;
  const match2 = /json-schema\.org\/draft(?:\/|-)(2020-12|2019-09|07|06|04)\/schema#?$/.exec(String(uri));
  const dialect = dialects.find((candidate) => candidate === match2?.[1]);
  if (dialect) return dialect;
  throw source.fail(
    "unsupported_dialect",
    `${pointer}/$schema`,
    `Failed to read the schema: its dialect ${JSON.stringify(uri).slice(0, 120)} is not supported.`,
    "JSON Schema draft 2020-12, 2019-09, 07, 06 or 04"
  );
}

// packages/codegen/src/read/bundle.ts
init_keywords();

// packages/codegen/src/read/mapping.ts
init_json();
init_branch_tags();
init_references();
function valuesOf(discriminator, target) {
  const name = keysOf(target).at(-1) ?? "";
  const mapping = own(discriminator, "mapping");
  const rows = isObject(mapping) ? Object.entries(mapping) : [];
  const mapped = rows.filter(
    ([, to]) => typeof to === "string" && to.split(/[/#]/).at(-1)?.replace(/\.\w+$/, "") === name
  );
  return mapped.length > 0 ? mapped.map(([value]) => value) : [name];
}
function applyMapping(root) {
  const discriminator = isObject(root) ? own(root, "discriminator") : void 0;
  const key = isObject(discriminator) ? own(discriminator, "propertyName") : void 0;
  if (!isObject(root) || !isObject(discriminator) || typeof key !== "string") return root;
  const named2 = (branch, pointer) => {
    const target = targetOf(branch);
    if (target === void 0 || branchTag(root, { pointer, schema: branch }, key).values) return branch;
    const values = valuesOf(discriminator, target);
    const tag = values.length === 1 ? { const: values[0] ?? "" } : { enum: values };
    return { allOf: [branch, { type: "object", properties: { [key]: tag }, required: [key] }] };
  };
  const unions = ["oneOf", "anyOf"].flatMap((keyword) => {
    const branches2 = own(root, keyword);
    return Array.isArray(branches2) ? [[keyword, branches2.map((branch, index) => named2(branch, `/${keyword}/${index}`))]] : [];
  });
  return { ...root, ...Object.fromEntries(unions) };
}

// packages/codegen/src/read/bundle.ts
init_open_enums();

// packages/codegen/src/read/json-source.ts
import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
init_json();

// packages/codegen/src/read/source.ts
var maxSourceLength = 16 * 1024 * 1024;
var maxSourceDepth = 256;
function positionAt(text2, offset2) {
  const before = text2.slice(0, offset2);
  const line = before.split("\n").length;
  return { line, column: offset2 - before.lastIndexOf("\n") };
}
function tooLarge(location) {
  return new CodegenError(
    "too_large",
    `Failed to read ${location.file}: it is too large or nested too deep.`,
    {
      expected: `at most ${maxSourceLength} characters and ${maxSourceDepth} levels`,
      location
    }
  );
}
function sourceOf(file, value, locate) {
  return {
    file,
    value,
    locate,
    fail: (code, pointer, message, expected) => new CodegenError(code, message, {
      location: locate(pointer),
      ...expected === void 0 ? {} : { expected }
    })
  };
}

// packages/codegen/src/read/json-source.ts
function depthOf(text2) {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text2.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}
function parseJsonSource(text2, file) {
  const at = (offset2, pointer) => ({
    file,
    ...positionAt(text2, offset2),
    pointer
  });
  if (text2.length > maxSourceLength || depthOf(text2) > maxSourceDepth) {
    throw tooLarge(at(0, ""));
  }
  const errors = [];
  const body = text2.startsWith("\uFEFF") ? ` ${text2.slice(1)}` : text2;
  const tree = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first || !tree) {
    const what = first ? printParseErrorCode(first.error) : "ValueExpected";
    throw new CodegenError("invalid_json", `Failed to read ${file}: it is not JSON (${what}).`, {
      expected: "one JSON value",
      location: at(first?.offset ?? 0, "")
    });
  }
  refuseDuplicateKeys(tree, file, at);
  const value = JSON.parse(body);
  return sourceOf(file, value, (pointer) => {
    for (let keys = keysOf(pointer); ; keys = keys.slice(0, -1)) {
      const path = keys.map((key) => /^\d+$/.test(key) ? Number(key) : key);
      const node = findNodeAtLocation(tree, path) ?? findNodeAtLocation(tree, [...keys]);
      if (node) return at(node.offset, pointer);
      if (keys.length === 0) return at(0, pointer);
    }
  });
}
function findDouble(node) {
  const seen = /* @__PURE__ */ new Set();
  for (const child of node.children ?? []) {
    if (child.type === "property") {
      const key = child.children?.[0]?.value;
      if (seen.has(key)) return child;
      seen.add(key);
    }
    const inner = child.type === "property" ? child.children?.[1] : child;
    const found2 = inner?.children && findDouble(inner);
    if (found2) return found2;
  }
  return void 0;
}
function refuseDuplicateKeys(tree, file, at) {
  const double = findDouble(tree);
  const key = double?.children?.[0];
  if (!double || !key) return;
  throw new CodegenError("duplicate_key", `Failed to read ${file}: the key "${key.value}" stands twice.`, {
    expected: "each key once in an object",
    location: at(key.offset, pointerOf([...pathOf(double), key.value]))
  });
}
function pathOf(node) {
  const path = [];
  for (let current = node.parent; current?.parent; current = current.parent) {
    const parent = current.parent;
    if (parent.type === "property") path.unshift(parent.children?.[0]?.value);
    else if (parent.type === "array") path.unshift(parent.children?.indexOf(current) ?? 0);
  }
  return path;
}

// packages/codegen/src/read/yaml-source.ts
import { createRequire as createRequire2 } from "node:module";
init_json();
function loadYaml() {
  const load2 = createRequire2(import.meta.url);
  return load2("yaml");
}
function asJson(value, depth) {
  if (depth > maxSourceDepth) return void 0;
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : void 0;
  if (Array.isArray(value)) {
    const items = value.map((item) => asJson(item, depth + 1));
    return items.every((item) => item !== void 0) ? items : void 0;
  }
  if (typeof value !== "object") return void 0;
  const members = Object.entries(value).map(([key, child]) => [key, asJson(child, depth + 1)]);
  const known4 = members.flatMap(([key, child]) => child === void 0 ? [] : [[key, child]]);
  return known4.length === members.length ? Object.fromEntries(known4) : void 0;
}
function parseYamlSource(text2, file) {
  const at = (offset2, pointer) => ({ file, ...positionAt(text2, offset2), pointer });
  if (text2.length > maxSourceLength) throw tooLarge(at(0, ""));
  const { isNode, LineCounter, parseDocument } = loadYaml();
  const document = parseDocument(text2, { lineCounter: new LineCounter(), stringKeys: true, merge: false });
  const [fault] = document.errors;
  if (fault) {
    const twice = fault.code === "DUPLICATE_KEY";
    const [what] = fault.message.split(/ at line |\n/);
    throw new CodegenError(
      twice ? "duplicate_key" : "invalid_yaml",
      `Failed to read ${file}: it is not YAML that means JSON (${what}).`,
      {
        expected: twice ? "each key once in an object" : "one YAML 1.2 document with string keys",
        location: at(fault.pos[0], "")
      }
    );
  }
  const value = asJson(document.toJS({ maxAliasCount: 1e3 }), 0);
  if (value === void 0) {
    throw new CodegenError("invalid_yaml", `Failed to read ${file}: it holds what JSON cannot say.`, {
      expected: `objects, arrays, texts, finite numbers, booleans and null, at most ${maxSourceDepth} levels`,
      location: at(0, "")
    });
  }
  return sourceOf(file, value, (pointer) => {
    for (let keys = keysOf(pointer); ; keys = keys.slice(0, -1)) {
      const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
      if (isNode(node) && node.range) return at(node.range[0], pointer);
      if (keys.length === 0) return at(0, pointer);
    }
  });
}

// packages/codegen/src/read/parse-source.ts
function parseSource(text2, file) {
  return /\.ya?ml$/i.test(file) ? parseYamlSource(text2, file) : parseJsonSource(text2, file);
}

// packages/codegen/src/read/registry.ts
init_json();
import { posix } from "node:path";
init_keywords();

// packages/codegen/src/read/meta-schemas.ts
import { createRequire as createRequire3 } from "node:module";
var folders = {
  "2020-12": "json-schema-2020-12",
  "2019-09": "json-schema-2019-09"
};
var load = createRequire3(import.meta.url);
function metaSchemaText(uri) {
  const old = /^http:\/\/json-schema\.org\/draft-(07|06)\/schema$/.exec(uri)?.[1];
  if (old) return JSON.stringify(load(`ajv/dist/refs/json-schema-draft-${old}.json`));
  const match2 = /^https:\/\/json-schema\.org\/draft\/([\d-]+)\/(schema|meta\/[\w-]+)$/.exec(uri);
  const [, draft = "", name = ""] = match2 ?? [];
  const folder = Object.hasOwn(folders, draft) ? folders[draft] : void 0;
  if (!folder) return void 0;
  try {
    return JSON.stringify(load(`ajv/dist/refs/${folder}/${name}.json`));
  } catch {
    return void 0;
  }
}

// packages/codegen/src/read/registry.ts
var maxDocuments = 1e3;
var recursiveAnchor = "$recursiveAnchor";
var isUri = (text2) => /^[a-z][a-z0-9+.-]+:/i.test(text2);
function join(reference, base) {
  if (reference === "") return base;
  if (isUri(reference)) return URL.canParse(reference) ? new URL(reference).href : reference;
  if (isUri(base)) return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
  return posix.normalize(posix.join(posix.dirname(base), decode(reference)));
}
function decode(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}
function text(schema, keyword) {
  const value = own(schema, keyword);
  return typeof value === "string" ? value : void 0;
}
function idOf(schema, dialect) {
  const id = text(schema, dialect === "04" ? "id" : "$id");
  const old = dialect === "04" || dialect === "06" || dialect === "07";
  return old && own(schema, "$ref") !== void 0 ? void 0 : id;
}
var Registry = class {
  #texts;
  #byUri = /* @__PURE__ */ new Map();
  /** Document → its resources, by the pointer where each begins. */
  #parts = /* @__PURE__ */ new Map();
  constructor(texts) {
    this.#texts = texts;
  }
  /** Every document met so far. */
  get documents() {
    return [...this.#parts.keys()];
  }
  /** Adds a parsed document under its name, and under every `$id` in it. */
  add(source, uri) {
    const parts = /* @__PURE__ */ new Map();
    this.#parts.set(source, parts);
    const dialect = dialectOf(source, source.value, "");
    const root = this.#scan(source, parts, { pointer: "", schema: source.value, uri, dialect });
    if (!this.#byUri.has(uri)) this.#byUri.set(uri, root);
    return root;
  }
  /** The resource that a place of a document belongs to: the innermost that begins at or above it. */
  resourceAt(source, pointer) {
    const parts = this.#parts.get(source);
    for (let place = pointer; ; place = place.slice(0, place.lastIndexOf("/"))) {
      const found2 = parts?.get(place);
      if (found2) return found2;
      if (place === "") throw source.fail("internal", pointer, "Failed to read the schema: no base.");
    }
  }
  /** What a reference in that resource leads to; undefined when nothing is there. */
  resolve(reference, from) {
    const [address = "", fragment = ""] = reference.split("#", 2);
    const resource = address === "" ? from : this.#find(address, from);
    if (!resource) return void 0;
    const name = decode(fragment);
    if (name === "") return { resource, pointer: resource.pointer, anchor: void 0 };
    if (!name.startsWith("/")) {
      const pointer2 = resource.anchors.get(name);
      return pointer2 === void 0 ? void 0 : { resource: this.resourceAt(resource.source, pointer2), pointer: pointer2, anchor: name };
    }
    const pointer = resource.pointer + name;
    if (valueAt(resource.source.value, pointer) === void 0) return void 0;
    return { resource: this.resourceAt(resource.source, pointer), pointer, anchor: void 0 };
  }
  #find(address, from) {
    const uri = join(address, from.uri);
    const known4 = this.#byUri.get(uri) ?? this.#load(uri, uri);
    if (known4 || isUri(address)) return known4;
    return this.#load(join(address, from.source.file), uri);
  }
  #load(name, uri) {
    const found2 = this.#texts.get(name) ?? metaSchemaText(name);
    if (found2 === void 0) return void 0;
    const source = parseSource(found2, name);
    if (this.#parts.size >= maxDocuments) {
      throw source.fail(
        "too_large",
        "",
        `Failed to read ${name}: the contract has over ${maxDocuments} files.`
      );
    }
    const root = this.add(source, uri);
    this.#byUri.set(uri, root);
    return root;
  }
  #scan(source, parts, start) {
    const anchors = /* @__PURE__ */ new Map();
    const dynamicAnchors = /* @__PURE__ */ new Map();
    const id = isObject(start.schema) ? idOf(start.schema, start.dialect) : void 0;
    const [address = ""] = (id ?? "").split("#");
    const uri = join(address, start.uri);
    const resource = { ...start, uri, source, anchors, dynamicAnchors };
    parts.set(start.pointer, resource);
    if (!this.#byUri.has(uri)) this.#byUri.set(uri, resource);
    const visit = (schema, pointer) => {
      if (!isObject(schema)) return;
      const inner = pointer === start.pointer ? void 0 : idOf(schema, start.dialect);
      if (inner !== void 0 && !inner.startsWith("#")) {
        const dialect = dialectOf(source, schema, pointer, start.dialect);
        this.#scan(source, parts, { pointer, schema, uri, dialect });
        return;
      }
      const fragment = idOf(schema, start.dialect)?.split("#", 2)[1];
      for (const name of [fragment, text(schema, "$anchor"), text(schema, "$dynamicAnchor")]) {
        if (name) anchors.set(name, pointer);
      }
      const dynamic = text(schema, "$dynamicAnchor");
      if (dynamic) dynamicAnchors.set(dynamic, pointer);
      if (own(schema, "$recursiveAnchor") === true) dynamicAnchors.set(recursiveAnchor, pointer);
      for (const child of childrenOf(schema)) visit(child.schema, pointer + pointerOf(child.path));
    };
    visit(start.schema, start.pointer);
    return resource;
  }
};

// packages/codegen/src/read/bundle.ts
var maxSchemas = 2e5;
var addressKeywords = /* @__PURE__ */ new Set([
  ...["$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$schema", "$vocabulary"]
]);
var referenceKeywords = /* @__PURE__ */ new Set(["$ref", "$dynamicRef", "$recursiveRef"]);
var keptObjects = /* @__PURE__ */ new Set(["discriminator", "dependentRequired"]);
function fragmentOf(pointer) {
  return `#${encodeURI(pointer).replace(/[?#]/g, encodeURIComponent)}`;
}
function isPlain(value) {
  return Array.isArray(value) ? value.every((item) => typeof item !== "object") : !isObject(value);
}
var Bundler = class {
  #registry;
  /** Place → pointer in the bundle. */
  #placed = /* @__PURE__ */ new Map();
  #origins = /* @__PURE__ */ new Map();
  #pending = [];
  #definitions = /* @__PURE__ */ new Map();
  #taken;
  constructor(registry, taken) {
    this.#registry = registry;
    this.#taken = new Set(taken);
  }
  /** The bundle of everything that the root leads to. */
  run(root) {
    const value = this.#copy(
      { resource: root, pointer: "", scope: this.#enter(/* @__PURE__ */ new Map(), root) },
      "",
      root.source.value
    );
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      next.holder.$ref = fragmentOf(this.#placeOf(next.target));
    }
    if (!isObject(value) || this.#definitions.size === 0) return value;
    const definitions = isObject(value.$defs) ? Object.entries(value.$defs) : [];
    return { ...value, $defs: Object.fromEntries([...definitions, ...this.#definitions]) };
  }
  /** Where the nearest schema at or above a pointer of the bundle came from, and the keys below it. */
  originOf(pointer) {
    const keys = keysOf(pointer);
    for (let length = keys.length; length >= 0; length--) {
      const origin = this.#origins.get(pointerOf(keys.slice(0, length)));
      if (origin) return { ...origin, pointer: origin.pointer + pointerOf(keys.slice(length)) };
    }
    return void 0;
  }
  /** The scope after a resource was entered: who came first stays. */
  #enter(scope, resource) {
    const news = [...resource.dynamicAnchors].filter(([name]) => !scope.has(name));
    if (news.length === 0) return scope;
    return new Map([
      ...scope,
      ...news.map(([anchor, pointer]) => [anchor, { resource, pointer, anchor }])
    ]);
  }
  #key({ resource, pointer, scope }) {
    const place = `${resource.source.file}
${pointer}`;
    if (scope.size === 0) return place;
    const seen = [...scope].map(([name, target]) => `${name}=${target.resource.uri}#${target.pointer}`);
    return [place, ...seen.sort()].join("\n");
  }
  /** Where the target stands in the bundle; it is copied to a definition when it is met for the first time. */
  #placeOf(target) {
    const known4 = this.#placed.get(this.#key(target));
    if (known4 !== void 0) return known4;
    const name = this.#claim(target);
    const pointer = pointerOf(["$defs", name]);
    const schema = valueAt(target.resource.source.value, target.pointer) ?? true;
    this.#definitions.set(name, this.#copy(target, pointer, schema));
    return pointer;
  }
  /** A definition's name: its own, else the file's, else with the file's before it, else numbered. */
  #claim({ resource, pointer }) {
    const base = resource.source.file.split("/").at(-1)?.replace(/(\.schema)?\.(json|ya?ml)$/i, "") || "schema";
    const key = keysOf(pointer).at(-1) ?? "";
    const plain = /^\d*$/.test(key) ? pascalCase(base) : key;
    const candidates = [plain, `${pascalCase(base)}${pascalCase(plain)}`];
    for (let count = 2; ; count++) {
      const free = candidates.find((candidate) => !this.#taken.has(candidate));
      if (free !== void 0) {
        this.#taken.add(free);
        return free;
      }
      candidates.push(`${candidates[1]}${count}`);
    }
  }
  #copy(place, out, schema) {
    const { source, dialect } = place.resource;
    this.#placed.set(this.#key(place), out);
    this.#origins.set(out, { source, pointer: place.pointer });
    if (this.#origins.size > maxSchemas) {
      throw source.fail("too_large", place.pointer, `Failed to read the schema: over ${maxSchemas} schemas.`);
    }
    if (!isObject(schema)) return schema;
    const references = [];
    const entries = convertKeywords(schema, dialect).flatMap((row) => {
      const { keyword, value, members } = row;
      if (referenceKeywords.has(keyword)) {
        references.push(this.#targetOf(place, keyword, value));
        return references.length === 1 ? [["$ref", ""]] : [];
      }
      if (isApplicator(keyword)) return [[keyword, this.#copyUnder(place, `${out}/${keyword}`, row)]];
      if (addressKeywords.has(keyword)) return out === "" ? addressOf(keyword, value) : [];
      if (members && isObject(value)) {
        return [[keyword, Object.fromEntries(members.map((name) => [name, own(value, name) ?? []]))]];
      }
      return isKept(keyword, value) ? [[keyword, value]] : [];
    });
    const copied = Object.fromEntries(entries);
    for (const [index, target] of references.entries()) {
      const holder = index === 0 ? copied : { $ref: "" };
      if (index > 0) copied.allOf = [...Array.isArray(copied.allOf) ? copied.allOf : [], holder];
      this.#pending.push({ holder, target });
    }
    return copied;
  }
  #copyUnder(place, out, { keyword, value, from, members }) {
    const child = (keys, schema) => {
      const pointer = place.pointer + pointerOf([...from, ...keys]);
      const resource = this.#registry.resourceAt(place.resource.source, pointer);
      const scope = resource === place.resource ? place.scope : this.#enter(place.scope, resource);
      return this.#copy({ resource, pointer, scope }, out + pointerOf(keys), schema);
    };
    if (Array.isArray(value)) return value.map((item, index) => child([index], item));
    if (!mapKeywords.has(keyword)) return child([], value);
    if (!isObject(value)) return value;
    const names = members ?? Object.keys(value);
    return Object.fromEntries(names.map((name) => [name, child([name], own(value, name) ?? true)]));
  }
  #targetOf({ resource, pointer, scope }, keyword, value) {
    const found2 = typeof value === "string" ? this.#registry.resolve(value, resource) : void 0;
    if (!found2) {
      throw resource.source.fail(
        "unresolved_reference",
        `${pointer}/${keyword}`,
        `Failed to resolve the reference ${JSON.stringify(value).slice(0, 200)}.`,
        "a pointer to a schema in this file, such as #/$defs/Ping, or the path of another file"
      );
    }
    const target = keyword === "$ref" ? found2 : outermost(found2, keyword, scope);
    return {
      resource: target.resource,
      pointer: target.pointer,
      scope: this.#enter(scope, target.resource)
    };
  }
};
function outermost(found2, keyword, scope) {
  const name = keyword === "$recursiveRef" ? recursiveAnchor : found2.anchor;
  if (name === void 0 || found2.resource.dynamicAnchors.get(name) !== found2.pointer) return found2;
  return scope.get(name) ?? found2;
}
function addressOf(keyword, value) {
  if (keyword === "$schema") return [["$schema", canonicalSchemaUri]];
  return keyword === "$id" ? [["$id", value]] : [];
}
function isKept(keyword, value) {
  return dataKeywords.has(keyword) || keptObjects.has(keyword) || keyword.startsWith("x-") || isPlain(value);
}
function bundle(text2, file, documents) {
  const entry = parseSource(text2, file);
  const registry = new Registry(documents);
  const root = registry.add(entry, file);
  if (!isObject(entry.value)) {
    throw entry.fail(
      "invalid_schema",
      "",
      "Failed to read the schema: it is not an object.",
      "a JSON Schema object"
    );
  }
  const definitions = own(entry.value, "$defs");
  const bundler = new Bundler(registry, isObject(definitions) ? Object.keys(definitions) : []);
  const source = sourceOf(file, openEnums(applyMapping(bundler.run(root))), (pointer) => {
    const origin = bundler.originOf(pointer) ?? { source: entry, pointer };
    return origin.source.locate(origin.pointer);
  });
  return { ...source, dialect: root.dialect, documents: registry.documents };
}

// packages/codegen/src/index.ts
init_references();

// packages/compat/src/evaluate/ajv-judge.ts
import { fullFormats } from "ajv-formats/dist/formats.js";
function ajvJudge(root, settings) {
  const compiled = /* @__PURE__ */ new Map();
  let ajv;
  const compile2 = (pointer) => {
    try {
      if (!ajv) {
        ajv = createJudge({
          // A property named like a member of every object counts only when the value has it itself.
          ownProperties: true,
          // The schema was read before; its meta-schema would take longer to compile than the schema.
          meta: false,
          validateSchema: false,
          validateFormats: settings.assertFormats,
          ...settings.assertFormats ? { formats: fullFormats } : {}
        });
        const plain = withoutAnnotations(root);
        ajv.addSchema(typeof plain === "object" && plain !== null ? plain : {}, "document");
      }
      const fragment = pointer.split("/").map(encodeURIComponent).join("/");
      return ajv.getSchema(`document#${fragment}`) ?? ajv.compile({ $ref: `document#${fragment}` });
    } catch {
      return void 0;
    }
  };
  return {
    accepts: (pointer, value) => {
      if (typeof root === "boolean") return root;
      if (!compiled.has(pointer)) compiled.set(pointer, compile2(pointer));
      const check = compiled.get(pointer);
      if (!check) return void 0;
      try {
        return check(value) === true;
      } catch {
        return void 0;
      }
    }
  };
}

// packages/compat/src/evaluate/blame.ts
var telling = /* @__PURE__ */ new Set(["const", "enum", "type", "pattern"]);
function distance(refusals, at) {
  const isOther = ({ keyword, valuePointer }) => telling.has(keyword) && valuePointer.split("/").length <= at.split("/").length + 1;
  return refusals.filter(isOther).length * 1e3 + refusals.length;
}
function isOtherBranch(refusals, at) {
  return distance(refusals, at) >= 1e3;
}
function blame(refusals) {
  const [first] = refusals;
  if (!first || first.branches.length === 0) return first;
  const nearest = [...first.branches].sort(
    (a, b) => distance(a, first.valuePointer) - distance(b, first.valuePointer)
  )[0];
  if (!nearest || isOtherBranch(nearest, first.valuePointer)) return first;
  return blame(nearest) ?? first;
}

// packages/compat/src/formula/recursion-key.ts
var silent = /* @__PURE__ */ new Set([
  ...["$comment", "$defs", "$id", "$schema", "default", "definitions", "deprecated", "description"],
  ...["example", "examples", "readOnly", "title", "writeOnly"]
]);
var maps = /* @__PURE__ */ new Set(["dependentSchemas", "patternProperties", "properties"]);
var data2 = /* @__PURE__ */ new Set(["const", "dependentRequired", "enum"]);
function numbered(value, numberOf) {
  if (Array.isArray(value)) return value.map((item) => numbered(item, numberOf));
  if (!isObject(value)) return value;
  return sorted(value, (key, child) => {
    if (silent.has(key)) return void 0;
    if (data2.has(key)) return child;
    if (maps.has(key) && isObject(child)) return sorted(child, (_, inner) => numbered(inner, numberOf));
    const target = key === "$ref" && typeof child === "string" ? localPointer(child) : void 0;
    return target === void 0 ? numbered(child, numberOf) : numberOf(target);
  });
}
function sorted(object, map) {
  const entries = Object.entries(object).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(
    entries.flatMap(([key, child]) => {
      const mapped = map(key, child);
      return mapped === void 0 ? [] : [[key, mapped]];
    })
  );
}
function recursionKey(at, pointer) {
  const numbers = /* @__PURE__ */ new Map([[pointer, 0]]);
  const order = [pointer];
  const numberOf = (target) => {
    const known4 = numbers.get(target);
    if (known4 !== void 0) return known4;
    numbers.set(target, order.length);
    return order.push(target) - 1;
  };
  const texts = [];
  for (let index = 0; index < order.length; index++)
    texts.push(JSON.stringify(numbered(at(order[index] ?? "") ?? true, numberOf)));
  return texts.join("\n");
}

// packages/compat/src/formula/document.ts
var inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
function inPlaceTargets(schema) {
  if (Array.isArray(schema)) return schema.flatMap(inPlaceTargets);
  if (!isObject(schema)) return [];
  const children = inPlace.flatMap((keyword) => own(schema, keyword) ?? []);
  const dependent = mapOf(schema, "dependentSchemas").map(([, child]) => child);
  return [...[targetOf(schema) ?? []].flat(), ...[...children, ...dependent].flatMap(inPlaceTargets)];
}
function reach(pointer, targetsOf) {
  const seen = /* @__PURE__ */ new Set();
  const queue = [...targetsOf(pointer)];
  for (let next = queue.pop(); next !== void 0; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...targetsOf(next));
  }
  return seen;
}
function once(work2) {
  const known4 = /* @__PURE__ */ new Map();
  return (pointer) => {
    const before = known4.get(pointer) ?? { value: work2(pointer) };
    known4.set(pointer, before);
    return before.value;
  };
}
function schemaDocument(root) {
  const at = (pointer) => valueAt(root, pointer);
  const targetsOf = once(
    (pointer) => walkSchemas(at(pointer) ?? true).flatMap(({ schema }) => targetOf(schema) ?? [])
  );
  const inPlaceOf = once((pointer) => inPlaceTargets(at(pointer) ?? true));
  return {
    root,
    at,
    isRecursive: once(
      (pointer) => (
        // A reference to what the definition stands in leads back as well.
        [...reach(pointer, targetsOf)].some((target) => target === pointer || pointer.startsWith(`${target}/`))
      )
    ),
    isEndless: once((pointer) => reach(pointer, inPlaceOf).has(pointer)),
    recursionKey: once((pointer) => recursionKey(at, pointer))
  };
}
function mapOf(schema, keyword) {
  const value = own(schema, keyword);
  return isObject(value) ? Object.entries(value) : [];
}

// packages/compat/src/evaluate/formats.ts
import { fullFormats as fullFormats2 } from "ajv-formats/dist/formats.js";
var samples = {
  date: ["2026-03-02", "2000-02-29"],
  time: ["10:15:30Z", "23:59:59.5+01:00"],
  "date-time": ["2026-03-02T10:15:30Z", "2000-02-29T23:59:59.5+01:00"],
  duration: ["P1D", "PT5M"],
  email: ["a@example.com", "first.last@example.org"],
  hostname: ["example.com", "a"],
  ipv4: ["192.0.2.1", "10.0.0.1"],
  ipv6: ["2001:db8::1", "::1"],
  uri: ["https://example.com/a", "urn:a:b"],
  "uri-reference": ["https://example.com/a", "/a", "a"],
  "uri-template": ["https://example.com/{a}", "a"],
  uuid: ["5f3c1f0e-7a51-4c1b-9a0e-2f4f0f6d8f11", "00000000-0000-4000-8000-000000000000"],
  "json-pointer": ["", "/a", "/a/0"],
  "relative-json-pointer": ["0", "1/a"],
  regex: ["a", "^a+$"]
};
function formatSamples(name) {
  return Object.hasOwn(samples, name) ? samples[name] ?? [] : [];
}
function formatOf(name) {
  return Object.hasOwn(fullFormats2, name) ? Reflect.get(fullFormats2, name) : true;
}
function isNumberFormat(name) {
  const format = formatOf(name);
  return typeof format === "object" && format !== null && Reflect.get(format, "type") === "number";
}
function formatAccepts(name, text2) {
  return isNumberFormat(name) || testFormat(formatOf(name), text2);
}
function wholeNumbersOf(name) {
  if (name === "int32") return { least: -(2 ** 31), most: 2 ** 31 - 1 };
  return name === "int64" ? { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY } : void 0;
}
function testFormat(format, text2) {
  if (format instanceof RegExp) return format.test(text2);
  if (typeof format === "function") return format(text2) === true;
  if (typeof format === "object" && format !== null && "validate" in format)
    return testFormat(format.validate, text2);
  return true;
}

// packages/compat/src/evaluate/multiples.ts
function isMultiple(value, divisor) {
  return Number.isInteger(value / divisor);
}

// packages/compat/src/formula/node.ts
var jsonTypes = ["object", "string", "number", "array", "boolean", "null"];
function typeOfAtom(node) {
  switch (node.kind) {
    case "over":
    case "multiple":
      return "number";
    case "minLength":
    case "pattern":
    case "format":
      return "string";
    case "minItems":
    case "item":
    case "tail":
    case "atLeast":
    case "unique":
      return "array";
    case "has":
    case "minProperties":
    case "member":
      return "object";
    default:
      return void 0;
  }
}
function not({ node, positive }) {
  if (positive && node.base) return not(node.base);
  return { node, positive: !positive };
}
function signed({ node, positive }) {
  return positive ? node.id : -node.id;
}
function typeOf2(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}
function isScalar(value) {
  return typeof value !== "object" || value === null;
}

// packages/compat/src/solve/holds.ts
var maxDepth = 300;
var expressions = /* @__PURE__ */ new Map();
function patternAccepts(source, text2) {
  let expression = expressions.get(source);
  if (!expression && !expressions.has(source)) {
    try {
      expression = new RegExp(source, "u");
    } catch {
      expression = void 0;
    }
    if (expressions.size > 5e3) expressions.clear();
    expressions.set(source, expression);
  }
  return expression?.test(text2);
}
function holds({ node, positive }, value, effort, depth = 0) {
  if (depth > maxDepth || !effort.spend()) return void 0;
  const result = nodeHolds(node, value, effort, depth + 1);
  return result === void 0 ? void 0 : result === positive;
}
function every(items, test) {
  let result = true;
  for (const [index, item] of items.entries()) {
    const one = test(item, index);
    if (one === false) return false;
    if (one === void 0) result = void 0;
  }
  return result;
}
function nodeHolds(node, value, effort, depth) {
  switch (node.kind) {
    case "true":
    case "declares":
    case "closed":
      return true;
    case "opaque":
      return void 0;
    case "all":
      return every(node.items, (item) => holds(item, value, effort, depth));
    case "any": {
      const none = every(node.items, (item) => invert(holds(item, value, effort, depth)));
      return invert(none);
    }
    case "one": {
      const results = node.items.map((item) => holds(item, value, effort, depth));
      const accepted = results.filter((result) => result === true).length;
      if (accepted > 1) return false;
      return results.includes(void 0) ? void 0 : accepted === 1;
    }
    case "ref":
      return holds(node.target(), value, effort, depth);
    case "type":
      return node.types.has(typeOf2(value));
    case "among":
      return isScalar(value) && node.values.has(value);
    default:
      return atomHolds(node, value, effort, depth);
  }
}
var invert = (result) => result === void 0 ? void 0 : !result;
function atomHolds(node, value, effort, depth) {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return void 0;
    if (node.kind === "over") return node.exclusive ? value > node.limit : value >= node.limit;
    if (node.kind === "multiple") return isMultiple(value, node.divisor);
    return true;
  }
  if (typeof value === "string") {
    if (node.kind === "minLength") return [...value].length >= node.least;
    if (node.kind === "pattern") return patternAccepts(node.source, value);
    if (node.kind === "format") return formatAccepts(node.name, value);
    return true;
  }
  if (Array.isArray(value)) return arrayHolds(node, value, effort, depth);
  return isObject(value) ? objectHolds(node, Object.entries(value), effort, depth) : true;
}
function arrayHolds(node, value, effort, depth) {
  switch (node.kind) {
    case "minItems":
      return value.length >= node.least;
    case "item": {
      const item = value[node.index];
      return item === void 0 || holds(node.value, item, effort, depth);
    }
    case "tail":
      return every(value.slice(node.from), (item) => holds(node.value, item, effort, depth));
    case "atLeast": {
      const results = value.map((item) => holds(node.value, item, effort, depth));
      if (results.filter((result) => result === true).length >= node.least) return true;
      return results.filter((result) => result !== false).length >= node.least ? void 0 : false;
    }
    case "unique":
      return hasUniqueItems(value);
    default:
      return true;
  }
}
function objectHolds(node, members, effort, depth) {
  switch (node.kind) {
    case "has":
      return members.some(([key]) => key === node.key);
    case "minProperties":
      return members.length >= node.least;
    case "member":
      return every(members, ([key, member]) => {
        const isNamed = holds(node.names, key, effort, depth);
        if (isNamed === false) return true;
        const accepted = holds(node.value, member, effort, depth);
        return isNamed === void 0 && accepted !== true ? void 0 : accepted;
      });
    default:
      return true;
  }
}

// packages/compat/src/evaluate/assertions.ts
function hasType(name, value) {
  return name === "integer" ? typeof value === "number" && Number.isInteger(value) : name === typeOf2(value);
}
function hasFormat(name, value) {
  if (typeof value === "string") return formatAccepts(name, value);
  const whole = typeof value === "number" ? wholeNumbersOf(name) : void 0;
  if (!whole || typeof value !== "number") return true;
  return Number.isInteger(value) && value >= whole.least && value <= whole.most;
}
function comparisons(value) {
  if (typeof value === "number")
    return {
      minimum: (limit) => value >= limit,
      exclusiveMinimum: (limit) => value > limit,
      maximum: (limit) => value <= limit,
      exclusiveMaximum: (limit) => value < limit,
      multipleOf: (limit) => isMultiple(value, limit)
    };
  if (typeof value === "string") {
    const length = [...value].length;
    return { minLength: (limit) => length >= limit, maxLength: (limit) => length <= limit };
  }
  if (Array.isArray(value))
    return { minItems: (limit) => value.length >= limit, maxItems: (limit) => value.length <= limit };
  if (!isObject(value)) return {};
  const size = Object.keys(value).length;
  return { minProperties: (limit) => size >= limit, maxProperties: (limit) => size <= limit };
}
function* assertions(schema, value, settings) {
  const type = own(schema, "type");
  const names = typeof type === "string" ? [type] : isStringArray(type) ? type : void 0;
  const isNull = value === null && own(schema, "nullable") === true;
  if (names && !isNull && !names.some((name) => hasType(name, value))) yield { keyword: "type" };
  const constant = own(schema, "const");
  if (constant !== void 0 && !deepEqual(constant, value)) yield { keyword: "const" };
  const values = own(schema, "enum");
  if (Array.isArray(values) && !values.some((one) => deepEqual(one, value))) yield { keyword: "enum" };
  for (const [keyword, test] of Object.entries(comparisons(value))) {
    const limit = own(schema, keyword);
    if (typeof limit === "number" && !test(limit)) yield { keyword };
  }
  const pattern = own(schema, "pattern");
  if (typeof value === "string" && typeof pattern === "string" && patternAccepts(pattern, value) !== true)
    yield { keyword: "pattern" };
  const format = own(schema, "format");
  if (settings.assertFormats && typeof format === "string" && !hasFormat(format, value))
    yield { keyword: "format" };
  if (Array.isArray(value) && own(schema, "uniqueItems") === true && !hasUniqueItems(value))
    yield { keyword: "uniqueItems" };
  if (!isObject(value)) return;
  const required = own(schema, "required");
  for (const key of isStringArray(required) ? required : [])
    if (own(value, key) === void 0) yield { keyword: "required", key };
  for (const [key, others] of mapOf(schema, "dependentRequired")) {
    if (own(value, key) === void 0) continue;
    for (const other of isStringArray(others) ? others : [])
      if (own(value, other) === void 0) yield { keyword: "dependentRequired", key: other };
  }
}

// packages/compat/src/evaluate/evaluate.ts
var maxDepth2 = 800;
var noMembers = /* @__PURE__ */ new Set();
var noItems = /* @__PURE__ */ new Set();
var Evaluator = class {
  constructor(root, settings) {
    this.root = root;
    this.settings = settings;
  }
  root;
  settings;
  /** Every reason for which the schema at a pointer refuses a value; none when it accepts it. */
  refusals(pointer, value) {
    return this.#visit(valueAt(this.root, pointer) ?? true, pointer, value, "", 0).refusals;
  }
  /** Whether the schema at a pointer accepts a value. */
  accepts(pointer, value) {
    return this.refusals(pointer, value).length === 0;
  }
  #visit(schema, pointer, value, at, depth) {
    if (!isObject(schema) || depth > maxDepth2) {
      const refused = schema === false || depth > maxDepth2;
      const refusal = {
        keyword: "false",
        schemaPointer: pointer,
        valuePointer: at,
        key: void 0,
        branches: []
      };
      return { refusals: refused ? [refusal] : [], members: noMembers, items: noItems };
    }
    return new Visit(
      this,
      schema,
      pointer,
      value,
      at,
      (inner, where, child, place) => this.#visit(inner, where, child, place, depth + 1)
    ).run();
  }
};
var Visit = class {
  constructor(evaluator, schema, pointer, value, at, descend) {
    this.evaluator = evaluator;
    this.schema = schema;
    this.pointer = pointer;
    this.value = value;
    this.at = at;
    this.descend = descend;
  }
  evaluator;
  schema;
  pointer;
  value;
  at;
  descend;
  #refusals = [];
  #members = /* @__PURE__ */ new Set();
  #items = /* @__PURE__ */ new Set();
  run() {
    const { schema, value, evaluator } = this;
    for (const row of assertions(schema, value, evaluator.settings)) this.#refuse(row.keyword, row.key);
    this.#reference();
    this.#unions();
    this.#condition();
    if (Array.isArray(value)) this.#array(value);
    if (isObject(value)) this.#object(value);
    return { refusals: this.#refusals, members: this.#members, items: this.#items };
  }
  #refuse(keyword, key, branches2 = []) {
    const schemaPointer = `${this.pointer}/${keyword}`;
    this.#refusals.push({ keyword, schemaPointer, valuePointer: this.at, key, branches: branches2 });
  }
  /** Holds a schema against the value itself. */
  #inPlace(path) {
    const pointer = this.pointer + pointerOf(path);
    return this.descend(valueAt(this.schema, pointerOf(path)) ?? true, pointer, this.value, this.at);
  }
  #keep({ members, items }) {
    for (const name of members) this.#members.add(name);
    for (const index of items) this.#items.add(index);
  }
  #demand(verdict) {
    this.#refusals.push(...verdict.refusals);
    this.#keep(verdict);
  }
  #reference() {
    const reference = own(this.schema, "$ref");
    const pointer = typeof reference === "string" ? localPointer(reference) : void 0;
    if (pointer === void 0) return;
    const target = valueAt(this.evaluator.root, pointer);
    if (target !== void 0) this.#demand(this.descend(target, pointer, this.value, this.at));
  }
  #branches(keyword) {
    const branches2 = own(this.schema, keyword);
    return Array.isArray(branches2) ? branches2.map((_, index) => this.#inPlace([keyword, index])) : void 0;
  }
  #unions() {
    for (const verdict of this.#branches("allOf") ?? []) this.#demand(verdict);
    for (const keyword of ["anyOf", "oneOf"]) {
      const verdicts = this.#branches(keyword);
      if (!verdicts) continue;
      const accepted = verdicts.filter(({ refusals }) => refusals.length === 0);
      for (const verdict of accepted) this.#keep(verdict);
      const isMet = keyword === "anyOf" ? accepted.length > 0 : accepted.length === 1;
      if (!isMet) {
        const why = accepted.length > 0 ? [] : verdicts.map(({ refusals }) => refusals);
        this.#refuse(keyword, void 0, why);
      }
    }
    if (own(this.schema, "not") !== void 0 && this.#inPlace(["not"]).refusals.length === 0)
      this.#refuse("not");
  }
  #condition() {
    if (own(this.schema, "if") !== void 0) {
      const verdict = this.#inPlace(["if"]);
      const holds2 = verdict.refusals.length === 0;
      if (holds2) this.#keep(verdict);
      const next = holds2 ? "then" : "else";
      if (own(this.schema, next) !== void 0) this.#demand(this.#inPlace([next]));
    }
    const { value } = this;
    if (!isObject(value)) return;
    for (const [key] of mapOf(this.schema, "dependentSchemas"))
      if (own(value, key) !== void 0) this.#demand(this.#inPlace(["dependentSchemas", key]));
  }
  /** Holds a schema against an item or member. */
  #inside(path, key, child) {
    const pointer = this.pointer + pointerOf(path);
    const schema = valueAt(this.schema, pointerOf(path)) ?? true;
    const { refusals } = this.descend(schema, pointer, child, this.at + pointerOf([key]));
    this.#refusals.push(...refusals);
    return refusals.length === 0;
  }
  #array(value) {
    const prefix = own(this.schema, "prefixItems");
    const count = Array.isArray(prefix) ? prefix.length : 0;
    for (const [index, item] of value.entries()) {
      if (index < count) this.#inside(["prefixItems", index], index, item);
      else if (own(this.schema, "items") !== void 0) this.#inside(["items"], index, item);
      else continue;
      this.#items.add(index);
    }
    const contains = own(this.schema, "contains");
    if (contains !== void 0) {
      const pointer = `${this.pointer}/contains`;
      const matches = value.flatMap(
        (item, index) => this.descend(contains, pointer, item, this.at).refusals.length === 0 ? [index] : []
      );
      for (const index of matches) this.#items.add(index);
      const least = own(this.schema, "minContains") ?? 1;
      const most = own(this.schema, "maxContains");
      if (typeof least === "number" && matches.length < least)
        this.#refuse(own(this.schema, "minContains") === void 0 ? "contains" : "minContains");
      if (typeof most === "number" && matches.length > most) this.#refuse("maxContains");
    }
    if (own(this.schema, "unevaluatedItems") === void 0) return;
    for (const [index, item] of value.entries()) {
      if (this.#items.has(index)) continue;
      this.#inside(["unevaluatedItems"], index, item);
      this.#items.add(index);
    }
  }
  #object(value) {
    const names = Object.keys(value);
    const local = /* @__PURE__ */ new Set();
    const check = (path, key) => {
      local.add(key);
      this.#inside(path, key, own(value, key) ?? null);
    };
    for (const [key] of mapOf(this.schema, "properties"))
      if (own(value, key) !== void 0) check(["properties", key], key);
    for (const [source] of mapOf(this.schema, "patternProperties"))
      for (const key of names)
        if (patternAccepts(source, key) === true) check(["patternProperties", source], key);
    if (own(this.schema, "additionalProperties") !== void 0)
      for (const key of names.filter((name) => !local.has(name))) {
        if (own(this.schema, "additionalProperties") !== false) check(["additionalProperties"], key);
        else this.#refuse("additionalProperties", key);
        local.add(key);
      }
    for (const key of local) this.#members.add(key);
    const nameSchema = own(this.schema, "propertyNames");
    if (nameSchema !== void 0)
      for (const key of names) {
        const { refusals } = this.descend(
          nameSchema,
          `${this.pointer}/propertyNames`,
          key,
          this.at + pointerOf([key])
        );
        if (refusals.length > 0) this.#refuse("propertyNames", key);
      }
    if (own(this.schema, "unevaluatedProperties") === void 0) return;
    for (const key of names.filter((name) => !this.#members.has(name))) {
      if (own(this.schema, "unevaluatedProperties") === false) this.#refuse("unevaluatedProperties", key);
      else this.#inside(["unevaluatedProperties"], key, own(value, key) ?? null);
      this.#members.add(key);
    }
  }
};

// packages/compat/src/formula/compile-value.ts
var typesByName = /* @__PURE__ */ new Map([
  ["null", "null"],
  ["boolean", "boolean"],
  ["number", "number"],
  ["integer", "number"],
  ["string", "string"],
  ["array", "array"],
  ["object", "object"]
]);
function compileType({ formulas }, { schema }) {
  const type = own(schema, "type");
  const names = typeof type === "string" ? [type] : isStringArray(type) ? type : void 0;
  if (!names) return [];
  const all2 = own(schema, "nullable") === true ? [...names, "null"] : names;
  const types = [...new Set(all2.flatMap((name) => typesByName.get(name) ?? []))];
  const whole = formulas.make({ kind: "multiple", divisor: 1 });
  const isWhole = all2.includes("integer") && !all2.includes("number");
  return [formulas.types(types), ...isWhole ? [whole] : []];
}
function compileEnum({ formulas }, { schema }) {
  const constant = own(schema, "const");
  const values = own(schema, "enum");
  const items = constant === void 0 ? [] : [formulas.constant(constant)];
  if (Array.isArray(values)) {
    const scalars = values.filter((value) => isScalar(value));
    const others = values.filter((value) => !isScalar(value));
    items.push(
      formulas.any([formulas.among(scalars), ...others.map((value) => formulas.constant(value))])
    );
  }
  return items;
}
function compileNumber({ formulas, settings }, { schema }) {
  const items = [];
  const over = (keyword, exclusive, isUpper) => {
    const limit = own(schema, keyword);
    if (typeof limit !== "number") return;
    const atom = formulas.make({ kind: "over", limit, exclusive: isUpper ? !exclusive : exclusive });
    items.push(isUpper ? formulas.guarded("number", not(atom)) : atom);
  };
  over("minimum", false, false);
  over("exclusiveMinimum", true, false);
  over("maximum", false, true);
  over("exclusiveMaximum", true, true);
  const format = own(schema, "format");
  const whole = settings.assertFormats && typeof format === "string" ? wholeNumbersOf(format) : void 0;
  if (whole) {
    const tooLarge2 = formulas.make({ kind: "over", limit: whole.most, exclusive: true });
    items.push(
      formulas.make({ kind: "multiple", divisor: 1 }),
      formulas.make({ kind: "over", limit: whole.least, exclusive: false }),
      formulas.guarded("number", not(tooLarge2))
    );
  }
  const divisor = own(schema, "multipleOf");
  if (typeof divisor !== "number") return items;
  const isDivisor = divisor > 0 && Number.isFinite(divisor);
  const reason = `no number is a multiple of ${divisor}`;
  return [...items, formulas.make(isDivisor ? { kind: "multiple", divisor } : { kind: "opaque", reason })];
}
function countOf(schema, keyword) {
  const value = own(schema, keyword);
  return typeof value === "number" && value >= 0 ? value : void 0;
}
function compileString({ formulas, settings }, { schema }) {
  const least = Math.ceil(countOf(schema, "minLength") ?? 0);
  const most = Math.floor(countOf(schema, "maxLength") ?? Number.POSITIVE_INFINITY);
  const items = [...formulas.between("minLength", "string", least, most)];
  const source = own(schema, "pattern");
  if (typeof source === "string") items.push(formulas.make({ kind: "pattern", source }));
  const name = own(schema, "format");
  const isAsserted = settings.assertFormats && typeof name === "string" && !isNumberFormat(name);
  if (isAsserted) items.push(formulas.make({ kind: "format", name }));
  return items;
}
function compileValue(compiler, site) {
  return [
    ...compileType(compiler, site),
    ...compileEnum(compiler, site),
    ...compileNumber(compiler, site),
    ...compileString(compiler, site)
  ];
}

// packages/compat/src/formula/compile-array.ts
function compileArray(compiler, site) {
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
  if (own(schema, "items") !== void 0) {
    const value = compiler.inside(site, ["items"]);
    if (!formulas.isAlways(value)) items.push(formulas.make({ kind: "tail", from: count, value }));
  }
  if (own(schema, "uniqueItems") === true) items.push(formulas.make({ kind: "unique" }));
  if (own(schema, "contains") !== void 0) items.push(...compileContains(compiler, site));
  return items;
}
function compileContains(compiler, site) {
  const { formulas } = compiler;
  const value = compiler.plain(site, ["contains"]);
  const least = Math.ceil(countOf(site.schema, "minContains") ?? 1);
  const most = countOf(site.schema, "maxContains");
  const items = least <= 0 ? [] : [formulas.make({ kind: "atLeast", least, value })];
  if (site.sender) {
    const described = formulas.any([not(value), compiler.inPlace(site, ["contains"])]);
    if (!formulas.isAlways(described)) items.push(formulas.make({ kind: "tail", from: 0, value: described }));
  }
  if (most === void 0) return items;
  const tooMany = formulas.make({ kind: "atLeast", least: Math.floor(most) + 1, value });
  return [...items, formulas.guarded("array", not(tooMany))];
}

// packages/compat/src/formula/compile-logic.ts
function branches(compiler, site, keyword) {
  const value = own(site.schema, keyword);
  if (!Array.isArray(value)) return void 0;
  return value.map((_, index) => compiler.inPlace(site, [keyword, index]));
}
function declaredBeside({ formulas }, any) {
  const marked = any.filter(({ node, positive }) => positive && node.base);
  return marked.map((branch) => formulas.any([not(branch), branch]));
}
function compileLogic(compiler, site) {
  const { formulas } = compiler;
  const { schema } = site;
  const items = [...branches(compiler, site, "allOf") ?? []];
  const any = branches(compiler, site, "anyOf");
  if (any) items.push(formulas.any(any), ...declaredBeside(compiler, any));
  const one = branches(compiler, site, "oneOf");
  if (one) items.push(formulas.one(one));
  if (own(schema, "not") !== void 0) items.push(not(compiler.plain(site, ["not"])));
  if (own(schema, "if") === void 0) return items;
  const condition = compiler.plain(site, ["if"]);
  const yes = formulas.all([
    ...site.sender ? [compiler.inPlace(site, ["if"])] : [],
    ...own(schema, "then") === void 0 ? [] : [compiler.inPlace(site, ["then"])]
  ]);
  const no = own(schema, "else") === void 0 ? formulas.always : compiler.inPlace(site, ["else"]);
  return [...items, formulas.any([not(condition), yes]), formulas.any([condition, no])];
}

// packages/compat/src/formula/compile-object.ts
function namedBy(formulas, schema) {
  const keys = mapOf(schema, "properties").map(([key]) => key);
  const patterns = mapOf(schema, "patternProperties").map(
    ([source]) => formulas.make({ kind: "pattern", source })
  );
  return formulas.any([formulas.among(keys), ...patterns]);
}
function hasKey(formulas, key) {
  return formulas.all([formulas.types(["object"]), formulas.make({ kind: "has", key })]);
}
function compileObject(compiler, site) {
  const { formulas } = compiler;
  const { schema } = site;
  const least = Math.ceil(countOf(schema, "minProperties") ?? 0);
  const most = Math.floor(countOf(schema, "maxProperties") ?? Number.POSITIVE_INFINITY);
  const items = [...formulas.between("minProperties", "object", least, most)];
  const required = own(schema, "required");
  for (const key of isStringArray(required) ? required : []) items.push(formulas.make({ kind: "has", key }));
  for (const [key] of mapOf(schema, "properties"))
    items.push(formulas.member(formulas.among([key]), compiler.inside(site, ["properties", key])));
  for (const [source] of mapOf(schema, "patternProperties")) {
    const names = formulas.make({ kind: "pattern", source });
    items.push(formulas.member(names, compiler.inside(site, ["patternProperties", source])));
  }
  const hasRest = own(schema, "additionalProperties") !== void 0;
  if (hasRest) {
    const value = compiler.inside(site, ["additionalProperties"]);
    items.push(formulas.member(not(namedBy(formulas, schema)), value));
  }
  if (own(schema, "propertyNames") !== void 0)
    items.push(formulas.member(not(compiler.plain(site, ["propertyNames"])), formulas.never));
  return [...items, ...compileDependent(compiler, site), ...site.sender ? declared(compiler, site) : []];
}
function compileDependent(compiler, site) {
  const { formulas } = compiler;
  const names = mapOf(site.schema, "dependentRequired").map(([key, others]) => {
    const needed = (isStringArray(others) ? others : []).map(
      (other) => formulas.make({ kind: "has", key: other })
    );
    return formulas.any([not(hasKey(formulas, key)), formulas.all(needed)]);
  });
  const schemas = mapOf(site.schema, "dependentSchemas").map(
    ([key]) => formulas.any([not(hasKey(formulas, key)), compiler.inPlace(site, ["dependentSchemas", key])])
  );
  return [...names, ...schemas];
}
function askedFor({ formulas }, { schema }) {
  const required = own(schema, "required");
  const dependent = mapOf(schema, "dependentRequired").map(([, others]) => others);
  return formulas.among(
    [required ?? null, ...dependent].flatMap((keys) => isStringArray(keys) ? keys : [])
  );
}
function declared(compiler, site) {
  const { formulas } = compiler;
  const rest = ["additionalProperties", "unevaluatedProperties"].map((keyword) => own(site.schema, keyword));
  if (rest.some((value) => value !== void 0 && value !== false))
    return [formulas.make({ kind: "declares", names: formulas.always, closes: true })];
  const names = namedBy(formulas, site.schema);
  const asked = askedFor(compiler, site);
  return [
    ...formulas.isNever(names) ? [] : [formulas.make({ kind: "declares", names, closes: true })],
    ...formulas.isNever(asked) ? [] : [formulas.make({ kind: "declares", names: asked, closes: false })]
  ];
}

// packages/compat/src/formula/compile-unevaluated.ts
var maxCases = 256;
var maxDepth3 = 64;
var nothing = { when: [], names: [], prefix: 0, contains: [] };
function both(a, b) {
  return {
    when: [...a.when, ...b.when],
    names: [...a.names, ...b.names],
    prefix: Math.max(a.prefix, b.prefix),
    contains: [...a.contains, ...b.contains]
  };
}
var Cases = class {
  constructor(compiler) {
    this.compiler = compiler;
  }
  compiler;
  of(schema, pointer, isOuter, depth = 0) {
    if (!isObject(schema)) return [nothing];
    if (depth > maxDepth3) return void 0;
    const parts = [[this.#ownOf(schema, pointer, isOuter)]];
    const inner = (path) => {
      const at = pointer + pointerOf(path);
      return this.of(this.compiler.document.at(at) ?? true, at, false, depth + 1);
    };
    const item = (path) => this.compiler.at(pointer + pointerOf(path), false);
    const reference = own(schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : void 0;
    if (target !== void 0)
      parts.push(this.of(this.compiler.document.at(target) ?? true, target, false, depth + 1));
    for (const index of indexes(schema, "allOf")) parts.push(inner(["allOf", index]));
    for (const index of indexes(schema, "anyOf"))
      parts.push(this.#maybe(item(["anyOf", index]), inner(["anyOf", index])));
    parts.push(
      this.#oneOf(indexes(schema, "oneOf").map((index) => [item(["oneOf", index]), inner(["oneOf", index])]))
    );
    for (const [key] of mapOf(schema, "dependentSchemas"))
      parts.push(this.#maybe(hasKey(this.compiler.formulas, key), inner(["dependentSchemas", key])));
    if (own(schema, "if") !== void 0) {
      const condition = item(["if"]);
      const yes = product([inner(["if"]), own(schema, "then") === void 0 ? [nothing] : inner(["then"])]);
      const no = own(schema, "else") === void 0 ? [nothing] : inner(["else"]);
      parts.push(this.#either(condition, yes, no));
    }
    return product(parts);
  }
  #ownOf(schema, pointer, isOuter) {
    const { formulas } = this.compiler;
    const has = (keyword) => own(schema, keyword) !== void 0;
    const all2 = has("additionalProperties") || !isOuter && has("unevaluatedProperties");
    const names = all2 ? formulas.always : namedBy(formulas, schema);
    const prefix = own(schema, "prefixItems");
    const allItems = has("items") || !isOuter && has("unevaluatedItems");
    return {
      when: [],
      names: formulas.isNever(names) ? [] : [names],
      prefix: allItems ? Number.POSITIVE_INFINITY : Array.isArray(prefix) ? prefix.length : 0,
      contains: has("contains") ? [this.compiler.at(`${pointer}/contains`, false)] : []
    };
  }
  #maybe(condition, cases2) {
    if (cases2?.every(isNothing)) return [nothing];
    return this.#either(condition, cases2, [nothing]);
  }
  /** What more than one branch accepts is refused anyway: each branch is one way. */
  #oneOf(branches2) {
    if (branches2.every(([, cases2]) => cases2?.every(isNothing))) return [nothing];
    const rows = [];
    for (const [condition, cases2] of branches2) {
      if (!cases2 || rows.length + cases2.length > maxCases) return void 0;
      rows.push(...cases2.map((row) => ({ ...row, when: [condition, ...row.when] })));
    }
    return rows;
  }
  #either(condition, yes, no) {
    if (!yes || !no) return void 0;
    return [
      ...yes.map((row) => ({ ...row, when: [condition, ...row.when] })),
      ...no.map((row) => ({ ...row, when: [not(condition), ...row.when] }))
    ];
  }
};
var isNothing = ({ when, names, prefix, contains }) => when.length === 0 && names.length === 0 && prefix === 0 && contains.length === 0;
function indexes(schema, keyword) {
  const value = own(schema, keyword);
  return Array.isArray(value) ? [...value.keys()] : [];
}
function product(parts) {
  let cases2 = [nothing];
  for (const part of parts) {
    if (!part || cases2.length * part.length > maxCases) return void 0;
    cases2 = cases2.flatMap((one) => part.map((other) => both(one, other)));
  }
  return cases2;
}
function compileUnevaluated(compiler, site) {
  const { formulas } = compiler;
  const hasMembers = own(site.schema, "unevaluatedProperties") !== void 0;
  const hasItems = own(site.schema, "unevaluatedItems") !== void 0;
  if (!hasMembers && !hasItems) return [];
  const cases2 = new Cases(compiler).of(site.schema, site.pointer, true);
  if (!cases2)
    return [
      formulas.make({
        kind: "opaque",
        reason: `unevaluated values have over ${maxCases} ways to be evaluated`
      })
    ];
  const rows = cases2.map(({ when, names, prefix, contains }) => {
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

// packages/compat/src/formula/compile.ts
var Compiler = class {
  constructor(formulas, document, settings) {
    this.formulas = formulas;
    this.document = document;
    this.settings = settings;
  }
  formulas;
  document;
  settings;
  #known = /* @__PURE__ */ new Map();
  /** The node of the schema at a pointer. */
  at(pointer, sender) {
    return this.schema(this.document.at(pointer) ?? true, pointer, sender);
  }
  /** The node of a schema about the value itself. */
  schema(schema, pointer, sender) {
    if (schema === false) return this.formulas.never;
    if (!isObject(schema)) return this.formulas.always;
    const key = `${sender} ${pointer}`;
    const known4 = this.#known.get(key);
    if (known4) return known4;
    const site = { schema, pointer, sender };
    const item = this.formulas.all([
      ...this.#reference(site),
      ...compileValue(this, site),
      ...compileArray(this, site),
      ...compileObject(this, site),
      ...compileLogic(this, site),
      ...compileUnevaluated(this, site)
    ]);
    this.#known.set(key, item);
    return item;
  }
  /** The node of a schema below a keyword of this one, about the value itself. */
  inPlace({ schema, pointer, sender }, path) {
    return this.schema(follow(schema, path), pointer + pointerOf(path), sender);
  }
  /** The same without what is known of the sender. */
  plain({ schema, pointer }, path) {
    return this.schema(follow(schema, path), pointer + pointerOf(path), false);
  }
  /** The node of a schema below a keyword of this one, about a member or item of the value. */
  inside(site, path) {
    const item = this.inPlace(site, path);
    return site.sender ? this.formulas.all([item, this.formulas.make({ kind: "closed" })]) : item;
  }
  /** What the value is that a reference leads to. */
  #reference({ schema, sender }) {
    const reference = own(schema, "$ref");
    if (reference === void 0) return [];
    const pointer = typeof reference === "string" ? localPointer(reference) : void 0;
    const target = pointer === void 0 ? void 0 : this.document.at(pointer);
    if (pointer === void 0 || target === void 0)
      return [this.#opaque(`the reference ${JSON.stringify(reference)} leads nowhere`)];
    if (!this.document.isRecursive(pointer)) return [this.schema(target, pointer, sender)];
    if (this.document.isEndless(pointer))
      return [this.#opaque(`${JSON.stringify(reference)} refers to itself for the same value, without end`)];
    const key = `${this.settings.assertFormats} ${this.document.recursionKey(pointer)}`;
    const plain = this.formulas.make({ kind: "ref", target: () => this.at(pointer, false) }, `ref ${key}`);
    if (!sender) return [plain];
    return [
      this.formulas.make({ kind: "ref", target: () => this.at(pointer, true) }, `sent ref ${key}`, plain)
    ];
  }
  #opaque(reason) {
    return this.formulas.make({ kind: "opaque", reason });
  }
};
function follow(schema, path) {
  return path.reduce((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] ?? true;
    return isObject(value) ? own(value, String(key)) ?? true : true;
  }, schema);
}

// packages/compat/src/formula/formulas.ts
var list = (items) => items.map(signed).join(",");
var textOf = (value) => typeof value === "number" ? `${value}` : JSON.stringify(value);
function keyOf(meaning) {
  switch (meaning.kind) {
    case "all":
    case "any":
    case "one":
      return `${meaning.kind} ${list(meaning.items)}`;
    case "type":
      return `type ${[...meaning.types].sort().join(",")}`;
    case "among":
      return `among ${[...meaning.values].map(textOf).sort().join(",")}`;
    case "over":
      return `over ${meaning.limit} ${meaning.exclusive}`;
    case "multiple":
      return `multiple ${meaning.divisor}`;
    case "minLength":
    case "minItems":
    case "minProperties":
      return `${meaning.kind} ${meaning.least}`;
    case "pattern":
      return `pattern ${meaning.source}`;
    case "format":
      return `format ${meaning.name}`;
    case "item":
      return `item ${meaning.index} ${signed(meaning.value)}`;
    case "tail":
      return `tail ${meaning.from} ${signed(meaning.value)}`;
    case "atLeast":
      return `atLeast ${meaning.least} ${signed(meaning.value)}`;
    case "has":
      return `has ${meaning.key}`;
    case "member":
      return `member ${signed(meaning.names)} ${signed(meaning.value)}`;
    case "declares":
      return `declares ${signed(meaning.names)} ${meaning.closes}`;
    case "opaque":
      return `opaque ${meaning.reason}`;
    case "true":
    case "unique":
    case "closed":
    case "ref":
      return meaning.kind;
  }
}
var baseOf = (item) => item.positive && item.node.base || item;
var Formulas = class {
  #nodes = /* @__PURE__ */ new Map();
  #count = 0;
  always = this.make({ kind: "true" });
  never = not(this.always);
  /** The node of a meaning. `key` names recursive definitions, whose words have no end. */
  make(meaning, key = keyOf(meaning), base) {
    const known4 = this.#nodes.get(key);
    if (known4) return { node: known4, positive: true };
    const node = { ...meaning, id: ++this.#count, base: base ?? this.#baseOf(meaning) };
    this.#nodes.set(key, node);
    return { node, positive: true };
  }
  #baseOf(meaning) {
    switch (meaning.kind) {
      case "all":
      case "any":
      case "one": {
        const items = meaning.items.map(baseOf);
        if (items.every((item, index) => item === meaning.items[index])) return void 0;
        return meaning.kind === "all" ? this.all(items) : meaning.kind === "any" ? this.any(items) : this.one(items);
      }
      case "item":
      case "tail":
      case "atLeast":
      case "member": {
        const value = baseOf(meaning.value);
        if (value === meaning.value) return void 0;
        return value.node === this.always.node && value.positive && meaning.kind !== "atLeast" ? this.always : this.make({ ...meaning, value });
      }
      case "declares":
      case "closed":
        return this.always;
      default:
        return void 0;
    }
  }
  /** Whether the item holds for every value. */
  isAlways({ node, positive }) {
    return node === this.always.node && positive;
  }
  /** Whether the item holds for no value. */
  isNever({ node, positive }) {
    return node === this.always.node && !positive;
  }
  /** Every item holds. */
  all(items) {
    const flat = /* @__PURE__ */ new Map();
    for (const item of items) {
      const parts = item.node.kind === "all" && item.positive ? item.node.items : [item];
      for (const part of parts) if (!this.isAlways(part)) flat.set(signed(part), part);
    }
    const kept = [...flat.values()].sort((a, b) => a.node.id - b.node.id);
    if (kept.some((item) => this.isNever(item) || flat.has(-signed(item)))) return this.never;
    const [only] = kept;
    if (!only) return this.always;
    return kept.length === 1 ? only : this.make({ kind: "all", items: kept });
  }
  /** At least one item holds. */
  any(items) {
    const flat = /* @__PURE__ */ new Map();
    for (const item of items) {
      const parts = item.node.kind === "any" && item.positive ? item.node.items : [item];
      for (const part of parts) if (!this.isNever(part)) flat.set(signed(part), part);
    }
    const kept = [...flat.values()].sort((a, b) => a.node.id - b.node.id);
    if (kept.some((item) => this.isAlways(item) || flat.has(-signed(item)))) return this.always;
    const [only] = kept;
    if (!only) return this.never;
    return kept.length === 1 ? only : this.make({ kind: "any", items: kept });
  }
  /** Exactly one item holds. */
  one(items) {
    const counts = /* @__PURE__ */ new Map();
    for (const item of items) counts.set(signed(item), (counts.get(signed(item)) ?? 0) + 1);
    const distinct = new Map(items.map((item) => [signed(item), item]));
    const kept = [...distinct.values()].filter((item) => !this.isNever(item));
    const twice = kept.filter((item) => (counts.get(signed(item)) ?? 0) > 1);
    const single = kept.filter((item) => counts.get(signed(item)) === 1).sort((a, b) => signed(a) - signed(b));
    const [only] = single;
    if (!only) return this.never;
    const one = single.length === 1 ? only : this.make({ kind: "one", items: single });
    return this.all([one, ...twice.map(not)]);
  }
  /** The value is of one of the types. */
  types(types) {
    return this.make({ kind: "type", types: new Set(types) });
  }
  /** The value is one of these scalars. */
  among(values) {
    return values.length === 0 ? this.never : this.make({ kind: "among", values: new Set(values) });
  }
  /** `item` where the value is of the type, and nothing elsewhere. */
  guarded(type, item) {
    return this.any([not(this.types([type])), item]);
  }
  /** Every member whose name is in `names` is `value`. */
  member(names, value) {
    if (this.isAlways(value) || this.isNever(names)) return this.always;
    return this.make({ kind: "member", names, value });
  }
  /** The value is this one; objects and arrays are taken apart. */
  constant(value) {
    if (isScalar(value)) return this.among([value]);
    if (Array.isArray(value)) {
      const items = value.map(
        (item, index) => this.make({ kind: "item", index, value: this.constant(item) })
      );
      return this.all([
        this.types(["array"]),
        ...items,
        ...this.between("minItems", "array", value.length, value.length)
      ]);
    }
    const members = Object.entries(value).flatMap(([key, member]) => [
      this.make({ kind: "has", key }),
      this.member(this.among([key]), this.constant(member))
    ]);
    const size = Object.keys(value).length;
    return this.all([
      this.types(["object"]),
      ...members,
      ...this.between("minProperties", "object", size, size)
    ]);
  }
  /** Bounds of a count, in the two atoms that say them. */
  between(kind, type, least, most) {
    const lower = least <= 0 ? [] : [this.make({ kind, least })];
    if (!Number.isFinite(most)) return lower;
    return [...lower, this.guarded(type, not(this.make({ kind, least: most + 1 })))];
  }
};

// packages/compat/src/read-document.ts
var addresses = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$schema"];
function readDocument(schema, file) {
  if (!isObject(schema)) return schema;
  const needsReading = walkSchemas(schema).some(
    ({ schema: inner }) => addresses.some((keyword) => own(inner, keyword) !== void 0) || typeof inner.$ref === "string" && !inner.$ref.startsWith("#")
  );
  return needsReading ? bundle(JSON.stringify(schema), file, /* @__PURE__ */ new Map()).value : schema;
}

// packages/compat/src/solve/answer.ts
var empty = { kind: "empty" };
function unknown(reason) {
  return { kind: "unknown", reason };
}
function found(value, doubt) {
  return { kind: "value", value, doubt };
}
function firstOf(ways) {
  let open = empty;
  for (const way of ways) {
    const answer = way();
    if (answer.kind === "value") return answer;
    if (answer.kind === "unknown" && open.kind === "empty") open = answer;
  }
  return open;
}

// packages/compat/src/solve/possible-types.ts
var bitOf = (type) => 1 << jsonTypes.indexOf(type);
var all = (1 << jsonTypes.length) - 1;
var unionOf = (types) => [...types].reduce((sum, bit) => sum | bit, 0);
var anything = { asserted: all, denied: all };
var known = /* @__PURE__ */ new WeakMap();
function work(node) {
  switch (node.kind) {
    case "true":
      return { asserted: all, denied: 0 };
    case "type": {
      const asserted = unionOf([...node.types].map(bitOf));
      return { asserted, denied: all & ~asserted };
    }
    case "among":
      return { asserted: unionOf([...node.values].map((value) => bitOf(typeOf2(value)))), denied: all };
    case "all":
    case "any": {
      const asserted = node.items.map(typesOf);
      const denied = node.items.map(
        ({ node: inner, positive }) => typesOf({ node: inner, positive: !positive })
      );
      const common = (types) => types.reduce((left, types2) => left & types2, all);
      return node.kind === "all" ? { asserted: common(asserted), denied: unionOf(denied) } : { asserted: unionOf(asserted), denied: common(denied) };
    }
    case "one":
      return { asserted: unionOf(node.items.map(typesOf)), denied: all };
    case "ref":
      return possibleFor(node.target().node, node.target().positive);
    default: {
      const about = typeOfAtom(node);
      return about === void 0 ? anything : { asserted: all, denied: bitOf(about) };
    }
  }
}
function possibleFor(node, positive) {
  const before = known.get(node);
  if (!before) known.set(node, anything);
  const { asserted, denied } = before ?? work(node);
  if (!before) known.set(node, { asserted, denied });
  return positive ? { asserted, denied } : { asserted: denied, denied: asserted };
}
var typesOf = ({ node, positive }) => possibleFor(node, positive).asserted;
function isPossible(item, type) {
  return (typesOf(item) & bitOf(type)) !== 0;
}
function isCertain({ node, positive }, type) {
  return !isPossible({ node, positive: !positive }, type);
}

// packages/compat/src/solve/branch.ts
var maxLook = 8;
function listed(item, effort, depth = 0) {
  const { node, positive } = item;
  if (!positive || depth > maxLook || !effort.spend()) return void 0;
  if (node.kind === "among") return node.values;
  if (node.kind === "ref") return listed(node.target(), effort, depth + 1);
  if (node.kind === "all") {
    for (const part of node.items) {
      const values = listed(part, effort, depth + 1);
      if (values) return new Set([...values].filter((value) => holds(item, value, effort) !== false));
    }
    return void 0;
  }
  if (node.kind !== "any") return void 0;
  const parts = node.items.map((part) => listed(part, effort, depth + 1));
  return parts.every((part) => part !== void 0) ? new Set(parts.flatMap((part) => [...part])) : void 0;
}
function onlyKey(names) {
  if (!names.positive || names.node.kind !== "among" || names.node.values.size !== 1) return void 0;
  const [key] = names.node.values;
  return typeof key === "string" ? key : void 0;
}
var Branch = class _Branch {
  constructor(type, effort, from) {
    this.type = type;
    this.effort = effort;
    this.literals = from ? [...from.literals] : [];
    this.pending = from ? [...from.pending] : [];
    this.doubt = from?.doubt;
    this.#seen = new Set(from ? from.#seen : []);
    this.#entailed = new Set(from ? from.#entailed : []);
    this.#parts = new Map(from ? [...from.#parts].map(([key, part]) => [key, { ...part }]) : []);
  }
  type;
  effort;
  /** Atoms of this type, and what else is left to the type's own procedure. */
  literals;
  pending;
  /** Why a value found here may be none. */
  doubt;
  #seen;
  /** What was added, and what follows from it without having been taken apart. */
  #entailed;
  #parts;
  /** A branch in which nothing is known yet. */
  static start(type, effort) {
    return new _Branch(type, effort, void 0);
  }
  /** A branch that goes on from here by itself. */
  copy() {
    this.effort.spend(this.#seen.size);
    return new _Branch(this.type, this.effort, this);
  }
  /** Adds an item; false when no value of the type meets it and what was added before. */
  add(first) {
    const queue = [first];
    for (let item = queue.pop(); item; item = queue.pop()) {
      const { node, positive } = item;
      if (this.#seen.has(signed(item))) continue;
      if (this.#entailed.has(-signed(item)) || !isPossible(item, this.type)) return false;
      this.#seen.add(signed(item));
      this.#entailed.add(signed(item));
      if (positive && node.base) {
        const { base } = node;
        if (this.#entailed.has(-signed(base))) return false;
        this.#entailed.add(signed(base));
        if (node.kind === "declares" || node.kind === "closed") {
          if (this.type === "object") this.literals.push(item);
          continue;
        }
      }
      if (node.kind === "ref") queue.push(positive ? node.target() : not(node.target()));
      else if (node.kind === "all" && positive) queue.push(...node.items);
      else if (node.kind === "any" && !positive) queue.push(...node.items.map(not));
      else if (node.kind === "all" || node.kind === "any" || node.kind === "one") this.pending.push(item);
      else if (!this.#addAtom(item)) return false;
    }
    return true;
  }
  #addAtom(item) {
    const { node, positive } = item;
    if (node.kind === "true") return positive;
    if (node.kind === "type") return node.types.has(this.type) === positive;
    if (node.kind === "opaque") {
      this.doubt ??= node.reason;
      return true;
    }
    if (node.kind === "among" && (this.type === "object" || this.type === "array")) return !positive;
    const about = typeOfAtom(node);
    if (about !== void 0 && about !== this.type) return positive;
    this.literals.push(item);
    return this.#learn(item);
  }
  #part(key) {
    const known4 = this.#parts.get(key);
    if (known4) return known4;
    const part = { required: false, absent: false, values: void 0 };
    this.#parts.set(key, part);
    return part;
  }
  /** Notes what an atom says of one member or item; false where that leaves nothing. */
  #learn({ node, positive }) {
    if (node.kind === "has") {
      const part2 = this.#part(node.key);
      if (positive) part2.required = true;
      else part2.absent = true;
      return !(part2.required && part2.absent) && !this.#isEmpty(part2);
    }
    if (node.kind === "minItems" && positive) {
      for (let index = 0; index < Math.min(node.least, 8); index++) {
        const part2 = this.#part(index);
        part2.required = true;
        if (this.#isEmpty(part2)) return false;
      }
      return true;
    }
    const key = node.kind === "member" ? onlyKey(node.names) : node.kind === "item" ? node.index : void 0;
    if (key === void 0 || node.kind !== "member" && node.kind !== "item") return true;
    const part = this.#part(key);
    if (positive) {
      if (node.value.node.kind === "true" && !node.value.positive) part.absent = true;
      const values = listed(node.value, this.effort) ?? part.values;
      if (values) {
        part.values = new Set(
          [...values].filter(
            (value) => (part.values?.has(value) ?? true) && holds(node.value, value, this.effort) !== false
          )
        );
      }
    } else {
      part.required = true;
      if (part.values)
        part.values = new Set(
          [...part.values].filter((value) => holds(node.value, value, this.effort) !== true)
        );
    }
    return !(part.required && part.absent) && !this.#isEmpty(part);
  }
  #isEmpty(part) {
    return part.required && part.values?.size === 0;
  }
  /** Whether an item is known to hold here, known not to, or neither, at a look. */
  quick(item, depth = 0) {
    const { node, positive } = item;
    if (this.#entailed.has(signed(item))) return true;
    if (this.#entailed.has(-signed(item))) return false;
    if (positive && node.base && this.#entailed.has(-signed(node.base))) return false;
    if (!isPossible(item, this.type)) return false;
    if (!(positive && node.base) && isCertain(item, this.type)) return true;
    if (depth > maxLook || !this.effort.spend()) return void 0;
    const result = this.#quickNode(node, depth + 1);
    return result === void 0 ? void 0 : result === positive;
  }
  #quickNode(node, depth) {
    switch (node.kind) {
      case "true":
        return true;
      case "type":
        return node.types.has(this.type);
      case "ref":
        return this.quick(node.target(), depth);
      case "all":
        return this.#quickEvery(node.items, depth, false);
      case "any": {
        const none = this.#quickEvery(node.items, depth, true);
        return none === void 0 ? void 0 : !none;
      }
      case "one": {
        const results = node.items.map((item) => this.quick(item, depth));
        const certain = results.filter((result) => result === true).length;
        if (certain > 1) return false;
        return results.includes(void 0) ? void 0 : certain === 1;
      }
      case "among":
        return this.type === "object" || this.type === "array" ? false : void 0;
      default: {
        const about = typeOfAtom(node);
        if (about === void 0) return void 0;
        return about === this.type ? this.#quickAtom(node) : true;
      }
    }
  }
  /** Whether all items hold, or with `denied` none of them. */
  #quickEvery(items, depth, denied) {
    let result = true;
    for (const item of items) {
      const one = this.quick(item, depth);
      if (one === denied) return false;
      if (one === void 0) result = void 0;
    }
    return result;
  }
  #quickAtom(node) {
    if (node.kind === "has") {
      const part2 = this.#parts.get(node.key);
      return part2?.required ? true : part2?.absent ? false : void 0;
    }
    const key = node.kind === "member" ? onlyKey(node.names) : node.kind === "item" ? node.index : void 0;
    const part = key === void 0 ? void 0 : this.#parts.get(key);
    if (!part || node.kind !== "member" && node.kind !== "item") return void 0;
    if (part.absent) return true;
    if (!part.values) return void 0;
    const results = [...part.values].map((value) => holds(node.value, value, this.effort));
    if (results.every((result) => result === true)) return true;
    return part.required && results.every((result) => result === false) ? false : void 0;
  }
};

// packages/compat/src/solve/effort.ts
var Effort = class {
  constructor(maxLooks) {
    this.maxLooks = maxLooks;
    this.#left = maxLooks;
  }
  maxLooks;
  #left;
  /** Takes looks off what is left; false when nothing is. */
  spend(looks = 1) {
    this.#left -= looks;
    return this.#left >= 0;
  }
  /** Whether nothing is left. */
  get isSpent() {
    return this.#left < 0;
  }
  /** Looks taken so far. */
  get taken() {
    return this.maxLooks - Math.max(this.#left, 0);
  }
  /** Begins anew. */
  restart() {
    this.#left = this.maxLooks;
  }
};

// packages/compat/src/solve/first-listed.ts
function firstListed({ type, literals, doubt, effort }, values) {
  let isSure = true;
  for (const value of values) {
    if (typeOf2(value) !== type) continue;
    const results = literals.map((item) => holds(item, value, effort));
    if (results.includes(false)) continue;
    if (!results.includes(void 0)) return found(value, doubt);
    isSure = false;
  }
  return isSure ? empty : unknown("whether a listed value is accepted is not modelled");
}

// packages/compat/src/solve/memory.ts
var Memory = class {
  #answers = /* @__PURE__ */ new Map();
  #active = /* @__PURE__ */ new Map();
  #frames = [];
  /** Provisional answers in the order in which they were given. */
  #provisional = [];
  #leaning = /* @__PURE__ */ new Map();
  /** Keys of what was not decided: another question may get there in another way. */
  #undecided = [];
  /** How deep the question that is being answered lies inside others. */
  get depth() {
    return this.#frames.length;
  }
  /** The answer to a question, where there is one by now. */
  recall(key) {
    const known4 = this.#answers.get(key);
    if (known4) {
      this.#lean(this.#leaning.get(key)?.lowest);
      return known4;
    }
    const active = this.#active.get(key);
    if (active === void 0) return void 0;
    this.#lean(active);
    return empty;
  }
  /** Begins a question. */
  open(key) {
    const depth = this.#frames.length;
    this.#frames.push({ key, depth, lowest: depth, provisional: this.#provisional.length });
    this.#active.set(key, depth);
  }
  /** Ends the innermost question; `isFinal` when an answer that is not known would be the same if asked again. */
  close(answer, isFinal) {
    const frame = this.#frames.pop();
    if (!frame) return;
    const { key, depth, lowest, provisional } = frame;
    this.#active.delete(key);
    if (answer.kind !== "empty") this.#forget(provisional);
    if (answer.kind === "value") {
      this.#answers.set(key, answer);
      return;
    }
    const leans = lowest < depth;
    if (leans) this.#lean(lowest);
    if (answer.kind === "unknown") {
      if (!isFinal) return;
      this.#undecided.push(key);
    }
    this.#answers.set(key, answer);
    if (leans) this.#holdBack(key, lowest, provisional);
    else for (const { key: proven } of this.#provisional.splice(provisional)) this.#leaning.delete(proven);
  }
  /** Forgets what was not decided, and everything of a question that was broken off. */
  restart() {
    this.#active.clear();
    this.#frames.length = 0;
    this.#forget(0);
    for (const key of this.#undecided.splice(0)) this.#answers.delete(key);
  }
  /** The question that is being answered leans on one that is open at that depth. */
  #lean(depth) {
    const frame = this.#frames.at(-1);
    if (frame && depth !== void 0) frame.lowest = Math.min(frame.lowest, depth);
  }
  /** An answer is provisional, and what leaned on its question leans on whatever it leans on. */
  #holdBack(key, lowest, from) {
    for (const inner of this.#provisional.slice(from)) inner.lowest = Math.min(inner.lowest, lowest);
    const provisional = { key, lowest };
    this.#provisional.push(provisional);
    this.#leaning.set(key, provisional);
  }
  /** Takes back the provisional answers from that one on. */
  #forget(from) {
    for (const { key } of this.#provisional.splice(from)) {
      this.#answers.delete(key);
      this.#leaning.delete(key);
    }
  }
};

// packages/compat/src/solve/count-items.ts
var maxCounts = 10;
var wayCost = 10;
function countItems(solver, counting, states) {
  const { counts } = counting;
  if (counts.length === 0) return counting.write(states);
  if (counts.length > maxCounts) return unknown(`it counts over ${maxCounts} kinds of items`);
  return new ItemCounter(solver, counting).assign(
    states,
    0,
    counts.map(({ limit }) => limit)
  );
}
var ItemCounter = class {
  constructor(solver, counting) {
    this.solver = solver;
    this.counting = counting;
  }
  solver;
  counting;
  /** What became of the rest of the array, by what was left to count. */
  #rests = /* @__PURE__ */ new Map();
  assign(states, index, left) {
    const { counts, isFree, write } = this.counting;
    if (index >= states.length)
      return counts.every(({ isLeast }, at) => !isLeast || (left[at] ?? 0) <= 0) ? write(states) : empty;
    const remaining = states.length - index;
    if (counts.some(({ isLeast }, at) => isLeast && (left[at] ?? 0) > remaining)) return empty;
    const key = `${index}:${left.join(",")}`;
    const known4 = isFree ? this.#rests.get(key) : void 0;
    if (known4) return known4;
    const answer = firstOf(this.#ways(states, index, left));
    if (answer.kind !== "value") this.#rests.set(key, answer);
    return answer;
  }
  *#ways(states, index, left) {
    const { counts, twins } = this.counting;
    const second = twins && twins[1] === index ? twins[0] : void 0;
    for (let signs = 0; signs < 1 << counts.length; signs++) {
      if (!this.solver.effort.spend(wayCost)) {
        yield () => unknown(this.solver.spentReason);
        return;
      }
      const asked = this.#asked(signs, left);
      if (!asked) continue;
      const { items, rest } = asked;
      const state = [...states[index] ?? [], ...items];
      yield () => {
        const answer = this.solver.solve(state);
        if (answer.kind !== "value") return answer;
        const next = states.map(
          (before, at) => at === index ? state : at === second ? [...before, ...items] : before
        );
        return this.assign(next, index + 1, rest);
      };
    }
  }
  /** What an item is asked for that is some of the counted things, a zero bit each; undefined where it cannot be. */
  #asked(signs, left) {
    const items = [];
    const rest = [...left];
    for (const [at, { value, isLeast }] of this.counting.counts.entries()) {
      const count = left[at] ?? 0;
      if ((signs >> at & 1) === 1) {
        if (!isLeast) items.push(not(value));
        continue;
      }
      if (count <= 0) return void 0;
      rest[at] = count - 1;
      if (isLeast) items.push(value);
    }
    return { items, rest };
  }
};

// packages/compat/src/solve/distinct-values.ts
function match(options) {
  const owner = /* @__PURE__ */ new Map();
  const place = (position, seen) => {
    for (const option of options[position] ?? []) {
      if (seen.has(option)) continue;
      seen.add(option);
      const other = owner.get(option);
      if (other !== void 0 && !place(other, seen)) continue;
      owner.set(option, position);
      return true;
    }
    return false;
  };
  for (const position of options.keys()) if (!place(position, /* @__PURE__ */ new Set())) return void 0;
  const chosen = new Map([...owner].map(([option, position]) => [position, option]));
  return options.map((_, position) => chosen.get(position) ?? "");
}
function distinctValues(solver, states, doubt) {
  const values = /* @__PURE__ */ new Map();
  const known4 = /* @__PURE__ */ new Map();
  let reason = doubt;
  const options = states.map((state) => {
    const key = state.map(signed).join(",");
    const before = known4.get(key);
    if (before) return before;
    const { values: answers, complete } = solver.many(state, states.length);
    const texts = answers.flatMap((answer) => {
      if (answer.kind !== "value") return [];
      reason ??= answer.doubt;
      const text2 = JSON.stringify(answer.value);
      values.set(text2, answer.value);
      return [text2];
    });
    const option = { texts, isSure: complete || texts.length >= states.length };
    known4.set(key, option);
    return option;
  });
  const chosen = match(options.map(({ texts }) => texts));
  if (chosen)
    return found(
      chosen.map((text2) => values.get(text2) ?? null),
      reason
    );
  return options.every(({ isSure }) => isSure) ? empty : unknown("too few different items were found");
}

// packages/compat/src/solve/solve-array.ts
var maxItems = 1e4;
var maxCounted = 40;
function read(literals) {
  const wanted = {
    items: [],
    tails: [],
    existing: [],
    counts: [],
    isUnique: void 0,
    least: 0,
    most: Number.POSITIVE_INFINITY
  };
  for (const { node, positive } of literals) {
    if (node.kind === "minItems") {
      if (positive) wanted.least = Math.max(wanted.least, node.least);
      else wanted.most = Math.min(wanted.most, node.least - 1);
    } else if (node.kind === "item") {
      if (!positive) wanted.least = Math.max(wanted.least, node.index + 1);
      wanted.items.push({ index: node.index, value: positive ? node.value : not(node.value) });
    } else if (node.kind === "tail") {
      if (positive) wanted.tails.push({ from: node.from, value: node.value });
      else wanted.existing.push({ from: node.from, value: not(node.value) });
    } else if (node.kind === "atLeast")
      wanted.counts.push({
        value: node.value,
        isLeast: positive,
        limit: positive ? node.least : node.least - 1
      });
    else if (node.kind === "unique") wanted.isUnique = positive;
  }
  return wanted;
}
function solveArray(solver, branch) {
  const wanted = read(branch.literals);
  if (wanted.least > wanted.most) return empty;
  if (wanted.least > maxItems) return unknown(`it needs over ${maxItems} items`);
  return new ArraySearch(solver, wanted, branch.doubt).run();
}
var ArraySearch = class {
  constructor(solver, wanted, doubt) {
    this.solver = solver;
    this.wanted = wanted;
    this.doubt = doubt;
    const { items, tails, existing } = wanted;
    const ends = [...items.map(({ index }) => index + 1), ...[...tails, ...existing].map(({ from }) => from)];
    this.#same = Math.max(0, ...ends);
  }
  solver;
  wanted;
  doubt;
  /** From here on all items fall under the same rules. */
  #same;
  /** What is asked of the item at an index, as the array alone says. */
  #asked = [];
  run() {
    return this.#place(0, /* @__PURE__ */ new Map());
  }
  /** Everything that is asked of the item at an index. */
  #at(index) {
    const at = Math.min(index, this.#same);
    this.#asked[at] ??= [
      ...this.wanted.items.filter((item) => item.index === at).map(({ value }) => value),
      ...this.wanted.tails.filter(({ from }) => from <= at).map(({ value }) => value)
    ];
    return this.#asked[at] ?? [];
  }
  /** Finds an index for each item that has to be somewhere. */
  #place(next, extra) {
    const existing = this.wanted.existing[next];
    if (!existing)
      return this.wanted.isUnique === false ? this.#twins(extra) : this.#lengths(extra, void 0);
    const last = Math.max(existing.from, this.#same + next);
    const ways = [];
    for (let index = existing.from; index <= last && index < this.wanted.most; index++) {
      const items = [...extra.get(index) ?? [], existing.value];
      ways.push(() => {
        const answer = this.solver.solve([...this.#at(index), ...items]);
        return answer.kind === "value" ? this.#place(next + 1, new Map([...extra, [index, items]])) : answer;
      });
    }
    return firstOf(ways);
  }
  /** Two items have to be equal: each pair of indexes is a way. */
  #twins(extra) {
    const end = Math.max(this.#same, ...[...extra.keys()].map((index) => index + 1));
    const ways = [];
    for (let first = 0; first <= end; first++) {
      for (let second = first + 1; second <= end + 1 && second < this.wanted.most; second++)
        ways.push(() => {
          const shared = [first, second].flatMap((index) => [
            ...this.#at(index),
            ...extra.get(index) ?? []
          ]);
          const answer = this.solver.solve(shared);
          return answer.kind === "value" ? this.#lengths(extra, [first, second]) : answer;
        });
    }
    return firstOf(ways);
  }
  /** Tries lengths from the least that can do: a longer array only asks for more. */
  #lengths(extra, twins) {
    const ends = [...extra.keys(), ...twins ?? []].map((index) => index + 1);
    const least = Math.max(this.wanted.least, ...ends, 0);
    const slack = this.wanted.counts.reduce((sum, { isLeast, limit }) => sum + (isLeast ? limit : 0), 0);
    const most = Math.min(
      this.wanted.most,
      Math.max(least, this.wanted.counts.length > 0 ? this.#same : 0) + slack
    );
    const needsCare = this.wanted.counts.length > 0 || this.wanted.isUnique === true;
    if (needsCare && most > maxCounted) return unknown(`it counts among over ${maxCounted} items`);
    if (least > most) return empty;
    const ways = [];
    for (let length = least; length <= most; length++) ways.push(() => this.#count(length, extra, twins));
    return firstOf(ways);
  }
  /** What each item of an array of that length is asked for. */
  #count(length, extra, twins) {
    const states = Array.from({ length }, (_, index) => [...this.#at(index), ...extra.get(index) ?? []]);
    if (twins) {
      const [first, second] = twins;
      const shared = [...states[first] ?? [], ...states[second] ?? []];
      states[first] = shared;
      states[second] = shared;
    }
    const { counts, isUnique } = this.wanted;
    const write = (decided) => this.#write(decided, twins);
    return countItems(this.solver, { counts, twins, isFree: !twins && isUnique !== true, write }, states);
  }
  #write(states, twins) {
    if (this.wanted.isUnique === true) return distinctValues(this.solver, states, this.doubt);
    const values = [];
    let doubt = this.doubt;
    const [first, second] = twins ?? [];
    const shared = first === void 0 || second === void 0 ? [] : [...states[first] ?? [], ...states[second] ?? []];
    for (const [index, state] of states.entries()) {
      const answer = this.solver.solve(index === first || index === second ? shared : state);
      if (answer.kind !== "value") return answer;
      doubt ??= answer.doubt;
      values.push(answer.value);
    }
    return found(values, doubt);
  }
};

// packages/compat/src/solve/solve-number.ts
function read2(literals) {
  const range2 = {
    low: Number.NEGATIVE_INFINITY,
    lowOpen: true,
    high: Number.POSITIVE_INFINITY,
    highOpen: true
  };
  const wanted = { range: range2, divisors: [], others: [], excluded: /* @__PURE__ */ new Set(), only: void 0 };
  for (const { node, positive } of literals) {
    if (node.kind === "over") {
      if (positive && (node.limit > range2.low || node.limit === range2.low && node.exclusive)) {
        range2.low = node.limit;
        range2.lowOpen = node.exclusive;
      }
      if (!positive && (node.limit < range2.high || node.limit === range2.high && !node.exclusive)) {
        range2.high = node.limit;
        range2.highOpen = !node.exclusive;
      }
    } else if (node.kind === "multiple") (positive ? wanted.divisors : wanted.others).push(node.divisor);
    else if (node.kind === "among") {
      if (positive) wanted.only = node.values;
      else for (const value of node.values) wanted.excluded.add(value);
    }
  }
  return wanted;
}
var maxTries = 5e3;
var gcd = (a, b) => b === 0 ? a : gcd(b, a % b);
function scaleOf(divisors) {
  for (let scale = 1; scale <= 1 << 20; scale *= 2) {
    if (divisors.every((divisor) => Number.isSafeInteger(divisor * scale))) return scale;
  }
  return void 0;
}
function solveNumber(branch) {
  const { literals, doubt } = branch;
  const { range: range2, divisors, others, excluded, only } = read2(literals);
  const meets = (value) => Number.isFinite(value) && literals.every((item) => holds(item, value, branch.effort) === true);
  const answer = (value) => value === void 0 ? void 0 : found(value, doubt);
  if (only) return firstListed(branch, only);
  const { low, high } = range2;
  if (low > high || low === high && (range2.lowOpen || range2.highOpen)) return empty;
  if (low === high) return firstListed(branch, [low]);
  if (divisors.length === 0) {
    return answer([...between(range2, excluded.size + others.length)].find(meets)) ?? unknown("no number was found that is no multiple");
  }
  const scale = scaleOf([...divisors, ...others]);
  if (scale === void 0) return solveInexact({ range: range2, divisors, others, excluded, only }, meets, doubt);
  const end = [low, high].find(meets);
  if (end !== void 0) return found(end, doubt);
  const step = divisors.map((divisor) => divisor * scale).reduce((a, b) => a / gcd(a, b) * b);
  if (!Number.isSafeInteger(step)) return unknown("its multiples are too large");
  if (others.some((divisor) => step % (divisor * scale) === 0)) return empty;
  const start = nextToZero(range2, step / scale);
  const period = others.reduce((product2, divisor) => product2 * divisor * scale, 1) * (excluded.size + 1) + 1;
  for (const way of [1, -1]) {
    for (let count = 0; ; count++) {
      const value = (start + way * count) * (step / scale);
      if (!isInside(range2, value) && (way === 1 ? value >= high : value <= low)) break;
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return unknown("its multiples are too large");
      if (meets(value)) return found(value, doubt);
      if (count > period + 2) return empty;
      if (count > maxTries) return unknown("no multiple was found within the bound");
    }
  }
  return empty;
}
function isInside({ low, lowOpen, high, highOpen }, value) {
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}
function nextToZero({ low, high }, step) {
  if (low > 0) return Math.ceil(low / step);
  return high < 0 ? Math.floor(high / step) : 0;
}
function* between({ low, high }, more) {
  const whole = Number.isFinite(low) ? Math.ceil(low) : Number.isFinite(high) ? Math.floor(high) - 50 : 0;
  yield* [low, high].filter(Number.isFinite);
  for (let count = 0; count <= 50 + more; count++) yield whole + count;
  for (let count = 0; count <= 50 + more; count++) yield whole + count + 0.5;
  const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 1 : 0;
  const to = Number.isFinite(high) ? high : from + 1;
  for (let parts = 2; parts <= 50 + more; parts++) yield from + (to - from) / parts;
  for (const digits2 of [0.1, 0.01, 1e-3, 0.123, 0.0123, 1e-6]) yield from + digits2;
}
function solveInexact({ range: range2, divisors }, meets, doubt) {
  const step = Math.max(...divisors);
  const digits2 = Math.min(12, (/\.(\d+)/.exec(String(step))?.[1] ?? "").length + 6);
  const from = Number.isFinite(range2.low) ? Math.floor(range2.low / step) - 1 : 0;
  const to = Number.isFinite(range2.high) ? Math.ceil(range2.high / step) + 1 : Number.POSITIVE_INFINITY;
  for (let count = 0; count <= maxTries; count++) {
    for (const at of from === 0 ? [count, -count] : [from + count]) {
      const value = Number((at * step).toFixed(digits2));
      if (at <= to && meets(value)) return found(value, doubt);
    }
  }
  const isFar = divisors.some((divisor) => {
    const quotient = range2.low / divisor;
    return Math.abs(quotient) < 1e9 && Math.ceil(quotient - 1e-6) * divisor > range2.high + divisor * 1e-6;
  });
  return isFar ? empty : unknown("validators divide by such numbers with rounding");
}

// packages/compat/src/solve/find-names.ts
function findNames(solver, items, count) {
  const { values, complete, reason } = solver.many(items, count);
  const names = values.flatMap(
    (answer) => answer.kind === "value" && typeof answer.value === "string" ? [answer.value] : []
  );
  return { names, complete, reason };
}

// packages/compat/src/solve/fresh-names.ts
var maxGroups = 10;
function fresh(solver, wanted, groups, used) {
  const shared = groups.filter(({ key }) => key === void 0);
  if (shared.length > maxGroups)
    return [{ kind: "unknown", reason: `names fall under over ${maxGroups} rules` }];
  const { formulas } = solver;
  const others = used.length === 0 ? [] : [not(formulas.among(used))];
  const regions = [];
  const visit = (index, names, values) => {
    const answer = findNames(solver, names, 1);
    if (answer.reason !== void 0) regions.push({ kind: "unknown", reason: answer.reason });
    const [sample] = answer.names;
    if (sample === void 0) return;
    const group = shared[index];
    if (!group) {
      regions.push({ kind: "region", values, names: (count) => findNames(solver, names, count) });
      return;
    }
    const isNamed = holds(group.names, sample, solver.effort) === true;
    const inside = () => visit(index + 1, [...names, group.names], [...values, ...group.values]);
    const outside = () => visit(index + 1, [...names, not(group.names)], values);
    if (isNamed) inside();
    outside();
    if (!isNamed) inside();
  };
  visit(0, [formulas.types(["string"]), ...wanted, ...others], []);
  return regions;
}

// packages/compat/src/solve/solve-object.ts
var maxMembers = 500;
var maxExisting = 6;
function read3(literals) {
  const wanted = {
    required: /* @__PURE__ */ new Map(),
    absent: /* @__PURE__ */ new Set(),
    known: /* @__PURE__ */ new Set(),
    groups: /* @__PURE__ */ new Map(),
    existing: [],
    declared: [],
    asked: [],
    isClosed: false,
    least: 0,
    most: Number.POSITIVE_INFINITY
  };
  for (const { node, positive } of [...literals].sort((a, b) => a.node.id - b.node.id)) {
    if (node.kind === "has") {
      wanted.known.add(node.key);
      if (!positive) wanted.absent.add(node.key);
      else if (!wanted.required.has(node.key)) wanted.required.set(node.key, []);
    } else if (node.kind === "minProperties") {
      if (positive) wanted.least = Math.max(wanted.least, node.least);
      else wanted.most = Math.min(wanted.most, node.least - 1);
    } else if (node.kind === "declares") (node.closes ? wanted.declared : wanted.asked).push(node.names);
    else if (node.kind === "closed") wanted.isClosed = true;
    else if (node.kind === "member") {
      const key = onlyKey(node.names);
      if (key !== void 0) wanted.known.add(key);
      if (positive) {
        const group = wanted.groups.get(signed(node.names)) ?? { names: node.names, values: [], key };
        group.values.push(node.value);
        wanted.groups.set(signed(node.names), group);
      } else if (key === void 0) wanted.existing.push({ names: node.names, value: not(node.value) });
      else wanted.required.set(key, [...wanted.required.get(key) ?? [], not(node.value)]);
    }
  }
  return wanted;
}
function solveObject(solver, branch) {
  const wanted = read3(branch.literals);
  if (wanted.least > wanted.most || wanted.required.size > wanted.most) return empty;
  if (wanted.least > maxMembers) return unknown(`it needs over ${maxMembers} members`);
  if (wanted.existing.length > maxExisting)
    return unknown(`it asks for over ${maxExisting} members by rules`);
  const allowed = wanted.isClosed && wanted.declared.length > 0 ? solver.formulas.any([...wanted.declared, ...wanted.asked]) : solver.formulas.always;
  return new ObjectSearch(solver, wanted, allowed, branch.doubt).run();
}
var ObjectSearch = class {
  constructor(solver, wanted, allowed, doubt) {
    this.solver = solver;
    this.wanted = wanted;
    this.allowed = allowed;
    this.doubt = doubt;
    this.#groups = [...wanted.groups.values()];
  }
  solver;
  wanted;
  allowed;
  doubt;
  #groups;
  /** Why the object that was found may not be one. */
  #unsure;
  /** Whether choosing one name for a member may have left too few for others. */
  #isTight = false;
  run() {
    const answer = this.#run();
    return answer.kind === "empty" && this.#unsure !== void 0 ? unknown(this.#unsure) : answer;
  }
  #run() {
    const keys = [...this.wanted.required].sort(([, a], [, b]) => b.length - a.length);
    const members = /* @__PURE__ */ new Map();
    let open = empty;
    for (const [key, extra] of keys) {
      const items = this.#member(key, extra);
      if (!items) return empty;
      members.set(key, items);
      const answer2 = this.solver.solve(items);
      if (answer2.kind === "empty") return empty;
      if (answer2.kind === "unknown") open = answer2;
    }
    if (open.kind === "unknown") return open;
    const answer = this.#place(0, members);
    const isSure = answer.kind !== "empty" || this.wanted.existing.length < 2;
    return isSure || !this.#isTight ? answer : unknown("members compete for names");
  }
  /** Everything that is asked of the member with that key; undefined when there must be none. */
  #member(key, extra) {
    if (this.wanted.absent.has(key) || holds(this.allowed, key, this.solver.effort) === false)
      return void 0;
    const items = [...extra];
    for (const { names, values } of this.#groups) {
      const isNamed = holds(names, key, this.solver.effort);
      if (isNamed !== false) items.push(...values);
      if (isNamed === void 0) this.#unsure ??= "which rules a name falls under is not modelled";
    }
    return items;
  }
  /** Finds a place for each member that is asked for by rules: with a key that is there, one that is known, or a new one. */
  #place(index, members) {
    const existing = this.wanted.existing[index];
    if (!existing) return this.#finish(members);
    const { names, value } = existing;
    const ways = [];
    const keys = /* @__PURE__ */ new Set([...members.keys(), ...this.wanted.known]);
    for (const key of keys) {
      const isNamed = holds(names, key, this.solver.effort);
      if (isNamed === false) continue;
      if (isNamed === void 0) this.#unsure ??= "which names a rule is about is not modelled";
      const items = members.get(key) ?? this.#member(key, []);
      if (!items) continue;
      ways.push(() => this.#with(index, members, key, [...items, value]));
    }
    ways.push(() => this.#fresh(index, members, names, value));
    return firstOf(ways);
  }
  #with(index, members, key, items) {
    if (!members.has(key) && members.size + 1 > this.wanted.most) return empty;
    const answer = this.solver.solve(items);
    if (answer.kind !== "value") return answer;
    return this.#place(index + 1, new Map([...members, [key, items]]));
  }
  #fresh(index, members, names, value) {
    if (members.size + 1 > this.wanted.most) return empty;
    const used = [...this.wanted.known, ...members.keys()];
    const regions = fresh(this.solver, [names, this.allowed], this.#groups, used);
    return firstOf(
      regions.map((region) => () => {
        if (region.kind === "unknown") return unknown(region.reason);
        const { names: found2, complete } = region.names(this.wanted.existing.length + 1);
        const [name] = found2;
        this.#isTight ||= complete || Number.isFinite(this.wanted.most);
        if (name === void 0) return unknown("no name was found for a member");
        return this.#with(index, members, name, [...region.values, value]);
      })
    );
  }
  /** Fills up to the least number of members, and writes the object. */
  #finish(members) {
    const filled = new Map(members);
    let isComplete = true;
    for (const key of this.wanted.known) {
      if (filled.size >= this.wanted.least) break;
      const items = filled.has(key) ? void 0 : this.#member(key, []);
      const answer = items ? this.solver.solve(items) : empty;
      if (items && answer.kind === "value") filled.set(key, items);
      if (answer.kind === "unknown") isComplete = false;
    }
    if (filled.size < this.wanted.least) {
      const used = [...this.wanted.known, ...filled.keys()];
      for (const region of fresh(this.solver, [this.allowed], this.#groups, used)) {
        const missing = this.wanted.least - filled.size;
        if (missing <= 0) break;
        if (region.kind === "unknown") {
          isComplete = false;
          continue;
        }
        const answer = this.solver.solve(region.values);
        if (answer.kind === "empty") continue;
        if (answer.kind === "unknown") isComplete = false;
        else {
          const { names, complete } = region.names(missing);
          for (const name of names) filled.set(name, [...region.values]);
          if (names.length < missing && !complete) isComplete = false;
        }
      }
      if (filled.size < this.wanted.least)
        return isComplete && this.wanted.existing.length === 0 ? empty : unknown("too few members were found");
    }
    return this.#write(filled);
  }
  #write(members) {
    const order = [...this.wanted.known].filter((key) => members.has(key));
    const entries = [];
    let doubt = this.doubt ?? this.#unsure;
    for (const key of /* @__PURE__ */ new Set([...order, ...members.keys()])) {
      const answer = this.solver.solve(members.get(key) ?? []);
      if (answer.kind !== "value") return answer;
      doubt ??= answer.doubt;
      entries.push([key, answer.value]);
    }
    return found(Object.fromEntries(entries), doubt);
  }
};

// packages/compat/src/evaluate/format-shapes.ts
var offset = "(?:[zZ]|[+-]\\d{2}(?::?\\d{2})?)?";
var date = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])";
var time = `\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?${offset}`;
var hex = "[0-9a-fA-F]";
var steps = "(?:\\/(?:[^~\\/]|~[01])*)*";
var rough = (source) => ({ source: `^${source}$`, isExact: false });
var exact = (source) => ({ source: `^${source}$`, isExact: true });
var shapes = {
  date: rough(date),
  time: rough(time),
  "date-time": rough(`${date}[tT\\s]${time}`),
  duration: rough("P(?:\\d+[YMDW])*(?:T(?:\\d+[HMS])+)?"),
  email: rough("[!-?A-~]+@[A-Za-z0-9.-]+\\.[A-Za-z0-9-]+"),
  hostname: rough("[A-Za-z0-9.-]{1,254}"),
  ipv4: rough("\\d{1,3}(?:\\.\\d{1,3}){3}"),
  ipv6: rough("[0-9a-fA-F:.]{2,45}"),
  uri: rough("[A-Za-z][A-Za-z0-9+.-]*:\\S*"),
  "uri-reference": rough("[!-~]*"),
  "uri-template": rough("[^\\u0000-\\u0020]*"),
  uuid: exact(`(?:[uU][rR][nN]:[uU]{2}[iI][dD]:)?${hex}{8}-(?:${hex}{4}-){3}${hex}{12}`),
  "json-pointer": exact(steps),
  "relative-json-pointer": exact(`(?:0|[1-9]\\d*)(?:#|${steps})`)
};
function formatShape(name) {
  return Object.hasOwn(shapes, name) ? shapes[name] : void 0;
}

// packages/compat/src/strings/bounds.ts
var maxTexts = 64;
var maxTextLength = 1e5;
var maxNodes = 1e4;
var maxStates = 6e3;
var maxKinds = 1e3;
var maxDiagramSteps = 5e5;
var maxLayerSteps = 5e6;
var maxWriteSteps = 1e7;
var maxCandidates = 400;
var maxEngineSteps = 1e8;
var BoundReached = class extends Error {
  name = "BoundReached";
};
var Unmodelled = class extends BoundReached {
  name = "Unmodelled";
};
var Budget = class {
  #reason;
  #left;
  constructor(steps2, reason) {
    this.#left = steps2;
    this.#reason = reason;
  }
  /** Takes steps off what is left. @throws BoundReached when nothing is */
  spend(steps2 = 1) {
    this.#left -= steps2;
    if (this.#left < 0) throw new BoundReached(this.#reason);
  }
};

// packages/compat/src/strings/bounded-cache.ts
var BoundedCache = class {
  #values = /* @__PURE__ */ new Map();
  #size;
  constructor(size) {
    this.#size = size;
  }
  /** The value of a key, made when it is not known. */
  get(key, make) {
    const known4 = this.#values.get(key);
    if (known4) return known4;
    const value = make();
    const [oldest] = this.#values.keys();
    if (oldest !== void 0 && this.#values.size >= this.#size) this.#values.delete(oldest);
    this.#values.set(key, value);
    return value;
  }
};

// packages/compat/src/strings/read-pattern.ts
var known2 = new BoundedCache(256);
function compile(source) {
  try {
    const expression = new RegExp(source, "u");
    expression.test("");
    return expression;
  } catch {
    return void 0;
  }
}
function readPattern(source) {
  return known2.get(source, () => ({ tree: parsePattern(source), expression: compile(source) }));
}

// packages/compat/src/strings/matches-conditions.ts
function matchOf(source, text2) {
  try {
    return readPattern(source).expression?.test(text2);
  } catch {
    return void 0;
  }
}
function codePointLength(text2) {
  let length = 0;
  for (const _ of text2) length++;
  return length;
}
function hasLength(text2, { minLength, maxLength }) {
  if (text2.length < minLength || text2.length > maxLength * 2) return false;
  if (text2.length >= minLength * 2 && text2.length <= maxLength) return true;
  const length = codePointLength(text2);
  return length >= minLength && length <= maxLength;
}
function matchesConditions(text2, conditions) {
  return hasLength(text2, conditions) && !conditions.excluded.has(text2) && conditions.matches.every((source) => matchOf(source, text2) === true) && conditions.refuses.every((source) => matchOf(source, text2) === false);
}

// packages/compat/src/strings/collection.ts
var Collection = class {
  #texts = /* @__PURE__ */ new Set();
  #conditions;
  #question;
  #wanted;
  #engine = new Budget(maxEngineSteps, "checking strings could keep the engine busy too long");
  /** `wanted`: how many are looked for; one more shows that they are not all. */
  constructor(conditions, question, wanted) {
    this.#conditions = conditions;
    this.#question = question;
    this.#wanted = wanted;
  }
  /** The texts that are wanted, in the order they came but for the empty one, which shows least. */
  get texts() {
    const texts = [...this.#texts].filter((text2) => text2 !== "");
    return (this.#texts.has("") ? [...texts, ""] : texts).slice(0, this.#wanted);
  }
  /** Whether more than the wanted ones exist. */
  get isFull() {
    return this.#texts.size > this.#wanted;
  }
  /**
   * Takes texts until there are enough.
   * @throws BoundReached when none more can be checked, or when the model of the patterns proves to be wrong
   */
  takeFrom(source) {
    const rough2 = new Budget(
      maxCandidates,
      `none of ${maxCandidates} strings meets the patterns without a model`
    );
    for (let next = source.next(); ; next = source.next()) {
      if (next.done) return next.value;
      const text2 = next.value;
      if (this.#conditions.excluded.has(text2) || this.#texts.has(text2)) continue;
      if (!this.#question.isExact) rough2.spend();
      if (this.#isConfirmed(text2)) this.#texts.add(text2);
      else if (this.#question.isExact)
        throw new BoundReached(`the engine does not agree with the model about ${JSON.stringify(text2)}`);
      if (this.isFull) return "bound";
    }
  }
  #isConfirmed(text2) {
    for (const cost of this.#question.costs) this.#engine.spend(cost(text2, maxEngineSteps));
    return matchesConditions(text2, this.#conditions);
  }
};

// packages/compat/src/strings/diagrams.ts
var never = 0;
var always = 1;
var radix = 2 ** 22;
var noBranch = { variable: Number.POSITIVE_INFINITY, high: never, low: never };
var Diagrams = class {
  #branches = [noBranch, noBranch];
  #numbers = /* @__PURE__ */ new Map();
  #both = /* @__PURE__ */ new Map();
  #either = /* @__PURE__ */ new Map();
  #opposites = /* @__PURE__ */ new Map();
  #budget = new Budget(maxDiagramSteps, "the patterns together are too large");
  /** What a diagram asks first. */
  branch(diagram) {
    return this.#branches[diagram] ?? noBranch;
  }
  /** The function that is the variable itself. */
  variable(variable) {
    return this.#make(variable, always, never);
  }
  /** True where a function is false. */
  not(diagram) {
    if (diagram <= always) return always - diagram;
    const known4 = this.#opposites.get(diagram);
    if (known4 !== void 0) return known4;
    const { variable, high, low } = this.branch(diagram);
    const opposite = this.#make(variable, this.not(high), this.not(low));
    this.#opposites.set(diagram, opposite);
    return opposite;
  }
  /** True where both functions are. */
  and(left, right) {
    return this.#combine(left, right, never, this.#both);
  }
  /** True where either function is. */
  or(left, right) {
    return this.#combine(left, right, always, this.#either);
  }
  /** `high` where a condition holds, `low` elsewhere. */
  choose(condition, high, low) {
    if (condition === always || high === low) return high;
    if (condition === never) return low;
    return this.or(this.and(condition, high), this.and(this.not(condition), low));
  }
  /** `and` or `or`: `strong` is the constant that decides alone. */
  #combine(left, right, strong, known4) {
    if (left === strong || right === strong) return strong;
    if (left <= always || left === right) return right;
    if (right <= always) return left;
    const key = left < right ? left * radix + right : right * radix + left;
    const before = known4.get(key);
    if (before !== void 0) return before;
    const a = this.branch(left);
    const b = this.branch(right);
    const variable = Math.min(a.variable, b.variable);
    const isA = a.variable === variable;
    const isB = b.variable === variable;
    const high = this.#combine(isA ? a.high : left, isB ? b.high : right, strong, known4);
    const low = this.#combine(isA ? a.low : left, isB ? b.low : right, strong, known4);
    const combined = this.#make(variable, high, low);
    known4.set(key, combined);
    return combined;
  }
  #make(variable, high, low) {
    if (high === low) return high;
    this.#budget.spend();
    let numbers = this.#numbers.get(variable);
    if (!numbers) {
      numbers = /* @__PURE__ */ new Map();
      this.#numbers.set(variable, numbers);
    }
    const key = high * radix + low;
    const known4 = numbers.get(key);
    if (known4 !== void 0) return known4;
    const diagram = this.#branches.push({ variable, high, low }) - 1;
    numbers.set(key, diagram);
    return diagram;
  }
};

// packages/compat/src/strings/rest-conditions.ts
var endVariable = 0;
var befores = ["start", "word", "other"];
var RestConditions = class {
  #machine;
  #diagrams;
  #known = /* @__PURE__ */ new Map();
  #budget = new Budget(maxDiagramSteps, "a pattern repeats too many choices that may be empty");
  /** Nodes being worked out, each with its depth. */
  #open = /* @__PURE__ */ new Map();
  /** Depth of the outermost open node that was met again; what is inside of it is not final. */
  #outermost = Number.POSITIVE_INFINITY;
  constructor(machine, diagrams) {
    this.#machine = machine;
    this.#diagrams = diagrams;
  }
  /** The condition on the rest of a text at a node. */
  at(index, before) {
    const key = index * befores.length + befores.indexOf(before);
    const known4 = this.#known.get(key);
    if (known4 !== void 0) return known4;
    const depth = this.#open.get(key);
    if (depth !== void 0) {
      this.#outermost = Math.min(this.#outermost, depth);
      return never;
    }
    this.#budget.spend();
    const level = this.#open.size;
    this.#open.set(key, level);
    const condition = this.#work(index, before);
    this.#open.delete(key);
    if (this.#outermost >= level) {
      this.#outermost = Number.POSITIVE_INFINITY;
      this.#known.set(key, condition);
    }
    return condition;
  }
  /** Whether a condition holds when nothing is left. */
  holdsAtEnd(diagram) {
    let current = diagram;
    while (current > always) {
      const { variable, high, low } = this.#diagrams.branch(current);
      current = variable === endVariable ? high : low;
    }
    return current === always;
  }
  #work(index, before) {
    const diagrams = this.#diagrams;
    const node = this.#machine.node(index);
    switch (node.kind) {
      case "accept":
        return always;
      case "read":
        return diagrams.variable(index);
      case "split": {
        let either = never;
        for (const next of node.next) either = diagrams.or(either, this.at(next, before));
        return either;
      }
      case "start":
        return before === "start" ? this.at(node.next, before) : never;
      case "end":
        return this.holdsAtEnd(this.at(node.next, before)) ? diagrams.variable(endVariable) : never;
      case "word": {
        const ahead = diagrams.variable(this.#machine.wordAhead());
        const isBoundary = before === "word" ? diagrams.not(ahead) : ahead;
        const asked = node.negate ? diagrams.not(isBoundary) : isBoundary;
        return diagrams.and(asked, this.at(node.next, before));
      }
      case "look": {
        const body = this.at(node.body, before);
        return diagrams.and(node.negate ? diagrams.not(body) : body, this.at(node.next, before));
      }
    }
  }
};

// packages/compat/src/strings/read-kind.ts
function kindReader({ machine, diagrams, rests }) {
  const known4 = /* @__PURE__ */ new Map();
  const readVariable = (variable, kind) => {
    const node = machine.node(variable);
    if (variable === endVariable || node.kind !== "read" || !kind.members.has(node.set)) return never;
    return rests.at(node.next, machine.looksAtWords && kind.isWord ? "word" : "other");
  };
  return function read5(diagram, kind) {
    if (diagram <= always) return diagram;
    const results = known4.get(kind) ?? /* @__PURE__ */ new Map();
    known4.set(kind, results);
    const before = results.get(diagram);
    if (before !== void 0) return before;
    const { variable, high, low } = diagrams.branch(diagram);
    const condition = readVariable(variable, kind);
    const unread = read5(low, kind);
    const next = condition === never ? unread : diagrams.choose(condition, read5(high, kind), unread);
    results.set(diagram, next);
    return next;
  };
}

// packages/compat/src/strings/explore.ts
var States = class {
  diagrams = [];
  depths = [];
  #numbers = /* @__PURE__ */ new Map();
  /** The number of a state and whether it is new. @throws BoundReached when there are too many */
  add(diagram, depth) {
    const known4 = this.#numbers.get(diagram);
    if (known4 !== void 0) return { number: known4, isNew: false };
    const number = this.diagrams.length;
    if (number >= maxStates) throw new BoundReached(`the patterns lead to more than ${maxStates} states`);
    this.#numbers.set(diagram, number);
    this.diagrams.push(diagram);
    this.depths.push(depth);
    return { number, isNew: true };
  }
};
function explore(start, model, maxLength, order) {
  const read5 = kindReader(model);
  const states = new States();
  const edges = [];
  const expand = (state) => {
    const out = [];
    edges[state] = out;
    const depth = states.depths[state] ?? 0;
    if (depth >= maxLength) return [];
    return model.kinds.flatMap((kind) => {
      const next = read5(states.diagrams[state] ?? never, kind);
      if (next === never) return [];
      const { number, isNew } = states.add(next, depth + 1);
      out.push({ kind, target: number });
      return isNew ? [number] : [];
    });
  };
  let missing = order === "depth" ? "only some of the states were looked at" : void 0;
  try {
    let pending = [states.add(start, 0).number];
    if (order === "depth")
      for (let state = pending.pop(); state !== void 0; state = pending.pop())
        pending.push(...[...expand(state)].reverse());
    else while (pending.length > 0) pending = pending.flatMap(expand);
  } catch (reason) {
    if (!(reason instanceof BoundReached)) throw reason;
    missing = reason.message;
  }
  return {
    edges: states.diagrams.map((_, state) => edges[state] ?? []),
    accepting: states.diagrams.map((diagram) => model.rests.holdsAtEnd(diagram)),
    missing
  };
}

// packages/compat/src/strings/prune.ts
function prune(graph) {
  const sources = graph.edges.map(() => []);
  for (const [source, edges] of graph.edges.entries())
    for (const { target } of edges) sources[target]?.push(source);
  const queue = graph.accepting.flatMap((accepts, state) => accepts ? [state] : []);
  const live = new Set(queue);
  for (let state = queue.pop(); state !== void 0; state = queue.pop()) {
    for (const source of sources[state] ?? []) {
      if (live.has(source)) continue;
      live.add(source);
      queue.push(source);
    }
  }
  return { ...graph, edges: graph.edges.map((edges) => edges.filter(({ target }) => live.has(target))) };
}

// packages/compat/src/strings/code-point-set.ts
var maxCodePoint = 1114111;
var anyCodePoint = [[0, maxCodePoint]];
function unionOf2(ranges) {
  const merged = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
function complementOf(set) {
  const gaps = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= maxCodePoint) gaps.push([next, maxCodePoint]);
  return gaps;
}
function intersectionOf(left, right) {
  return complementOf(unionOf2([...complementOf(left), ...complementOf(right)]));
}
function hasCodePoint(set, codePoint) {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = low + high >> 1;
    const [first, last] = set[middle] ?? [0, 0];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

// packages/compat/src/strings/named-sets.ts
var digits = [[48, 57]];
var wordCharacters = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122]
];
var spaces = [
  [9, 13],
  [32, 32],
  [160, 160],
  [5760, 5760],
  [8192, 8202],
  [8232, 8233],
  [8239, 8239],
  [8287, 8287],
  [12288, 12288],
  [65279, 65279]
];
var notLineEnds = complementOf([
  [10, 10],
  [13, 13],
  [8232, 8233]
]);
var highSurrogates = [[55296, 56319]];
var lowSurrogates = [[56320, 57343]];

// packages/compat/src/strings/property-set.ts
var chunkSize = 1024;
var known3 = new BoundedCache(64);
function chunkFrom(first) {
  const units = [];
  for (let point = first; point < first + chunkSize; point++) {
    if (point <= 65535) units.push(point);
    else units.push(55232 + (point >> 10), 56320 + (point & 1023));
  }
  return String.fromCharCode(...units);
}
function* rangesOf(atom) {
  const runs = new RegExp(`${atom}+`, "gu");
  for (let first = 0; first <= maxCodePoint; first += chunkSize) {
    const unitsEach = first > 65535 ? 2 : 1;
    for (const { 0: run, index } of chunkFrom(first).matchAll(runs)) {
      const start = first + index / unitsEach;
      yield [start, start + run.length / unitsEach - 1];
    }
  }
}
function propertySet(source) {
  return known3.get(source, () => unionOf2(rangesOf(source)));
}

// packages/compat/src/strings/class-set.ts
var escapes = {
  digit: digits,
  space: spaces,
  word: wordCharacters
};
function setOfEscape(set) {
  if (set.kind === "any") return notLineEnds;
  if (set.kind === "property") return propertySet(set.raw);
  return set.negate ? complementOf(escapes[set.kind]) : escapes[set.kind];
}
function setOfMember(member) {
  switch (member.type) {
    case "Character":
      return [[member.value, member.value]];
    case "CharacterClassRange":
      return [[member.min.value, member.max.value]];
    case "CharacterSet":
      return setOfEscape(member);
    default:
      throw new Unmodelled("it uses the v flag");
  }
}
function classSet(node) {
  if (node.type === "Character") return [[node.value, node.value]];
  if (node.type === "CharacterSet") return setOfEscape(node);
  const set = unionOf2(node.elements.flatMap(setOfMember));
  return node.negate ? complementOf(set) : set;
}

// packages/compat/src/strings/machine.ts
var accept = 0;
var Machine = class {
  #nodes = [{ kind: "accept" }];
  #sets = [];
  #setIndexes = /* @__PURE__ */ new Map();
  #wordAhead;
  /** Where the next node will stand. */
  get size() {
    return this.#nodes.length;
  }
  /** Every set that a node may read, by its index. */
  get sets() {
    return this.#sets;
  }
  /** Whether the character before a place matters, because some node is a word boundary. */
  get looksAtWords() {
    return this.#wordAhead !== void 0;
  }
  /** The node at an index; nothing matches at one that does not exist. */
  node(index) {
    return this.#nodes[index] ?? { kind: "split", next: [] };
  }
  /** Puts a node in the table and gives its index. @throws Unmodelled when there are too many */
  add(node) {
    if (this.#nodes.length >= maxNodes)
      throw new Unmodelled(`its repetitions make more than ${maxNodes} nodes`);
    return this.#nodes.push(node) - 1;
  }
  /** A node that reads one character of a set. */
  read(ranges, next) {
    const set = unionOf2(ranges);
    if (set.length === 0) return this.add({ kind: "split", next: [] });
    const key = set.join();
    const index = this.#setIndexes.get(key) ?? this.#sets.push(set) - 1;
    this.#setIndexes.set(key, index);
    return this.add({ kind: "read", set: index, next });
  }
  /** The node that asks whether a word character comes next. */
  wordAhead() {
    this.#wordAhead ??= this.read(wordCharacters, accept);
    return this.#wordAhead;
  }
  /** Forgets the nodes from a place on, when what they belong to was given up. */
  truncate(size) {
    this.#nodes.length = size;
    if (this.#wordAhead !== void 0 && this.#wordAhead >= size) this.#wordAhead = void 0;
  }
};

// packages/compat/src/strings/build-pattern.ts
var maxRoughCount = 30;
var Builder = class _Builder {
  #machine;
  #mode;
  constructor(machine, mode) {
    this.#machine = machine;
    this.#mode = mode;
  }
  alternatives(alternatives, next) {
    const starts = alternatives.map(({ elements }) => this.sequence(elements, next));
    const [only, ...others] = starts;
    return only !== void 0 && others.length === 0 ? only : this.split(starts);
  }
  sequence(elements, next) {
    return elements.reduceRight((after, element) => this.element(element, after), next);
  }
  split(next) {
    return this.#machine.add({ kind: "split", next });
  }
  element(element, next) {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return this.#machine.read(classSet(element), next);
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next);
      case "Group":
        if (element.modifiers) return this.anything("it uses modifiers", next);
        return this.alternatives(element.alternatives, next);
      case "Quantifier":
        return this.quantifier(element, next);
      case "Assertion":
        return this.#mode === "bare" ? next : this.assertion(element, next);
      case "Backreference":
        return this.reference(element, next);
      default:
        return this.anything("it uses the v flag", next);
    }
  }
  assertion(assertion, next) {
    switch (assertion.kind) {
      case "start":
      case "end":
        return this.#machine.add({ kind: assertion.kind, next });
      case "word":
        this.#machine.wordAhead();
        return this.#machine.add({ kind: "word", negate: assertion.negate, next });
      case "lookahead":
        return this.look(assertion, next);
      case "lookbehind":
        if (this.#mode === "exact") throw new Unmodelled("it looks behind");
        return next;
    }
  }
  look({ alternatives, negate }, next) {
    const { size } = this.#machine;
    try {
      const builder = negate ? new _Builder(this.#machine, "exact") : this;
      const body = builder.alternatives(alternatives, accept);
      return this.#machine.add({ kind: "look", negate, body, next });
    } catch (reason) {
      if (!(reason instanceof Unmodelled) || this.#mode === "exact") throw reason;
      this.#machine.truncate(size);
      return next;
    }
  }
  reference({ resolved }, next) {
    if (this.#mode === "exact") throw new Unmodelled("it refers back to a group");
    if (this.#mode === "bare") return this.anything("", next);
    const bare = new _Builder(this.#machine, "bare");
    const groups = [resolved].flat();
    return this.split([next, ...groups.map(({ alternatives }) => bare.alternatives(alternatives, next))]);
  }
  /** Any text at all, for what has no model. */
  anything(reason, next) {
    if (this.#mode === "exact") throw new Unmodelled(reason);
    const exits = [next];
    const loop = this.split(exits);
    exits.push(this.#machine.read(anyCodePoint, loop));
    return loop;
  }
  quantifier(quantifier, next) {
    const isRough = this.#mode !== "exact";
    const isLong = (count) => isRough && Number.isFinite(count) && count > maxRoughCount;
    const min = isLong(quantifier.min) ? maxRoughCount : quantifier.min;
    const max = isLong(quantifier.max) ? Number.POSITIVE_INFINITY : quantifier.max;
    let after = next;
    if (max === Number.POSITIVE_INFINITY) {
      const exits = [next];
      after = this.split(exits);
      exits.unshift(this.element(quantifier.element, after));
    } else {
      for (let count = min; count < max; count++)
        after = this.split([this.element(quantifier.element, after), next]);
    }
    for (let count = 0; count < min; count++) after = this.element(quantifier.element, after);
    return after;
  }
};
function buildPattern(machine, tree, mode) {
  const { size } = machine;
  try {
    return new Builder(machine, mode).alternatives(tree.alternatives, accept);
  } catch (reason) {
    machine.truncate(size);
    throw reason;
  }
}

// packages/compat/src/strings/matching-cost.ts
var maxLengthOfEmptyLoops = 20;
function successorsOf(node) {
  switch (node.kind) {
    case "accept":
      return [];
    case "split":
      return node.next;
    case "look":
      return [node.body, node.next];
    default:
      return [node.next];
  }
}
function stopsOf(machine, root) {
  const finished = [];
  const states = /* @__PURE__ */ new Map();
  const entries = [root];
  let loops = false;
  const visit = (index) => {
    const state = states.get(index);
    if (state === "open") loops = true;
    if (state) return;
    states.set(index, "open");
    const node = machine.node(index);
    const next = successorsOf(node);
    if (node.kind === "read") entries.push(node.next);
    else for (const each of next) visit(each);
    states.set(index, "done");
    const reads = node.kind === "read" ? machine.sets[node.set] : void 0;
    finished.push({ index, reads, next, onlyAtStart: node.kind === "start" });
  };
  for (let entry = entries.pop(); entry !== void 0; entry = entries.pop()) visit(entry);
  return { stops: finished.reverse(), loops };
}
function costEstimator(machine, root) {
  const { stops, loops } = stopsOf(machine, root);
  const size = machine.size;
  return (text2, limit) => {
    if (loops && text2.length > maxLengthOfEmptyLoops) return Number.POSITIVE_INFINITY;
    let ways = new Float64Array(size);
    let waysAfter = new Float64Array(size);
    let cost = 0;
    let isStart = true;
    for (const character of text2) {
      const codePoint = character.codePointAt(0) ?? 0;
      ways[root] = (ways[root] ?? 0) + 1;
      for (const { index, reads, next, onlyAtStart } of stops) {
        const count = ways[index] ?? 0;
        if (count === 0) continue;
        ways[index] = 0;
        if (reads) cost += count;
        if (reads ? !hasCodePoint(reads, codePoint) : onlyAtStart && !isStart) continue;
        const into = reads ? waysAfter : ways;
        for (const each of next) into[each] = (into[each] ?? 0) + count;
      }
      if (cost > limit) return cost;
      [ways, waysAfter] = [waysAfter, ways];
      isStart = false;
    }
    return cost;
  };
}

// packages/compat/src/strings/reading-order.ts
var bands = [
  [[97, 122]],
  [[48, 57]],
  [[65, 90]],
  [[45, 45]],
  [[95, 95]],
  [[46, 46]],
  [[33, 126]],
  [[32, 32]],
  [[9, 10]],
  // Latin, Greek and Cyrillic letters, then scripts of the first plane, then pictures.
  [[192, 591]],
  [
    [913, 969],
    [1040, 1103]
  ],
  [
    [161, 767],
    [12353, 55203]
  ],
  [[127744, 128591]],
  [
    [768, 8191],
    [8208, 8231],
    [8240, 55295],
    [63744, 64975],
    [65008, 65533],
    [65536, 196605]
  ],
  complementOf([[55296, 57343]]),
  highSurrogates,
  lowSurrogates
];
function inReadingOrder(set) {
  const ranges = [];
  let rank = Number.POSITIVE_INFINITY;
  let rest = set;
  for (const [index, band] of bands.entries()) {
    if (rest.length === 0) break;
    const part = intersectionOf(rest, band);
    const [first] = part;
    if (!first) continue;
    if (ranges.length === 0) rank = index * (maxCodePoint + 1) + first[0];
    ranges.push(...part);
    rest = intersectionOf(rest, complementOf(band));
  }
  return { ranges, rank };
}
function characterAt({ ranges }, index) {
  let left = index;
  for (const [first, last] of ranges) {
    const size = last - first + 1;
    if (left < size) return String.fromCodePoint(first + left);
    left -= size;
  }
  return void 0;
}

// packages/compat/src/strings/partition.ts
function boundariesOf(sets) {
  const boundaries = new Set(sets.flatMap((set) => set.flatMap(([first, last]) => [first, last + 1])));
  return [...boundaries.add(0)].filter((point) => point <= maxCodePoint).sort((a, b) => a - b);
}
function membersByStretch(sets, starts) {
  const places = new Map(starts.map((start, index) => [start, index]));
  const members = starts.map(() => []);
  for (const [index, set] of sets.entries()) {
    for (const [first, last] of set) {
      for (let at = places.get(first) ?? 0; (starts[at] ?? maxCodePoint + 1) <= last; at++)
        members[at]?.push(index);
    }
  }
  return members;
}
function kindOf(ranges, members) {
  const [[point] = [0]] = ranges;
  return {
    ...inReadingOrder(ranges),
    surrogate: hasCodePoint(highSurrogates, point) ? "high" : hasCodePoint(lowSurrogates, point) ? "low" : void 0,
    isWord: intersectionOf(ranges, wordCharacters).length > 0,
    members: new Set(members)
  };
}
function partitionBy(sets) {
  const all2 = [...sets, highSurrogates, lowSurrogates];
  const starts = boundariesOf(all2);
  const groups = /* @__PURE__ */ new Map();
  for (const [at, members] of membersByStretch(all2, starts).entries()) {
    const range2 = [starts[at] ?? 0, (starts[at + 1] ?? maxCodePoint + 1) - 1];
    const key = members.join();
    const group = groups.get(key);
    if (group) group.ranges.push(range2);
    else groups.set(key, { ranges: [range2], members });
  }
  if (groups.size > maxKinds) throw new BoundReached("the patterns tell too many kinds of characters apart");
  const kinds = [...groups.values()].map(({ ranges, members }) => kindOf(unionOf2(ranges), members));
  return kinds.sort((a, b) => a.rank - b.rank);
}

// packages/compat/src/strings/question.ts
function addPattern(machine, source) {
  const { tree } = readPattern(source);
  if (!tree) return void 0;
  for (const mode of ["exact", "rough"]) {
    try {
      return { root: buildPattern(machine, tree, mode), isExact: mode === "exact" };
    } catch (reason) {
      if (!(reason instanceof Unmodelled)) throw reason;
    }
  }
  return void 0;
}
function matchAnywhere(machine, rests, root) {
  if (rests.at(root, "word") === never && rests.at(root, "other") === never) return rests.at(root, "start");
  const entries = [root];
  const search2 = machine.add({ kind: "split", next: entries });
  entries.push(machine.read(anyCodePoint, search2));
  return rests.at(search2, "start");
}
function ask({ matches, refuses }) {
  const machine = new Machine();
  const diagrams = new Diagrams();
  const rests = new RestConditions(machine, diagrams);
  const costs = [];
  let widest = always;
  let likeliest = always;
  let isExact = true;
  const add = (source, isWanted) => {
    const pattern = addPattern(machine, source);
    isExact &&= pattern?.isExact === true;
    if (!pattern) return;
    costs.push(costEstimator(machine, pattern.root));
    const match2 = matchAnywhere(machine, rests, pattern.root);
    const condition = isWanted ? match2 : diagrams.not(match2);
    likeliest = diagrams.and(likeliest, condition);
    if (isWanted || pattern.isExact) widest = diagrams.and(widest, condition);
  };
  for (const source of new Set(matches)) add(source, true);
  for (const source of new Set(refuses)) add(source, false);
  const model = { machine, diagrams, rests, kinds: partitionBy(machine.sets) };
  return { model, widest, likeliest, isExact, costs };
}

// packages/compat/src/strings/unrestricted.ts
var letters = "abcdefghijklmnopqrstuvwxyz0123456789";
function textAt(index, length) {
  let text2 = "";
  let left = index;
  for (let place = 0; place < length && (left > 0 || place === 0); place++) {
    text2 = letters.charAt(left % letters.length) + text2;
    left = Math.floor(left / letters.length);
  }
  return left > 0 ? void 0 : text2.padStart(length, letters.charAt(0));
}
function findUnrestricted({ minLength, maxLength, excluded }, count) {
  if (minLength > maxTextLength)
    return { kind: "unknown", reason: `strings over ${maxTextLength} characters are not written out` };
  if (maxLength < 1)
    return excluded.has("") ? { kind: "none" } : { kind: "found", texts: [""], complete: true };
  const texts = [];
  const first = Math.max(minLength, 1);
  const last = Math.min(maxLength, maxTextLength);
  for (let length = first, index = 0; length <= last; ) {
    const text2 = textAt(index, length);
    if (text2 === void 0) {
      length++;
      index = 0;
      continue;
    }
    if (!excluded.has(text2)) texts.push(text2);
    if (texts.length >= count) return { kind: "found", texts, complete: false };
    index++;
  }
  return void 0;
}

// packages/compat/src/strings/layers.ts
var wordBits = 16;
var StateSet = class {
  #words;
  constructor(size, states) {
    this.#words = new Uint16Array(Math.ceil(size / wordBits));
    for (const state of states) {
      const at = Math.floor(state / wordBits);
      this.#words[at] = (this.#words[at] ?? 0) | 1 << state % wordBits;
    }
  }
  get key() {
    return String.fromCharCode(...this.#words);
  }
  has(state) {
    return ((this.#words[Math.floor(state / wordBits)] ?? 0) >> state % wordBits & 1) === 1;
  }
};
function sourcesByTarget(graph, withSurrogates) {
  const sources = graph.edges.map(() => /* @__PURE__ */ new Set());
  for (const [source, edges] of graph.edges.entries())
    for (const { kind, target } of edges) if (withSurrogates || !kind.surrogate) sources[target]?.add(source);
  return sources;
}
var Layers = class {
  #sources;
  #known = /* @__PURE__ */ new Map();
  #byDistance;
  #budget = new Budget(maxLayerSteps, "the patterns allow too many different lengths");
  constructor(graph, withSurrogates) {
    this.#sources = sourcesByTarget(graph, withSurrogates);
    this.#byDistance = [this.#layer(graph.accepting.flatMap((accepts, state) => accepts ? [state] : []))];
  }
  /** Whether a state is exactly so many characters away from acceptance. */
  has(state, distance2) {
    return this.#at(distance2)?.set.has(state) ?? false;
  }
  /** A number that is the same for two distances at which the same states stand, so that what follows is too. */
  numberAt(distance2) {
    return this.#at(distance2)?.number ?? 0;
  }
  #at(distance2) {
    for (let last = this.#byDistance.at(-1); last && this.#byDistance.length <= distance2; ) {
      last.next ??= this.#before(last);
      last = last.next;
      this.#byDistance.push(last);
    }
    return this.#byDistance[distance2];
  }
  #before({ states }) {
    const before = /* @__PURE__ */ new Set();
    for (const state of states) {
      const sources = this.#sources[state] ?? /* @__PURE__ */ new Set();
      this.#budget.spend(sources.size);
      for (const source of sources) before.add(source);
    }
    return this.#layer([...before]);
  }
  #layer(states) {
    const set = new StateSet(this.#sources.length, states);
    const { key } = set;
    const known4 = this.#known.get(key);
    if (known4) return known4;
    const layer = { set, states, number: this.#known.size, next: void 0 };
    this.#known.set(key, layer);
    return layer;
  }
};

// packages/compat/src/strings/write-texts.ts
function* textsOfLength(graph, layers, length, budget) {
  const states = [0];
  const places = [{ edge: 0, character: 0 }];
  const characters = [];
  const surrogates = [];
  for (let place = places.at(-1); place; place = places.at(-1)) {
    budget.spend();
    const depth = places.length - 1;
    if (depth === length) {
      yield characters.slice(0, length).join("");
      places.pop();
      continue;
    }
    const edge = graph.edges[states[depth] ?? 0]?.[place.edge];
    if (!edge) {
      places.pop();
      continue;
    }
    const isPair = depth > 0 && surrogates[depth - 1] === "high" && edge.kind.surrogate === "low";
    const leads = !isPair && layers.has(edge.target, length - depth - 1);
    const character = leads ? characterAt(edge.kind, place.character) : void 0;
    if (character === void 0) {
      place.edge++;
      place.character = 0;
      continue;
    }
    place.character++;
    characters[depth] = character;
    surrogates[depth] = edge.kind.surrogate;
    states[depth + 1] = edge.target;
    places.push({ edge: 0, character: 0 });
  }
}
function* textsBetween(graph, range2) {
  const layers = new Layers(graph, range2.withSurrogates);
  const budget = new Budget(maxWriteSteps, "too many characters were tried");
  const seen = /* @__PURE__ */ new Map();
  const limit = Math.min(range2.maxLength, maxTextLength);
  let end = range2.maxLength > maxTextLength ? "bound" : "all";
  let latest = -1;
  for (let length = range2.minLength; length <= limit; length++) {
    const layer = layers.numberAt(length);
    if (latest < (seen.get(layer) ?? -1)) {
      end = "all";
      break;
    }
    seen.set(layer, length);
    if (!layers.has(0, length)) continue;
    latest = length;
    if (length > 0) yield* textsOfLength(graph, layers, length, budget);
  }
  if (range2.minLength === 0 && layers.has(0, 0)) yield "";
  return graph.missing === void 0 ? end : "bound";
}

// packages/compat/src/strings/find-strings.ts
function searchInOrder({ conditions, question, collection }, from, order) {
  const { minLength, maxLength } = conditions;
  try {
    const graph = prune(explore(from, question.model, maxLength, order));
    const hasSurrogates = graph.edges.some((edges) => edges.some(({ kind }) => kind.surrogate));
    for (const withSurrogates of hasSurrogates ? [false, true] : [false]) {
      const end = collection.takeFrom(textsBetween(graph, { minLength, maxLength, withSurrogates }));
      if (end === "bound") return graph.missing ?? "longer strings are not written out";
    }
    return void 0;
  } catch (reason) {
    if (reason instanceof BoundReached) return reason.message;
    throw reason;
  }
}
function search(task, from) {
  if (from === never) return void 0;
  const gap = searchInOrder(task, from, "breadth");
  if (gap !== void 0 && task.collection.texts.length === 0) searchInOrder(task, from, "depth");
  return gap;
}
function findByAutomaton(conditions, wanted) {
  const question = ask(conditions);
  const collection = new Collection(conditions, question, wanted);
  const task = { conditions, question, collection };
  const { likeliest, widest } = question;
  if (likeliest !== widest) search(task, likeliest);
  const gap = collection.isFull ? "there are more" : search(task, widest);
  const { texts } = collection;
  if (texts.length > 0) return { kind: "found", texts, complete: gap === void 0 };
  return gap === void 0 ? { kind: "none" } : { kind: "unknown", reason: gap };
}
function findStrings(conditions, count) {
  const { minLength, maxLength, matches, refuses } = conditions;
  const wanted = Math.min(Math.max(count, 1), maxTexts);
  if (minLength > maxLength) return { kind: "none" };
  if (matches.length + refuses.length === 0) {
    const answer = findUnrestricted(conditions, wanted);
    if (answer) return answer;
  }
  const broken = [...matches, ...refuses].find((source) => !readPattern(source).expression);
  if (broken !== void 0)
    return { kind: "unknown", reason: `the engine cannot run the pattern ${JSON.stringify(broken)}` };
  if (matches.some((source) => refuses.includes(source))) return { kind: "none" };
  try {
    return findByAutomaton(conditions, wanted);
  } catch (reason) {
    if (reason instanceof BoundReached) return { kind: "unknown", reason: reason.message };
    if (reason instanceof RangeError)
      return { kind: "unknown", reason: "the patterns are nested too deeply" };
    throw reason;
  }
}

// packages/compat/src/solve/solve-string.ts
function read4(literals) {
  const wanted = {
    minLength: 0,
    maxLength: Number.POSITIVE_INFINITY,
    matches: [],
    refuses: [],
    excluded: /* @__PURE__ */ new Set(),
    only: void 0,
    formats: [],
    otherFormats: []
  };
  for (const { node, positive } of literals) {
    if (node.kind === "minLength") {
      if (positive) wanted.minLength = Math.max(wanted.minLength, node.least);
      else wanted.maxLength = Math.min(wanted.maxLength, node.least - 1);
    } else if (node.kind === "pattern") (positive ? wanted.matches : wanted.refuses).push(node.source);
    else if (node.kind === "format") (positive ? wanted.formats : wanted.otherFormats).push(node.name);
    else if (node.kind === "among") {
      if (positive) wanted.only = node.values;
      else for (const value of node.values) if (typeof value === "string") wanted.excluded.add(value);
    }
  }
  return wanted;
}
var maxTexts2 = 16;
var patternCost = 1e3;
var unknownCost = 1e6;
function solveString(branch) {
  const { literals, doubt, effort } = branch;
  const wanted = read4(literals);
  if (wanted.only) return firstListed(branch, wanted.only);
  const meets = (text3) => literals.every((item) => holds(item, text3, effort) === true);
  const formats = [...wanted.formats, ...wanted.otherFormats];
  const shape = shaped(wanted);
  const patterns = shape.matches.length + shape.refuses.length;
  const answer = findStrings(shape, formats.length > 0 ? maxTexts2 : 1);
  effort.spend(answer.kind === "unknown" ? unknownCost : 1 + patterns * patternCost);
  if (answer.kind === "none") return empty;
  const texts = answer.kind === "found" ? answer.texts : [];
  const text2 = [...wanted.formats.flatMap(formatSamples), ...texts].find(meets);
  if (text2 !== void 0) return found(text2, doubt);
  if (answer.kind === "unknown") return unknown(answer.reason);
  if (answer.complete) return empty;
  return unknown(`no text was found that fits the format ${formats.join(", ")}`);
}
function shaped(wanted) {
  const all2 = wanted.formats.flatMap((name) => formatShape(name)?.source ?? []);
  const others = wanted.otherFormats.map(formatShape).flatMap((shape) => shape?.isExact ? [shape.source] : []);
  return { ...wanted, matches: [...wanted.matches, ...all2], refuses: [...wanted.refuses, ...others] };
}

// packages/compat/src/solve/ways.ts
function waysOf(branch, { node, positive }) {
  if (node.kind === "one") {
    const open2 = [];
    const certain = [];
    for (const option of node.items) {
      const known4 = branch.quick(option);
      if (known4 === void 0) open2.push(option);
      else if (known4) certain.push(option);
    }
    return positive ? exactlyOne(open2, certain) : notExactlyOne(open2, certain);
  }
  if (node.kind !== "all" && node.kind !== "any") return void 0;
  const open = [];
  for (const option of positive ? node.items : node.items.map(not)) {
    const known4 = branch.quick(option);
    if (known4 === true) return void 0;
    if (known4 === void 0) open.push(option);
  }
  return open.map((option) => [option]);
}
function exactlyOne(open, certain) {
  if (certain.length > 1) return [];
  if (certain.length === 1) return [[...certain, ...open.map(not)]];
  return open.map((chosen) => [chosen, ...open.filter((other) => other !== chosen).map(not)]);
}
function notExactlyOne(open, certain) {
  if (certain.length > 1 || open.length + certain.length === 0) return void 0;
  if (certain.length === 1) return open.map((other) => [other]);
  const pairs = open.flatMap((one, index) => open.slice(index + 1).map((other) => [one, other]));
  return [open.map(not), ...pairs];
}

// packages/compat/src/solve/solver.ts
var defaultBounds = { maxSteps: 2e5, maxLooks: 1e7, maxDepth: 256 };
var Solver = class {
  constructor(formulas, bounds = defaultBounds) {
    this.formulas = formulas;
    this.bounds = bounds;
    this.effort = new Effort(bounds.maxLooks);
  }
  formulas;
  bounds;
  #memory = new Memory();
  /** What of the bounds is left. */
  effort;
  #steps = 0;
  /** Begins a new question: its steps are counted anew, and nothing of one that was broken off is left. */
  restart() {
    this.#steps = 0;
    this.effort.restart();
    this.#memory.restart();
  }
  /** Steps since the question began. */
  get steps() {
    return this.#steps;
  }
  /** Whether the steps or looks of this question are used up. */
  get isSpent() {
    return this.#steps > this.bounds.maxSteps || this.effort.isSpent;
  }
  /** The reason when they are. */
  get spentReason() {
    const { maxSteps, maxLooks } = this.bounds;
    return `it was not decided within ${this.effort.isSpent ? `${maxLooks} looks` : `${maxSteps} steps`}`;
  }
  /** A value that meets all items. */
  solve(items) {
    const distinct = /* @__PURE__ */ new Map();
    for (const item of items) {
      if (this.formulas.isAlways(item)) continue;
      if (this.formulas.isNever(item) || distinct.has(-signed(item))) return empty;
      distinct.set(signed(item), item);
    }
    this.effort.spend(distinct.size + 1);
    const key = [...distinct.keys()].sort((a, b) => a - b).join(",");
    const known4 = this.#memory.recall(key);
    if (known4) return known4;
    if (this.isSpent) return unknown(this.spentReason);
    if (this.#memory.depth >= this.bounds.maxDepth)
      return unknown(`it is nested over ${this.bounds.maxDepth} levels deep`);
    this.#memory.open(key);
    const answer = firstOf(jsonTypes.map((type) => () => this.#solveType(type, [...distinct.values()])));
    this.#memory.close(answer, !this.isSpent);
    return answer;
  }
  /** Up to `count` different values; `complete` when there are no others. */
  many(items, count) {
    const values = [];
    const all2 = [...items];
    while (values.length < count) {
      const answer = this.solve(all2);
      if (answer.kind === "empty") return { values, complete: true };
      if (answer.kind === "unknown") return { values, complete: false, reason: answer.reason };
      values.push(answer);
      all2.push(not(this.formulas.constant(answer.value)));
    }
    return { values, complete: false };
  }
  #solveType(type, items) {
    const branch = Branch.start(type, this.effort);
    return items.every((item) => branch.add(item)) ? this.#search(branch) : empty;
  }
  /** Decides the alternatives of a branch, those with the fewest ways first, and then what is left. */
  #search(branch) {
    this.#steps++;
    if (this.isSpent) return unknown(this.spentReason);
    for (; ; ) {
      let best;
      let bestAt = -1;
      let changed = false;
      for (let index = 0; index < branch.pending.length; index++) {
        const item = branch.pending[index];
        const ways = item && waysOf(branch, item);
        if (ways?.length === 0) return empty;
        const [only] = ways ?? [];
        if (ways && only && ways.length > 1) {
          if (!best || ways.length < best.length) {
            best = ways;
            bestAt = index;
          }
          continue;
        }
        branch.pending.splice(index--, 1);
        if (!only) continue;
        if (!only.every((part) => branch.add(part))) return empty;
        changed = true;
      }
      if (changed) continue;
      if (!best) return this.#leaf(branch);
      branch.pending.splice(bestAt, 1);
      return this.#fork(branch, best);
    }
  }
  #fork(branch, ways) {
    return firstOf(
      ways.map((way) => () => {
        const next = branch.copy();
        return way.every((item) => next.add(item)) ? this.#search(next) : empty;
      })
    );
  }
  #leaf(branch) {
    if (branch.type === "null") return firstListed(branch, [null]);
    if (branch.type === "boolean") return firstListed(branch, [true, false]);
    if (branch.type === "number") return solveNumber(branch);
    if (branch.type === "string") return solveString(branch);
    return branch.type === "array" ? solveArray(this, branch) : solveObject(this, branch);
  }
};

// packages/compat/src/check-inclusion.ts
var JudgedDocument = class {
  constructor(root, formulas, settings) {
    this.root = root;
    this.formulas = formulas;
    this.settings = settings;
    this.evaluator = new Evaluator(root, settings);
    this.compiler = new Compiler(formulas, schemaDocument(root), settings);
  }
  root;
  formulas;
  settings;
  evaluator;
  compiler;
  #ajv;
  /** Ajv's opinion; loaded when it is first asked. */
  get ajv() {
    this.#ajv ??= ajvJudge(this.root, this.settings);
    return this.#ajv;
  }
};
var InclusionChecker = class {
  formulas = new Formulas();
  solver;
  settings;
  constructor(options = {}) {
    this.settings = { assertFormats: options.assertFormats ?? true };
    this.solver = new Solver(this.formulas, { ...defaultBounds, ...options.bounds });
  }
  /** A document for this checker; references in it have to be pointers. */
  document(root) {
    return new JudgedDocument(root, this.formulas, this.settings);
  }
  /** A value of a side, undefined when none was found in time, "none" when it is proven to have none. */
  sample(side, declaredOnly) {
    this.solver.restart();
    const answer = this.solver.solve([side.judged.compiler.at(side.pointer, declaredOnly)]);
    if (answer.kind === "empty") return "none";
    if (answer.kind === "unknown") return void 0;
    return side.judged.evaluator.accepts(side.pointer, answer.value) ? answer.value : void 0;
  }
  /** Whether it is proven that every value of the narrow side is one of the wide side. */
  includes(narrow, wide) {
    this.solver.restart();
    const sent = narrow.judged.compiler.at(narrow.pointer, false);
    return this.solver.solve([sent, not(wide.judged.compiler.at(wide.pointer, false))]).kind === "empty";
  }
  /**
   * Whether every value of the narrow side is one of the wide side.
   * @param strict - a side that accepts no more than the wide one, which Ajv confirms refusals by
   */
  check(narrow, wide, declaredOnly, strict = wide) {
    try {
      return this.#ask(narrow, wide, declaredOnly, strict);
    } catch (reason) {
      if (reason instanceof RangeError) return { verdict: "unknown", reason: "it is nested too deeply" };
      throw reason;
    }
  }
  #ask(narrow, wide, declaredOnly, strict) {
    this.solver.restart();
    const closed = declaredOnly ? [this.formulas.make({ kind: "closed" })] : [];
    const answer = this.solver.solve([
      narrow.judged.compiler.at(narrow.pointer, declaredOnly),
      ...closed,
      not(wide.judged.compiler.at(wide.pointer, false))
    ]);
    if (answer.kind === "empty") return { verdict: "included", proof: { steps: this.solver.steps } };
    if (answer.kind === "unknown") return { verdict: "unknown", reason: answer.reason };
    return this.#confirm(narrow, wide, strict, answer.value, answer.doubt);
  }
  /** A witness counts when our own evaluation and Ajv both take it for one. */
  #confirm(narrow, wide, strict, witness, doubt) {
    const refusals = wide.judged.evaluator.refusals(wide.pointer, witness);
    const isOurs = narrow.judged.evaluator.accepts(narrow.pointer, witness) && refusals.length > 0;
    if (!isOurs) return { verdict: "unknown", reason: doubt ?? "the witness that was found is none" };
    const accepted = narrow.judged.ajv.accepts(narrow.pointer, witness);
    const refused = strict.judged.ajv.accepts(strict.pointer, witness);
    if (accepted !== true || refused !== false)
      return { verdict: "unknown", reason: "validators do not agree about the witness" };
    const first = blame(refusals);
    return {
      verdict: "excluded",
      witness,
      pointer: first?.schemaPointer ?? wide.pointer,
      keyword: first?.keyword ?? "false",
      refusals
    };
  }
};

// ../../tmp/zz-bounds.ts
var range = (count) => Array.from({ length: count }, (_, i) => i);
var nest = (depth, wrap, leaf) => {
  let schema = leaf;
  for (let i = 0; i < depth; i++) schema = wrap(schema);
  return schema;
};
var chain = (depth, wrap, leaf) => ({ $ref: "#/$defs/d0", $defs: Object.fromEntries(range(depth + 1).map((i) => [`d${i}`, i === depth ? leaf : wrap({ $ref: `#/$defs/d${i + 1}` })])) });
var keyed = (keys, value) => Object.fromEntries(keys.map((k) => [k, value]));
var deepP = (d, leaf) => nest(d, (inner) => ({ type: "object", properties: { a: inner }, required: ["a"] }), leaf);
var alt = (d, k) => ({ allOf: range(d).map((i) => ({ [k]: [{ required: [`a${i}`] }, { required: [`b${i}`] }] })) });
var rec = (n, leaf) => ({ $ref: "#/$defs/d0", $defs: Object.fromEntries(range(n).map((i) => [`d${i}`, { type: "object", properties: { a: { $ref: `#/$defs/d${(i * 7 + 1) % n}` }, b: { $ref: `#/$defs/d${(i * 3 + 2) % n}` }, c: { type: "array", items: { $ref: `#/$defs/d${(i + 1) % n}` } }, v: leaf } }])) });
var cases = [
  ["nest200", deepP(200, { type: "string" }), deepP(200, { type: ["string", "null"] })],
  ["nest200 breaking", deepP(200, { type: ["string", "null"] }), deepP(200, { type: "string" })],
  ["nest2000", deepP(2e3, { type: "string" }), deepP(2e3, { type: ["string", "null"] })],
  ["nest2000 breaking", deepP(2e3, { type: ["string", "null"] }), deepP(2e3, { type: "string" })],
  ["nest20000", deepP(2e4, { type: "string" }), deepP(2e4, { type: ["string", "null"] })],
  ["arr nest 200", nest(200, (i) => ({ type: "array", items: i, minItems: 1 }), { type: "string" }), nest(200, (i) => ({ type: "array", items: i }), { type: "string" })],
  ["anyOf 25", alt(25, "anyOf"), { not: alt(25, "anyOf") }],
  ["oneOf 25", { type: "object", ...alt(25, "oneOf") }, false],
  ["oneOf 25 self", alt(25, "oneOf"), alt(25, "anyOf")],
  ["oneOf 25 rev", alt(25, "anyOf"), alt(25, "oneOf")],
  ["php", { type: "object", properties: keyed(range(9).map((i) => `p${i}`), { enum: range(8) }), required: range(9).map((i) => `p${i}`), allOf: range(9).flatMap((i) => range(i).flatMap((j) => range(8).map((v) => ({ not: { properties: { [`p${i}`]: { const: v }, [`p${j}`]: { const: v } } } })))) }, false],
  ["nested anyOf 25", chain(25, (i) => ({ anyOf: [{ allOf: [i, { minLength: 1 }] }, { allOf: [i, { pattern: "a" }] }] }), { type: "string" }), { type: "string", minLength: 3 }],
  ["nested anyOf 25 eq", chain(25, (i) => ({ anyOf: [{ properties: { a: i } }, { properties: { b: i } }] }), { type: "string" }), chain(25, (i) => ({ anyOf: [{ properties: { b: i } }, { properties: { a: i } }] }), { type: "string" })],
  ["nested oneOf 12", chain(12, (i) => ({ oneOf: [{ properties: { a: i } }, { properties: { b: i } }] }), { type: "string" }), chain(12, (i) => ({ oneOf: [{ properties: { b: i } }, { properties: { a: i } }] }), { type: "string" })],
  ["nested oneOf 25 vs anyOf", chain(25, (i) => ({ oneOf: [{ properties: { a: i } }, { properties: { b: i } }] }), { type: "string" }), chain(25, (i) => ({ anyOf: [{ properties: { b: i } }, { properties: { a: i } }] }), { type: "string" })],
  ["oneOf 200 overlap", { oneOf: range(200).map((i) => ({ required: [`k${i}`] })) }, { anyOf: range(200).map((i) => ({ required: [`k${i}`] })) }],
  ["oneOf 200 overlap rev", { anyOf: range(200).map((i) => ({ required: [`k${i}`] })) }, { oneOf: range(200).map((i) => ({ required: [`k${i}`] })) }],
  ["oneOf 200 self edit", { oneOf: range(200).map((i) => ({ required: [`k${i}`] })) }, { oneOf: range(199).map((i) => ({ required: [`k${i}`] })) }],
  ["depReq 500", { dependentRequired: Object.fromEntries(range(500).map((i) => [`k${i}`, [`k${i + 1}`]])), required: ["k0"], type: "object" }, { required: ["k500"] }],
  ["depReq 500 b", { dependentRequired: Object.fromEntries(range(500).map((i) => [`k${i}`, [`k${i + 1}`]])), type: "object" }, { dependentRequired: { k0: ["k500"] } }],
  ["depReq 500 c", { dependentRequired: Object.fromEntries(range(500).map((i) => [`k${i}`, [`k${i + 1}`]])), type: "object" }, { dependentRequired: Object.fromEntries(range(500).map((i) => [`k${i}`, [`k${i + 2}`]])) }],
  ["depReq rnd", { minProperties: 20, type: "object", dependentRequired: Object.fromEntries(range(500).map((i) => [`k${i}`, [`k${i * 7 % 500}`, `k${i * 13 % 500}`]])) }, { maxProperties: 3 }],
  ["enum 5000", { enum: range(5e3) }, { enum: range(4999) }],
  ["enum 5000 rev", { enum: range(4999).map(String) }, { enum: range(5e3).map(String) }],
  ["enum 5000 props", { properties: { a: { enum: range(5e3) } }, required: ["a"], type: "object" }, { properties: { a: { enum: range(5e3).map((x) => x + 1) } } }],
  ["enum obj 2000", { enum: range(2e3).map((a) => ({ a })) }, { enum: range(1999).map((a) => ({ a })) }],
  ["enum obj 2000 in", { enum: range(1999).map((a) => ({ a })) }, { enum: range(2e3).map((a) => ({ a })) }],
  ["oneOf enum 300", { oneOf: range(300).map((i) => ({ enum: range(20).map((j) => i * 10 + j) })) }, { type: "integer", maximum: 3e3 }],
  ["minItems huge", { type: "array", minItems: 1e9 }, { type: "array", minItems: 5 }],
  ["minItems huge b", { type: "array", minItems: 1e9 }, { type: "array", maxItems: 5e9 }],
  ["minItems 9999", { type: "array", minItems: 9999, items: { type: "integer" } }, { type: "array", maxItems: 5 }],
  ["minItems 1e6 uniq", { type: "array", minItems: 1e6, uniqueItems: true, items: { enum: range(100) } }, false],
  ["uniq 39", { type: "array", minItems: 39, uniqueItems: true, items: { enum: range(38) } }, false],
  ["uniq 39 obj", { type: "array", minItems: 39, uniqueItems: true, items: { type: "object", properties: { a: { enum: range(5) } }, additionalProperties: false } }, false],
  ["tuple 300 not unique", { type: "array", prefixItems: range(300).map((i) => ({ const: i })), items: false, minItems: 300 }, { uniqueItems: true }],
  ["tuple 300 b", { type: "array", prefixItems: range(300).map((i) => ({ type: "integer" })), items: false, minItems: 300 }, { uniqueItems: true }],
  ["contains 31", { type: "array", allOf: range(31).map((i) => ({ contains: { const: i } })) }, { minItems: 2 }],
  ["contains 9", { type: "array", allOf: range(9).map((i) => ({ contains: { const: i } })) }, { minItems: 10 }],
  ["contains 9 b", { type: "array", allOf: range(9).map((i) => ({ contains: { const: i } })) }, { minItems: 9 }],
  ["contains max", { type: "array", minItems: 30, allOf: range(6).map((i) => ({ contains: { multipleOf: i + 2 }, minContains: 3, maxContains: 5 })) }, false],
  ["minProps huge", { type: "object", minProperties: 1e9 }, { type: "object", minProperties: 5 }],
  ["minProps 400", { type: "object", minProperties: 400 }, { type: "object", maxProperties: 5 }],
  ["minProps 400 pat", { type: "object", minProperties: 400, propertyNames: { pattern: "^[a-z]{3}$" } }, { type: "object", maxProperties: 5 }],
  ["minLength huge", { type: "string", minLength: 1e9 }, { type: "string", minLength: 5 }],
  ["minLength huge b", { type: "string", minLength: 1e9 }, { type: "string", maxLength: 5 }],
  ["minLength 1e5", { type: "string", minLength: 9e4, pattern: "^(ab)*$" }, { type: "string", maxLength: 5 }],
  ["rec 30", rec(30, { type: "integer" }), rec(30, { type: "number" })],
  ["rec 30 rev", rec(30, { type: "number" }), rec(30, { type: "integer" })],
  ["rec 30 alt", rec(30, { type: "integer" }), rec(29, { type: "number" })],
  ["rec req", { $ref: "#/$defs/d0", $defs: Object.fromEntries(range(30).map((i) => [`d${i}`, { type: "object", required: ["a"], properties: { a: { anyOf: [{ $ref: `#/$defs/d${(i + 1) % 30}` }, { $ref: `#/$defs/d${(i * 5 + 1) % 30}` }] } } }])) }, false],
  ["pattern blow", { type: "string", pattern: "^(a+)+$" }, { type: "string", pattern: "^(a|aa)+$" }],
  ["pattern blow 2", { type: "string", pattern: "(a|b)*a(a|b){14}$" }, { type: "string", pattern: "(a|b)*b(a|b){14}$" }],
  ["pattern blow 3", { type: "string", allOf: range(14).map((i) => ({ pattern: `a.{${i * 3 + 5}}b` })) }, { type: "string", pattern: "c{3}" }],
  ["pattern blow 4", { type: "string", pattern: "^([a-z]{1,100}){1,100}$" }, { type: "string", maxLength: 9999 }],
  ["pattern backref", { type: "string", pattern: "^(a*)b\\1$" }, { type: "string", pattern: "^a*ba*$" }],
  ["pattern members", { type: "object", patternProperties: Object.fromEntries(range(12).map((i) => [`[${String.fromCharCode(97 + i)}]`, { type: "integer", minimum: i }])) }, { additionalProperties: { type: "number" } }],
  ["pattern members10", { type: "object", patternProperties: Object.fromEntries(range(9).map((i) => [`[${String.fromCharCode(97 + i)}]`, { type: "integer", minimum: i }])) }, { additionalProperties: { type: "number" } }],
  ["unevaluated", { type: "object", anyOf: range(12).map((i) => ({ required: [`k${i}`], properties: { [`k${i}`]: true } })), unevaluatedProperties: false }, { type: "object", maxProperties: 12 }],
  ["unevaluated8", { type: "object", anyOf: range(8).map((i) => ({ required: [`k${i}`], properties: { [`k${i}`]: true } })), unevaluatedProperties: false }, { type: "object", maxProperties: 8 }],
  ["deep not", nest(1e3, (i) => ({ not: i }), { type: "string" }), { type: "string" }],
  ["deep allOf", nest(1e3, (i) => ({ allOf: [i, true] }), { type: "string" }), { type: "string" }],
  ["deep const", { const: nest(1e3, (i) => [i], 1) }, { const: nest(1e3, (i) => [i], 2) }],
  ["deep const100", { const: nest(100, (i) => [i], 1) }, { const: nest(100, (i) => [i], 2) }],
  ["wide props 3000", { type: "object", properties: keyed(range(3e3).map((i) => `p${i}`), { type: "integer" }) }, { type: "object", properties: keyed(range(3e3).map((i) => `p${i}`), { type: "number" }) }],
  ["wide props req", { type: "object", properties: keyed(range(1e3).map((i) => `p${i}`), { type: "integer" }), required: range(1e3).map((i) => `p${i}`) }, { type: "object", minProperties: 1001 }],
  ["if chain 30", { allOf: range(30).map((i) => ({ if: { required: [`a${i}`] }, then: { required: [`a${i + 1}`] }, else: { maxProperties: i + 1 } })) }, { maxProperties: 3 }],
  ["3sat", { type: "object", properties: keyed(range(40).map((i) => `x${i}`), { type: "boolean" }), required: range(40).map((i) => `x${i}`), allOf: range(170).map((i) => ({ anyOf: range(3).map((k) => ({ properties: { [`x${(i * (17 + k * 11) + k * 7 + i * i % 13) % 40}`]: { const: (i * (k + 3) + (i >> 2)) % 2 === 0 } } })) })) }, false]
];
{
  const only = process.env.ONLY;
  for (const [name, a, b] of cases) {
    if (only && !name.includes(only)) continue;
    const t = performance.now();
    let s = "";
    let checker = new InclusionChecker();
    try {
      const r = checker.check({ judged: checker.document(readDocument(a, "a")), pointer: "" }, { judged: checker.document(readDocument(b, "b")), pointer: "" }, false);
      s = r.verdict + " " + (r.verdict === "unknown" ? r.reason : "");
    } catch (e) {
      s = "THROWS " + String(e).slice(0, 200);
    }
    console.log(`${name.padEnd(26)} ${Math.round(performance.now() - t)} ms steps ${checker.solver.steps} looks ${checker.solver.effort.taken} ${s}`);
  }
}
