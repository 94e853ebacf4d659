import { isObject, type Json, type JsonObject, localPointer, own, pointerOf } from "@hivewire/codegen";
import { compileArray } from "./compile-array.js";
import { compileLogic } from "./compile-logic.js";
import { compileObject } from "./compile-object.js";
import { compileUnevaluated } from "./compile-unevaluated.js";
import { compileValue } from "./compile-value.js";
import type { SchemaDocument } from "./document.js";
import type { Formulas } from "./formulas.js";
import type { Item } from "./node.js";

/** How schemas are read. */
export interface CompileSettings {
  /** Whether `format` refuses values. */
  readonly assertFormats: boolean;
}

/** A schema on its way to a node. */
export interface Site {
  readonly schema: JsonObject;
  readonly pointer: string;
  /** Whether this says what a sender sends that sends declared properties only. */
  readonly sender: boolean;
}

/** Turns schemas of one document into nodes. */
export class Compiler {
  readonly #known = new Map<string, Item>();
  /** Keys of the schemas that are being made. */
  readonly #open = new Set<string>();

  constructor(
    readonly formulas: Formulas,
    readonly document: SchemaDocument,
    readonly settings: CompileSettings,
  ) {}

  /** The node of the schema at a pointer. */
  at(pointer: string, sender: boolean): Item {
    return this.schema(this.document.at(pointer) ?? true, pointer, sender);
  }

  /** The node of a schema about the value itself. */
  schema(schema: Json, pointer: string, sender: boolean): Item {
    if (schema === false) return this.formulas.never;
    if (!isObject(schema)) return this.formulas.always;
    const key = `${sender} ${pointer}`;
    const known = this.#known.get(key);
    if (known) return known;
    // What it evaluates can lead a schema back to itself before it is made.
    if (this.#open.has(key)) return this.#later(pointer, sender);
    this.#open.add(key);
    try {
      const item = this.#make({ schema, pointer, sender });
      this.#known.set(key, item);
      return item;
    } finally {
      this.#open.delete(key);
    }
  }

  #make(site: Site): Item {
    return this.formulas.all([
      ...this.#reference(site),
      ...compileValue(this, site),
      ...compileArray(this, site),
      ...compileObject(this, site),
      ...compileLogic(this, site),
      ...compileUnevaluated(this, site),
    ]);
  }

  /** The node of a schema below a keyword of this one, about the value itself. */
  inPlace({ schema, pointer, sender }: Site, path: readonly (string | number)[]): Item {
    return this.schema(follow(schema, path), pointer + pointerOf(path), sender);
  }

  /** The same without what is known of the sender. */
  plain({ schema, pointer }: Site, path: readonly (string | number)[]): Item {
    return this.schema(follow(schema, path), pointer + pointerOf(path), false);
  }

  /** The node of a schema below a keyword of this one, about a member or item of the value. */
  inside(site: Site, path: readonly (string | number)[]): Item {
    const item = this.inPlace(site, path);
    return site.sender ? this.formulas.all([item, this.formulas.make({ kind: "closed" })]) : item;
  }

  /** What the value is that a reference leads to. */
  #reference({ schema, sender }: Site): readonly Item[] {
    const reference = own(schema, "$ref");
    if (reference === undefined) return [];
    const pointer = typeof reference === "string" ? localPointer(reference) : undefined;
    const target = pointer === undefined ? undefined : this.document.at(pointer);
    if (pointer === undefined || target === undefined)
      return [this.#opaque(`the reference ${JSON.stringify(reference)} leads nowhere`)];
    if (!this.document.isRecursive(pointer)) return [this.schema(target, pointer, sender)];
    if (this.document.isEndless(pointer))
      return [this.#opaque(`${JSON.stringify(reference)} refers to itself for the same value, without end`)];
    return [this.#later(pointer, sender)];
  }

  /** A schema that is made when it is first asked for. */
  #later(pointer: string, sender: boolean): Item {
    const key = `${this.settings.assertFormats} ${this.document.recursionKey(pointer)}`;
    const plain = this.formulas.make({ kind: "ref", target: () => this.at(pointer, false) }, `ref ${key}`);
    if (!sender) return plain;
    return this.formulas.make(
      { kind: "ref", target: () => this.at(pointer, true) },
      `sent ref ${key}`,
      plain,
    );
  }

  #opaque(reason: string): Item {
    return this.formulas.make({ kind: "opaque", reason });
  }
}

function follow(schema: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] ?? true;
    return isObject(value) ? (own(value, String(key)) ?? true) : true;
  }, schema);
}
