import type { Item } from "../formula/node.js";
import type { Solver } from "./solver.js";

/** Names that meet items. */
export interface Names {
  readonly names: readonly string[];
  /** Whether there are no others. */
  readonly complete: boolean;
  /** Why there could be more than were found. */
  readonly reason: string | undefined;
}

/** Up to `count` different names that meet all items. */
export function findNames(solver: Solver, items: readonly Item[], count: number): Names {
  const { values, complete, reason } = solver.many(items, count);
  const names = values.flatMap((answer) =>
    answer.kind === "value" && typeof answer.value === "string" ? [answer.value] : [],
  );
  return { names, complete, reason };
}
