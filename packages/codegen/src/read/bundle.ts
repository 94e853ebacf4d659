import { isObject, type Json, keysOf, own, pointerOf, valueAt } from "../json.js";
import { pascalCase } from "../names.js";
import { type ConvertedKeyword, convertKeywords } from "./convert-keywords.js";
import { canonicalSchemaUri, type Dialect } from "./dialect.js";
import { dataKeywords, isApplicator, mapKeywords } from "./keywords.js";
import { applyMapping } from "./mapping.js";
import { openEnums } from "./open-enums.js";
import { parseSource } from "./parse-source.js";
import { Registry, type Resource, recursiveAnchor, type Target } from "./registry.js";
import { type Source, sourceOf } from "./source.js";

/** All documents of a contract as one. */
export interface Bundle extends Source {
  /** Draft of the document that the others are reached from. */
  readonly dialect: Dialect;
  /** The documents that were read. */
  readonly documents: readonly Source[];
}

/** Most schemas that one contract may unfold to. */
const maxSchemas = 200_000;

/** Outermost resource per dynamic anchor: what `$dynamicRef` looks for (JSON Schema Core 2020-12, 7.1). */
type DynamicScope = ReadonlyMap<string, Target>;

/** A schema of the documents, under the dynamic scope in which it is met. */
interface Place {
  readonly resource: Resource;
  readonly pointer: string;
  readonly scope: DynamicScope;
}

/** Keywords that give addresses; references into the bundle are pointers. */
const addressKeywords: ReadonlySet<string> = new Set([
  ...["$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$schema", "$vocabulary"],
]);

const referenceKeywords: ReadonlySet<string> = new Set(["$ref", "$dynamicRef", "$recursiveRef"]);

/** Keywords whose value is an object without schemas. */
const keptObjects: ReadonlySet<string> = new Set(["discriminator", "dependentRequired"]);

/** What a fragment may not hold literally. */
function fragmentOf(pointer: string): string {
  return `#${encodeURI(pointer).replace(/[?#]/g, encodeURIComponent)}`;
}

function isPlain(value: Json): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item !== "object") : !isObject(value);
}

/** Copies schemas of all documents into one, in which every reference is a pointer. */
class Bundler {
  readonly #registry: Registry;
  /** Place → pointer in the bundle. */
  readonly #placed = new Map<string, string>();
  readonly #origins = new Map<string, { readonly source: Source; readonly pointer: string }>();
  readonly #pending: { holder: Record<string, Json>; target: Place }[] = [];
  readonly #definitions = new Map<string, Json>();
  readonly #taken: Set<string>;

  constructor(registry: Registry, taken: Iterable<string>) {
    this.#registry = registry;
    this.#taken = new Set(taken);
  }

  /** The bundle of everything that the root leads to. */
  run(root: Resource): Json {
    const value = this.#copy(
      { resource: root, pointer: "", scope: this.#enter(new Map(), root) },
      "",
      root.source.value,
    );
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      next.holder.$ref = fragmentOf(this.#placeOf(next.target));
    }
    if (!isObject(value) || this.#definitions.size === 0) return value;
    const definitions = isObject(value.$defs) ? Object.entries(value.$defs) : [];
    return { ...value, $defs: Object.fromEntries([...definitions, ...this.#definitions]) };
  }

  /** Where the nearest schema at or above a pointer of the bundle came from, and the keys below it. */
  originOf(pointer: string): { readonly source: Source; readonly pointer: string } | undefined {
    const keys = keysOf(pointer);
    for (let length = keys.length; length >= 0; length--) {
      const origin = this.#origins.get(pointerOf(keys.slice(0, length)));
      if (origin) return { ...origin, pointer: origin.pointer + pointerOf(keys.slice(length)) };
    }
    return undefined;
  }

  /** The scope after a resource was entered: who came first stays. */
  #enter(scope: DynamicScope, resource: Resource): DynamicScope {
    const news = [...resource.dynamicAnchors].filter(([name]) => !scope.has(name));
    if (news.length === 0) return scope;
    return new Map([
      ...scope,
      ...news.map(([anchor, pointer]) => [anchor, { resource, pointer, anchor }] as const),
    ]);
  }

  #key({ resource, pointer, scope }: Place): string {
    const place = `${resource.source.file}\n${pointer}`;
    if (scope.size === 0) return place;
    const seen = [...scope].map(([name, target]) => `${name}=${target.resource.uri}#${target.pointer}`);
    return [place, ...seen.sort()].join("\n");
  }

  /** Where the target stands in the bundle; it is copied to a definition when it is met for the first time. */
  #placeOf(target: Place): string {
    const known = this.#placed.get(this.#key(target));
    if (known !== undefined) return known;
    const name = this.#claim(target);
    const pointer = pointerOf(["$defs", name]);
    const schema = valueAt(target.resource.source.value, target.pointer) ?? true;
    this.#definitions.set(name, this.#copy(target, pointer, schema));
    return pointer;
  }

  /** A definition's name: its own, else the file's, else with the file's before it, else numbered. */
  #claim({ resource, pointer }: Place): string {
    const base =
      resource.source.file
        .split("/")
        .at(-1)
        ?.replace(/(\.schema)?\.(json|ya?ml)$/i, "") || "schema";
    const key = keysOf(pointer).at(-1) ?? "";
    const plain = /^\d*$/.test(key) ? pascalCase(base) : key;
    const candidates = [plain, `${pascalCase(base)}${pascalCase(plain)}`];
    for (let count = 2; ; count++) {
      const free = candidates.find((candidate) => !this.#taken.has(candidate));
      if (free !== undefined) {
        this.#taken.add(free);
        return free;
      }
      candidates.push(`${candidates[1]}${count}`);
    }
  }

  #copy(place: Place, out: string, schema: Json): Json {
    const { source, dialect } = place.resource;
    this.#placed.set(this.#key(place), out);
    this.#origins.set(out, { source, pointer: place.pointer });
    if (this.#origins.size > maxSchemas) {
      throw source.fail("too_large", place.pointer, `Failed to read the schema: over ${maxSchemas} schemas.`);
    }
    if (!isObject(schema)) return schema;
    const references: Place[] = [];
    const entries = convertKeywords(schema, dialect).flatMap((row): readonly (readonly [string, Json])[] => {
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
    const copied: Record<string, Json> = Object.fromEntries(entries);
    for (const [index, target] of references.entries()) {
      const holder: Record<string, Json> = index === 0 ? copied : { $ref: "" };
      if (index > 0) copied.allOf = [...(Array.isArray(copied.allOf) ? copied.allOf : []), holder];
      this.#pending.push({ holder, target });
    }
    return copied;
  }

  #copyUnder(place: Place, out: string, { keyword, value, from, members }: ConvertedKeyword): Json {
    const child = (keys: readonly (string | number)[], schema: Json): Json => {
      const pointer = place.pointer + pointerOf([...from, ...keys]);
      const resource = this.#registry.resourceAt(place.resource.source, pointer);
      const scope = resource === place.resource ? place.scope : this.#enter(place.scope, resource);
      return this.#copy({ resource, pointer, scope }, out + pointerOf(keys), schema);
    };
    if (Array.isArray(value)) return value.map((item: Json, index) => child([index], item));
    if (!mapKeywords.has(keyword)) return child([], value);
    if (!isObject(value)) return value;
    const names = members ?? Object.keys(value);
    return Object.fromEntries(names.map((name) => [name, child([name], own(value, name) ?? true)]));
  }

  #targetOf({ resource, pointer, scope }: Place, keyword: string, value: Json): Place {
    const found = typeof value === "string" ? this.#registry.resolve(value, resource) : undefined;
    if (!found) {
      throw resource.source.fail(
        "unresolved_reference",
        `${pointer}/${keyword}`,
        `Failed to resolve the reference ${JSON.stringify(value).slice(0, 200)}.`,
        "a pointer to a schema in this file, such as #/$defs/Ping, or the path of another file",
      );
    }
    const target = keyword === "$ref" ? found : outermost(found, keyword, scope);
    return {
      resource: target.resource,
      pointer: target.pointer,
      scope: this.#enter(scope, target.resource),
    };
  }
}

/** The target of a dynamic reference: the outermost resource with that anchor, if the nearest has it too. */
function outermost(found: Target, keyword: string, scope: DynamicScope): Target {
  const name = keyword === "$recursiveRef" ? recursiveAnchor : found.anchor;
  if (name === undefined || found.resource.dynamicAnchors.get(name) !== found.pointer) return found;
  return scope.get(name) ?? found;
}

/** The bundle says which draft it is in, and keeps the address it had. */
function addressOf(keyword: string, value: Json): readonly (readonly [string, Json])[] {
  if (keyword === "$schema") return [["$schema", canonicalSchemaUri]];
  return keyword === "$id" ? [["$id", value]] : [];
}

/** Unknown keywords that hold objects could hold references: they are left out, as validators leave them out. */
function isKept(keyword: string, value: Json): boolean {
  return dataKeywords.has(keyword) || keptObjects.has(keyword) || keyword.startsWith("x-") || isPlain(value);
}

/**
 * Reads a contract's documents into one schema of draft 2020-12 in which every reference is a pointer into it.
 * Places of the result are located in the document they came from.
 * @param documents - path or absolute URI → text of the documents that references lead to
 * @throws CodegenError
 */
export function bundle(text: string, file: string, documents: ReadonlyMap<string, string>): Bundle {
  const entry = parseSource(text, file);
  const registry = new Registry(documents);
  const root = registry.add(entry, file);
  if (!isObject(entry.value)) {
    throw entry.fail(
      "invalid_schema",
      "",
      "Failed to read the schema: it is not an object.",
      "a JSON Schema object",
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
