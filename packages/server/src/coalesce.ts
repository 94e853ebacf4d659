import { isJsonObject, type MessageInfo } from "@hivewire/protocol";
import type { BusFrame } from "./bus.js";

/** The value that a JSON pointer (RFC 6901) leads to; undefined when there is none. */
function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer.split("/").slice(1);
  return steps.reduce<unknown>((found, step) => {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(found)) return found[Number(key)];
    return isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }, value);
}

/**
 * What tells whether a newer frame replaces this one while it waits for the same client (`x-coalesce`): its message
 * and, where the contract names a pointer, the value there. Read only when a client is slow.
 */
export function coalesceKeyOf(
  { type, text }: BusFrame,
  info: MessageInfo | undefined,
): () => string | undefined {
  const coalesce = info?.coalesce;
  if (coalesce === undefined) return () => undefined;
  if (coalesce === true) return () => type;
  let key: string | undefined;
  return () => {
    key ??= JSON.stringify([type, valueAt(JSON.parse(text), coalesce)]);
    return key;
  };
}
