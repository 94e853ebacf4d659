import { type Json, type MessageModel, valueAt } from "@hivewire/codegen";
import { deepEqual } from "@hivewire/protocol";
import type { Side } from "../check-inclusion.js";
import { typeOf } from "../formula/node.js";
import { type BreakFacts, quoted, wordsFor } from "./break-words.js";
import type { Break } from "./find-breaks.js";
import { fallbackAt } from "./mechanical-step.js";
import { messageLabel } from "./reader.js";
import { mapKeysOf, pathText } from "./schema-walk.js";

type Refused = Extract<Break, { readonly kind: "refused" }>;

/** Refusals of several values by one keyword are one reason. */
function grouped(breaks: readonly Refused[]): readonly (readonly [Refused, ...Refused[]])[] {
  const groups = new Map<string, [Refused, ...Refused[]]>();
  for (const found of breaks) {
    const { schemaPointer, keyword, key } = found.refusal;
    const name = JSON.stringify([schemaPointer, keyword, key]);
    const known = groups.get(name);
    if (known) known.push(found);
    else groups.set(name, [found]);
  }
  return [...groups.values()];
}

/** Why older clients refuse it, as a sentence. */
function refusedReason(
  schema: Json,
  message: MessageModel,
  wide: Side,
  group: readonly [Refused, ...Refused[]],
): string {
  const [{ refusal }] = group;
  const maps = mapKeysOf(schema, message.pointer, refusal.valuePointer);
  const values: readonly Json[] = group.map(({ frame }) => {
    const value = valueAt(frame, refusal.valuePointer) ?? null;
    return refusal.keyword === "type" ? typeOf(value) : value;
  });
  const facts: BreakFacts = {
    keyword: refusal.keyword,
    path: pathText(refusal.valuePointer, undefined, (at) => maps.has(at)),
    key: refusal.key,
    limit: valueAt(wide.judged.root, refusal.schemaPointer),
    values: values.filter((value, at) => values.findIndex((other) => deepEqual(other, value)) === at),
    message: messageLabel(message),
  };
  const isListed = refusal.keyword === "enum" || refusal.keyword === "const";
  const fallback = isListed ? fallbackAt(schema, message.pointer, refusal.valuePointer) : undefined;
  const more = fallback === undefined ? "" : `, and the fallback ${quoted(fallback)} does not help`;
  return `${wordsFor(refusal.keyword).received(facts)}${more}.`;
}

/** Why a message cannot be converted by steps: a sentence for each thing that older clients refuse. */
export function slotReasons(
  schema: Json,
  message: MessageModel,
  wide: Side,
  breaks: readonly Break[],
): readonly string[] {
  const refused = breaks.filter((found) => found.kind === "refused");
  return [
    ...grouped(refused).map((group) => refusedReason(schema, message, wide, group)),
    ...breaks.flatMap((found) => {
      if (found.kind === "unknown-message") return ["Some of its frames are of no message that they know."];
      return found.kind === "unproven"
        ? [`That they accept it could not be proven, since ${found.reason}.`]
        : [];
    }),
  ];
}
