import type { Json } from "@hivewire/codegen";

/** What is known of the values that meet everything asked for. */
export type Answer =
  /** One of them; with a doubt, where something on the way to it was not modelled. */
  | { readonly kind: "value"; readonly value: Json; readonly doubt: string | undefined }
  /** Proven: there are none. */
  | { readonly kind: "empty" }
  | { readonly kind: "unknown"; readonly reason: string };

/** Proven: there are none. */
export const empty: Answer = { kind: "empty" };

/** Not decided. */
export function unknown(reason: string): Answer {
  return { kind: "unknown", reason };
}

/** A value that was found. */
export function found(value: Json, doubt?: string): Answer {
  return { kind: "value", value, doubt };
}

/** The first value of several ways; empty when all are, unknown when one of them is and none has a value. */
export function firstOf(ways: Iterable<() => Answer>): Answer {
  let open: Answer = empty;
  for (const way of ways) {
    const answer = way();
    if (answer.kind === "value") return answer;
    if (answer.kind === "unknown" && open.kind === "empty") open = answer;
  }
  return open;
}
