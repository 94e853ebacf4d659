import type { Json, MessageModel } from "@hivewire/codegen";
import type { InclusionChecker } from "../check-inclusion.js";
import { blame } from "../evaluate/blame.js";
import type { Refusal } from "../evaluate/refusal.js";
import { claimedPart } from "./claimed-part.js";
import { readableWitness } from "./readable-witness.js";
import type { Reader } from "./reader.js";
import { allow, relax } from "./relax.js";

/** One reason for which one side refuses what the other sends. */
export type Break =
  /** The reader knows no such message. */
  | { readonly kind: "unknown-message"; readonly message: MessageModel; readonly frame: Json | undefined }
  | {
      readonly kind: "refused";
      readonly message: MessageModel;
      readonly frame: Json;
      readonly refusal: Refusal;
    }
  | { readonly kind: "unproven"; readonly message: MessageModel; readonly reason: string };

/** Most values that one keyword is shown to refuse; then it is left out as a whole. */
const maxValues = 8;

/** Most reasons that are looked for in one message. */
const maxBreaks = 40;

/**
 * Every reason for which the reader refuses frames of a message. Each is proven by a frame of its own: after one is
 * found its keyword is loosened and the question asked again, until the rest is proven to be accepted.
 */
export function findBreaks(
  checker: InclusionChecker,
  sender: Reader,
  reader: Reader,
  message: MessageModel,
  declaredOnly: boolean,
): readonly Break[] {
  const narrow = sender.sent(message);
  if (reader.candidates(message).length === 0) {
    const sample = checker.sample(narrow, declaredOnly);
    return sample.isEmpty ? [] : [{ kind: "unknown-message", message, frame: sample.value }];
  }
  const wide = reader.reads(message);
  const breaks: Break[] = [];
  let relaxed = wide;
  while (breaks.length < maxBreaks) {
    const result = checker.check(narrow, relaxed, declaredOnly, wide);
    if (result.verdict === "included") return breaks;
    if (result.verdict === "unknown")
      return [...breaks, { kind: "unproven", message, reason: result.reason }];
    const refusal = blame(result.refusals);
    if (!refusal) return [...breaks, { kind: "unproven", message, reason: "no keyword could be blamed" }];
    if (isWholeUnion(refusal, wide.pointer))
      return [...breaks, { kind: "unknown-message", message, frame: result.witness }];
    const claimed = claimedPart(sender, reader, message, wide, refusal);
    const frame = readableWitness(narrow, wide, result.witness, refusal);
    breaks.push({ kind: "refused", message, frame, refusal: claimed?.refusal ?? refusal });
    const root = claimed
      ? allow(relaxed.judged.root, claimed.pointers)
      : relax(relaxed.judged.root, refusal, result.witness, isMany(breaks, refusal));
    relaxed = { judged: checker.document(root), pointer: wide.pointer };
  }
  return [...breaks, { kind: "unproven", message, reason: `over ${maxBreaks} reasons were found` }];
}

/** Whether a keyword refused many values already. */
function isMany(breaks: readonly Break[], { schemaPointer }: Refusal): boolean {
  const same = breaks.filter(
    (found) => found.kind === "refused" && found.refusal.schemaPointer === schemaPointer,
  );
  return same.length >= maxValues;
}

/** Whether no message of the reader was meant at all. */
function isWholeUnion({ keyword, schemaPointer, valuePointer, branches }: Refusal, pointer: string): boolean {
  return (
    (keyword === "anyOf" || keyword === "oneOf") &&
    valuePointer === "" &&
    branches.length > 0 &&
    (schemaPointer.startsWith(`${pointer}/allOf/`) ||
      schemaPointer === "/oneOf" ||
      schemaPointer === "/anyOf")
  );
}
