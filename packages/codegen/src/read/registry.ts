import { posix } from "node:path";
import { isObject, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import { type Dialect, dialectOf } from "./dialect.js";
import { childrenOf } from "./keywords.js";
import { metaSchemaText } from "./meta-schemas.js";
import { parseSource } from "./parse-source.js";
import type { Source } from "./source.js";

/** Most documents that one contract may consist of. */
const maxDocuments = 1_000;

/** Name under which the outermost `$recursiveAnchor` (2019-09) is remembered. */
export const recursiveAnchor = "$recursiveAnchor";

/** A schema with an address of its own: a document, or a part of one that has `$id`. */
export interface Resource {
  readonly uri: string;
  readonly source: Source;
  /** Where it begins in its document. */
  readonly pointer: string;
  readonly dialect: Dialect;
  /** Anchor → pointer in the document. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The anchors that `$dynamicRef` and `$recursiveRef` look for, → pointer. */
  readonly dynamicAnchors: ReadonlyMap<string, string>;
}

/** A schema somewhere in the documents. */
export interface Target {
  readonly resource: Resource;
  readonly pointer: string;
  /** The anchor it was named by; undefined for pointers. */
  readonly anchor: string | undefined;
}

const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(text);

/** Resolves a reference against a URI or, for files without one, against a path. */
function join(reference: string, base: string): string {
  if (reference === "") return base;
  if (isUri(reference)) return URL.canParse(reference) ? new URL(reference).href : reference;
  if (isUri(base)) return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
  return posix.normalize(posix.join(posix.dirname(base), decode(reference)));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text of a keyword; undefined for anything else. */
function text(schema: JsonObject, keyword: string): string | undefined {
  const value = own(schema, keyword);
  return typeof value === "string" ? value : undefined;
}

/** `$id` that gives an address; drafts up to 07 overlook one beside `$ref`, and spell anchors with it. */
function idOf(schema: JsonObject, dialect: Dialect): string | undefined {
  const id = text(schema, dialect === "04" ? "id" : "$id");
  const old = dialect === "04" || dialect === "06" || dialect === "07";
  return old && own(schema, "$ref") !== undefined ? undefined : id;
}

/** Finds schemas by reference over all documents of a contract. Documents are parsed when first needed. */
export class Registry {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #byUri = new Map<string, Resource>();
  /** Document → its resources, by the pointer where each begins. */
  readonly #parts = new Map<Source, Map<string, Resource>>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** Every document met so far. */
  get documents(): readonly Source[] {
    return [...this.#parts.keys()];
  }

  /** Adds a parsed document under its name, and under every `$id` in it. */
  add(source: Source, uri: string): Resource {
    const parts = new Map<string, Resource>();
    this.#parts.set(source, parts);
    const dialect = dialectOf(source, source.value, "");
    const root = this.#scan(source, parts, { pointer: "", schema: source.value, uri, dialect });
    if (!this.#byUri.has(uri)) this.#byUri.set(uri, root);
    return root;
  }

  /** The resource that a place of a document belongs to: the innermost that begins at or above it. */
  resourceAt(source: Source, pointer: string): Resource {
    const parts = this.#parts.get(source);
    for (let place = pointer; ; place = place.slice(0, place.lastIndexOf("/"))) {
      const found = parts?.get(place);
      if (found) return found;
      if (place === "") throw source.fail("internal", pointer, "Failed to read the schema: no base.");
    }
  }

  /** What a reference in that resource leads to; undefined when nothing is there. */
  resolve(reference: string, from: Resource): Target | undefined {
    const [address = "", fragment = ""] = reference.split("#", 2);
    const resource = address === "" ? from : this.#find(address, from);
    if (!resource) return undefined;
    const name = decode(fragment);
    if (name === "") return { resource, pointer: resource.pointer, anchor: undefined };
    if (!name.startsWith("/")) {
      const pointer = resource.anchors.get(name);
      return pointer === undefined
        ? undefined
        : { resource: this.resourceAt(resource.source, pointer), pointer, anchor: name };
    }
    const pointer = resource.pointer + name;
    if (valueAt(resource.source.value, pointer) === undefined) return undefined;
    return { resource: this.resourceAt(resource.source, pointer), pointer, anchor: undefined };
  }

  #find(address: string, from: Resource): Resource | undefined {
    const uri = join(address, from.uri);
    const known = this.#byUri.get(uri) ?? this.#load(uri, uri);
    if (known || isUri(address)) return known;
    // A relative reference under an `$id` on the web: the file beside the one that says it.
    return this.#load(join(address, from.source.file), uri);
  }

  #load(name: string, uri: string): Resource | undefined {
    const found = this.#texts.get(name) ?? metaSchemaText(name);
    if (found === undefined) return undefined;
    const source = parseSource(found, name);
    if (this.#parts.size >= maxDocuments) {
      throw source.fail(
        "too_large",
        "",
        `Failed to read ${name}: the contract has over ${maxDocuments} files.`,
      );
    }
    const root = this.add(source, uri);
    this.#byUri.set(uri, root);
    return root;
  }

  #scan(
    source: Source,
    parts: Map<string, Resource>,
    start: { pointer: string; schema: Json; uri: string; dialect: Dialect },
  ): Resource {
    const anchors = new Map<string, string>();
    const dynamicAnchors = new Map<string, string>();
    const id = isObject(start.schema) ? idOf(start.schema, start.dialect) : undefined;
    const [address = ""] = (id ?? "").split("#");
    const uri = join(address, start.uri);
    const resource: Resource = { ...start, uri, source, anchors, dynamicAnchors };
    parts.set(start.pointer, resource);
    if (!this.#byUri.has(uri)) this.#byUri.set(uri, resource);
    const visit = (schema: Json, pointer: string): void => {
      if (!isObject(schema)) return;
      const inner = pointer === start.pointer ? undefined : idOf(schema, start.dialect);
      if (inner !== undefined && !inner.startsWith("#")) {
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
}
