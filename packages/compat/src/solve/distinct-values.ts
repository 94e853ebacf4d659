import type { Json } from "@hivewire/codegen";
import type { Item } from "../formula/node.js";
import { signed } from "../formula/node.js";
import { type Answer, empty, found, unknown } from "./answer.js";
import type { Solver } from "./solver.js";

/** Finds for each position a value of its own (Kuhn's matching); positions are tried in their order. */
function match(options: readonly (readonly string[])[]): readonly string[] | undefined {
  const owner = new Map<string, number>();
  const place = (position: number, seen: Set<string>): boolean => {
    for (const option of options[position] ?? []) {
      if (seen.has(option)) continue;
      seen.add(option);
      const other = owner.get(option);
      if (other !== undefined && !place(other, seen)) continue;
      owner.set(option, position);
      return true;
    }
    return false;
  };
  for (const position of options.keys()) if (!place(position, new Set())) return undefined;
  const chosen = new Map([...owner].map(([option, position]) => [position, option]));
  return options.map((_, position) => chosen.get(position) ?? "");
}

/** An array of different values, one for each state. */
export function distinctValues(
  solver: Solver,
  states: readonly (readonly Item[])[],
  doubt: string | undefined,
): Answer {
  const values = new Map<string, Json>();
  const known = new Map<string, { readonly texts: readonly string[]; readonly isSure: boolean }>();
  let reason = doubt;
  const options = states.map((state) => {
    const key = state.map(signed).join(",");
    const before = known.get(key);
    if (before) return before;
    // As many as there are positions: with that many to choose from, one is always left.
    const { values: answers, complete } = solver.many(state, states.length);
    const texts = answers.flatMap((answer) => {
      if (answer.kind !== "value") return [];
      reason ??= answer.doubt;
      const text = JSON.stringify(answer.value);
      values.set(text, answer.value);
      return [text];
    });
    const option = { texts, isSure: complete || texts.length >= states.length };
    known.set(key, option);
    return option;
  });
  const chosen = match(options.map(({ texts }) => texts));
  if (chosen)
    return found(
      chosen.map((text) => values.get(text) ?? null),
      reason,
    );
  return options.every(({ isSure }) => isSure) ? empty : unknown("too few different items were found");
}
