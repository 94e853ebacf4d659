import type { MessageInfo } from "./contract.js";
import { compareVersions } from "./contract-version.js";
import { existsIn } from "./message-lookup.js";

/**
 * A frame as an older contract version knows it: properties that were added later are left out.
 * @returns the same object when nothing has to go; undefined when that version lacks the message
 */
export function downConvert<F extends object>(
  frame: F,
  info: MessageInfo,
  version: string,
): Partial<F> | undefined {
  if (!existsIn(info, version)) return undefined;
  const added = info.added;
  if (!added) return frame;
  const isLater = (key: string): boolean => {
    const since = Object.hasOwn(added, key) ? added[key] : undefined;
    return since !== undefined && compareVersions(since, version) > 0;
  };
  if (!Object.keys(frame).some(isLater)) return frame;
  const entries = Object.entries(frame).filter(([key]) => !isLater(key));
  return Object.fromEntries(entries) as Partial<F>;
}
