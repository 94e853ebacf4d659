import { isPosition, type Position } from "@hivewire/protocol";

/** A field of something that may be anything. */
export function field(value: unknown, key: string): unknown {
  return new Map<string, unknown>(Object.entries(value ?? {})).get(key);
}

/** A position as a server or a tab says it; undefined when it says none. */
export function positionOf(value: unknown): Position | undefined {
  return isPosition(value) ? value : undefined;
}
