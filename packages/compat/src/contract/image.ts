import {
  type ConversionStep,
  isObject,
  type Json,
  type JsonObject,
  own,
  pointerOf,
  targetOf,
  valueAt,
} from "@hivewire/codegen";
import type { PathPart } from "@hivewire/protocol";
import { mapOf } from "../formula/document.js";
import {
  either,
  itemsChanged,
  list,
  memberChanged,
  membersChanged,
  removed,
  without,
  withoutUnevaluated,
} from "./image-parts.js";
import { Untouched } from "./untouched.js";

/** Most schemas that one step is followed through. */
const maxSchemas = 5_000;

/** What says nothing of the value, and addresses that a copy may not have. */
const silent: readonly string[] = ["$defs", "definitions", "$id", "$schema", "discriminator"];

/** Keywords that hold of the value as a whole, those that depend on each other together. */
const wholes: readonly (readonly string[])[] = [
  ...[["$ref"], ["allOf"], ["anyOf"], ["oneOf"], ["not"], ["dependentSchemas"], ["const"], ["enum"]],
  ["if", "then", "else"],
];

/** Keywords by which what is evaluated depends on the value. */
const depending: readonly (readonly string[])[] = [
  ...[["anyOf"], ["oneOf"], ["not"], ["dependentSchemas"], ["contains"], ["if", "then", "else"]],
];

const only = (schema: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => keys.includes(key)));

/**
 * Writes the schema of what a step makes of the values of another schema.
 *
 * It accepts at least every converted value: each keyword stays where the step makes no difference to it, is rewritten so
 * that a converted value keeps it, or is left out, which only accepts more. And it declares every property that the other schema declares. So a proof that a
 * reader accepts all of the image is one that it accepts every converted value.
 */
class ImageWriter {
  #schemas = 0;
  /** Whether a `oneOf` became `anyOf`: which properties are declared may then depend on more branches than before. */
  isLoose = false;

  readonly #untouched: Untouched;

  constructor(
    readonly root: Json,
    readonly step: ConversionStep,
  ) {
    this.#untouched = new Untouched(root, step);
  }

  /** The image of a schema that speaks of the value at that depth of the path. */
  at(schema: Json, depth: number): Json {
    if (++this.#schemas > maxSchemas) throw new RangeError("the step leads through too many schemas");
    if (!isObject(schema)) return schema;
    if (this.#untouched.at(schema, depth)) return without(schema, ...silent);
    const { step } = this;
    const part = step.path[depth];
    if (part === undefined && step.kind === "map")
      return either({ allOf: [schema, { not: { enum: step.from } }] }, { const: step.to });
    const isKept = (keys: readonly string[]): boolean => this.#untouched.at(only(schema, keys), depth);
    const touched = wholes.filter((keys) => !isKept(keys)).flat();
    const all = this.#sameValue(only(schema, touched), depth);
    const changed = this.#parts(without(schema, ...silent, ...touched), part, depth);
    return {
      ...(this.#countsOn(schema, depth) ? changed : withoutUnevaluated(changed, true)),
      allOf: [...list(changed, "allOf"), ...all, ...(part === undefined ? absent(step) : [])],
    };
  }

  /** What a schema says of the value's members and items. */
  #parts(schema: JsonObject, part: PathPart | undefined, depth: number): JsonObject {
    const inner = (child: Json): Json => this.at(child, depth + 1);
    if (part === undefined) return removed(schema, keysOf(this.step));
    if (typeof part === "string") return withoutUnevaluated(memberChanged(schema, part, inner));
    if (typeof part === "number") return withoutUnevaluated(itemsChanged(schema, part, inner));
    return withoutUnevaluated(
      part.every === "item" ? itemsChanged(schema, undefined, inner) : membersChanged(schema, inner),
    );
  }

  /** What a schema says by others about the same value; what it refuses by others, or by whole values, is left out. */
  #sameValue(schema: JsonObject, depth: number): readonly Json[] {
    const here = (child: Json): Json => this.at(child, depth);
    const target = targetOf(schema);
    const branches = (keyword: string): readonly Json[] =>
      own(schema, keyword) === undefined ? [] : [{ anyOf: list(schema, keyword).map(here) }];
    if (own(schema, "oneOf") !== undefined) this.isLoose = true;
    const condition = own(schema, "if");
    const yes = (): Json => ({ allOf: [here(condition ?? true), here(own(schema, "then") ?? true)] });
    return [
      ...(target === undefined ? [] : [here(valueAt(this.root, target) ?? true)]),
      ...list(schema, "allOf").map(here),
      ...branches("anyOf"),
      ...branches("oneOf"),
      ...(condition === undefined ? [] : [either(yes(), here(own(schema, "else") ?? true))]),
      ...mapOf(schema, "dependentSchemas").map(([key, child]) =>
        either(here(child), { not: { type: "object", required: [key] } }),
      ),
    ];
  }

  /** Whether the step leaves what a schema evaluates, so that `unevaluated*` holds of the image too. */
  #countsOn(schema: Json, depth: number): boolean {
    if (!isObject(schema) || this.#untouched.at(schema, depth)) return true;
    if (depending.some((keys) => !this.#untouched.at(only(schema, keys), depth))) return false;
    const target = targetOf(schema);
    const parts = [
      ...list(schema, "allOf"),
      ...(target === undefined ? [] : [valueAt(this.root, target) ?? true]),
    ];
    return parts.every((part) => this.#countsOn(part, depth));
  }
}

const keysOf = (step: ConversionStep): readonly string[] => (step.kind === "remove" ? step.keys : []);

/** An object without the members that a step removes. */
function absent(step: ConversionStep): readonly Json[] {
  const present = keysOf(step).map((key) => ({ required: [key] }));
  return [{ not: { type: "object", anyOf: present } }];
}

/** Where the image stands in a document; no contract has such a definition. */
const imageName = "~hivewire-image";

/** A document with the image in it. */
export interface Image {
  readonly root: Json;
  /** JSON pointer of the image. */
  readonly pointer: string;
  /** Whether it is only right of senders that may send undeclared properties. */
  readonly isLoose: boolean;
}

/**
 * The schema of what a step makes of the values of a schema.
 * @param pointer - the schema's place in the document
 * @returns undefined when the step leads through too many schemas
 */
export function imageOf(root: Json, pointer: string, step: ConversionStep): Image | undefined {
  if (!isObject(root)) return undefined;
  try {
    const writer = new ImageWriter(root, step);
    const image = writer.at(valueAt(root, pointer) ?? true, 0);
    const definitions = Object.fromEntries([...mapOf(root, "$defs"), [imageName, image]]);
    return {
      root: { ...root, $defs: definitions },
      pointer: pointerOf(["$defs", imageName]),
      isLoose: writer.isLoose,
    };
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}
