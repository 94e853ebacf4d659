import { isObject, type Json, keysOf, own } from "@hivewire/codegen";
import type { Side } from "../check-inclusion.js";
import { blame } from "../evaluate/blame.js";
import type { Refusal } from "../evaluate/refusal.js";
import { placesOf } from "./schema-walk.js";

/** Most examples that are tried. */
const maxExamples = 5;

/** The frame with the value at a pointer taken from another, or taken out where the other has none. */
function grafted(frame: Json, keys: readonly string[], graft: Json | undefined): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return graft;
  if (Array.isArray(frame)) {
    const inner = grafted(frame[Number(key)] ?? null, rest, graft);
    return inner === undefined ? undefined : Object.assign([...frame], { [key]: inner });
  }
  if (!isObject(frame)) return undefined;
  const inner = grafted(own(frame, key) ?? null, rest, graft);
  const others = Object.entries(frame).filter(([name]) => name !== key);
  if (inner !== undefined) return { ...frame, [key]: inner };
  return rest.length === 0 ? Object.fromEntries(others) : undefined;
}

/**
 * A witness that reads like a real frame: one of the examples the sender's schema gives, changed only where the reader
 * refuses. The witness itself where no example does.
 */
export function readableWitness(narrow: Side, wide: Side, witness: Json, refusal: Refusal): Json {
  const { root } = narrow.judged;
  const examples = placesOf(root, [narrow.pointer]).flatMap(({ schema }) => {
    const found = own(schema, "examples");
    return Array.isArray(found) ? found : [];
  });
  const keys = [...keysOf(refusal.valuePointer), ...(refusal.key === undefined ? [] : [refusal.key])];
  const graft = keys.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isObject(value) ? own(value, key) : undefined;
  }, witness);
  const candidates = examples
    .slice(0, maxExamples)
    .flatMap((example: Json) => grafted(example, keys, graft) ?? []);
  const isAsGood = (frame: Json): boolean => {
    if (!narrow.judged.evaluator.accepts(narrow.pointer, frame)) return false;
    const other = blame(wide.judged.evaluator.refusals(wide.pointer, frame));
    return (
      other?.schemaPointer === refusal.schemaPointer &&
      other.valuePointer === refusal.valuePointer &&
      other.key === refusal.key &&
      narrow.judged.ajv.accepts(narrow.pointer, frame) === true &&
      wide.judged.ajv.accepts(wide.pointer, frame) === false
    );
  };
  return candidates.find(isAsGood) ?? witness;
}
