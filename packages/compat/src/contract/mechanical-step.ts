import { type ConversionStep, type Json, keysOf, own, pointerOf, valueAt } from "@hivewire/codegen";
import { deepEqual, type PathPart } from "@hivewire/protocol";
import type { Side } from "../check-inclusion.js";
import type { Refusal } from "../evaluate/refusal.js";
import { declaredKeys, memberPointers, type Place, placesAt } from "./schema-walk.js";

/** Keyword beside an enum: the value that stands for those which an older version does not know. */
const fallbackKeyword = "x-fallback";

/** What a step is looked for from. */
export interface StepQuestion {
  /** The newer contract's schema, and the message in it. */
  readonly schema: Json;
  readonly pointer: string;
  /** The older version's reader. */
  readonly wide: Side;
  readonly frame: Json;
  readonly refusal: Refusal;
}

/** The way to a value as every frame has it: items and keys of maps stand for all of their kind. */
function pathOf({ schema, pointer, frame }: StepQuestion, valuePointer: string): readonly PathPart[] {
  const keys = keysOf(valuePointer);
  return keys.map((key, index) => {
    const at = pointerOf(keys.slice(0, index));
    const places = placesAt(schema, pointer, at);
    if (Array.isArray(valueAt(frame, at))) {
      const isTuple = places.some((place) => {
        const prefix = own(place.schema, "prefixItems");
        return Array.isArray(prefix) && Number(key) < prefix.length;
      });
      return isTuple ? Number(key) : { every: "item" };
    }
    return declaredKeys(places).has(key) || memberPointers(places, key).length === 0
      ? key
      : { every: "member" };
  });
}

const listed = ({ schema }: Place): readonly Json[] => {
  const values = own(schema, "enum");
  const constant = own(schema, "const");
  return Array.isArray(values) ? values : constant === undefined ? [] : [constant];
};

function mapStep(question: StepQuestion): ConversionStep | undefined {
  const { schema, pointer, wide, frame, refusal } = question;
  const limit = valueAt(wide.judged.root, refusal.schemaPointer);
  const known: readonly Json[] = refusal.keyword === "enum" && Array.isArray(limit) ? limit : [limit ?? null];
  const isKnown = (value: Json): boolean => known.some((other) => deepEqual(other, value));
  const places = placesAt(schema, pointer, refusal.valuePointer);
  const to = places
    .map((place) => own(place.schema, fallbackKeyword))
    .find((fallback) => fallback !== undefined);
  const from = places.flatMap(listed).filter((value) => !isKnown(value));
  const refused = valueAt(frame, refusal.valuePointer) ?? null;
  // An object could have members of which the schema says more.
  if (to === undefined || (typeof to === "object" && to !== null)) return undefined;
  if (!isKnown(to) || !from.some((value) => deepEqual(value, refused))) return undefined;
  const distinct = from.filter((value, at) => from.findIndex((other) => deepEqual(other, value)) === at);
  return { kind: "map", path: pathOf(question, refusal.valuePointer), from: distinct, to };
}

/** The step that undoes a refusal mechanically; undefined when none does. */
export function mechanicalStep(question: StepQuestion): ConversionStep | undefined {
  const { schema, pointer, refusal } = question;
  const { keyword, key, valuePointer } = refusal;
  if (keyword === "enum" || keyword === "const") return mapStep(question);
  if (key === undefined || (keyword !== "additionalProperties" && keyword !== "unevaluatedProperties"))
    return undefined;
  // A name that the newer contract does not declare is one of endlessly many.
  if (!declaredKeys(placesAt(schema, pointer, valuePointer)).has(key)) return undefined;
  return { kind: "remove", path: pathOf(question, valuePointer), keys: [key] };
}

/** The fallback that a schema declares for a value, whether or not it helps. */
export function fallbackAt(schema: Json, pointer: string, valuePointer: string): Json | undefined {
  return placesAt(schema, pointer, valuePointer)
    .map((place) => own(place.schema, fallbackKeyword))
    .find((fallback) => fallback !== undefined);
}

/** Steps with removals at one path made one, in their order. */
export function merged(steps: readonly ConversionStep[]): readonly ConversionStep[] {
  const found: ConversionStep[] = [];
  for (const step of steps) {
    const index = found.findIndex(
      (known) => known.kind === "remove" && step.kind === "remove" && deepEqual(known.path, step.path),
    );
    const known = found[index];
    if (known?.kind === "remove" && step.kind === "remove")
      found[index] = { ...known, keys: [...known.keys, ...step.keys] };
    else found.push(step);
  }
  return found;
}

/** Whether two steps do the same. */
export function isSameStep(a: ConversionStep, b: ConversionStep): boolean {
  return deepEqual(a, b);
}
