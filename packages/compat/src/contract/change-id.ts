import { createHash } from "node:crypto";

/** Digits of an id. */
const length = 12;

/** A stable name for what changed: the same whatever the line, the order of changes or the versions compared. */
export function changeId(parts: readonly (string | null | undefined)[]): string {
  return createHash("sha256")
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest("hex")
    .slice(0, length);
}
