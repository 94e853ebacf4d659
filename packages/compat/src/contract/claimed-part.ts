import { keysOf, type MessageModel, pointerOf } from "@hivewire/codegen";
import type { Side } from "../check-inclusion.js";
import type { Refusal } from "../evaluate/refusal.js";
import { undeclared } from "./break-words.js";
import type { Reader } from "./reader.js";
import { declaredKeys, memberPointers, placesAt } from "./schema-walk.js";

/** A property that one contract declares and the other leaves to its senders. */
interface ClaimedPart {
  readonly refusal: Refusal;
  /** Where the reader's schema describes it. */
  readonly pointers: readonly string[];
}

/**
 * The outermost part of a refused value that its sender's schema does not declare and the reader's does. It is the one
 * thing to say: that a property got a meaning, not each keyword that the meaning consists of.
 */
export function claimedPart(
  sender: Reader,
  reader: Reader,
  message: MessageModel,
  wide: Side,
  refusal: Refusal,
): ClaimedPart | undefined {
  const keys = keysOf(refusal.valuePointer);
  for (const [index, key] of keys.entries()) {
    const at = pointerOf(keys.slice(0, index));
    const sent = placesAt(sender.model.schema, message.pointer, at);
    const declared = declaredKeys(sent);
    const isMap = declared.size === 0 || memberPointers(sent, key).length > 0;
    if (declared.has(key) || isMap) continue;
    const [counterpart] = reader.candidates(message);
    const read = placesAt(reader.model.schema, counterpart?.pointer ?? wide.pointer, at);
    const pointers = declaredKeys(read).has(key) ? memberPointers(read, key) : [];
    const [schemaPointer] = pointers;
    if (schemaPointer === undefined) return undefined;
    return {
      refusal: { keyword: undeclared, schemaPointer, valuePointer: at, key, branches: [] },
      pointers,
    };
  }
  return undefined;
}
