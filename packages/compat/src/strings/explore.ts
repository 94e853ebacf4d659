import { BoundReached, maxStates } from "./bounds.js";
import { type Diagram, never } from "./diagrams.js";
import type { CharacterKind } from "./partition.js";
import { kindReader, type Model } from "./read-kind.js";

/** From one state to another by any character of a kind. */
interface Edge {
  readonly kind: CharacterKind;
  readonly target: number;
}

/** The automaton of a condition on texts; it begins in state 0, and edges into certain failure are left out. */
export interface Graph {
  readonly edges: readonly (readonly Edge[])[];
  readonly accepting: readonly boolean[];
  /** Why states are missing; undefined when none are. */
  readonly missing: string | undefined;
}

/**
 * Which states come first. `breadth`: the nearest, which proves the most. `depth`: those on the way of the most
 * readable text, which may end well where the nearest are too many; states are then always said to be missing.
 */
export type ExploreOrder = "breadth" | "depth";

class States {
  readonly diagrams: Diagram[] = [];
  readonly depths: number[] = [];
  readonly #numbers = new Map<Diagram, number>();

  /** The number of a state and whether it is new. @throws BoundReached when there are too many */
  add(diagram: Diagram, depth: number): { readonly number: number; readonly isNew: boolean } {
    const known = this.#numbers.get(diagram);
    if (known !== undefined) return { number: known, isNew: false };
    const number = this.diagrams.length;
    if (number >= maxStates) throw new BoundReached(`the patterns lead to more than ${maxStates} states`);
    this.#numbers.set(diagram, number);
    this.diagrams.push(diagram);
    this.depths.push(depth);
    return { number, isNew: true };
  }
}

/**
 * Builds the automaton of a condition as far as `maxLength` characters lead. When a bound is reached, the states
 * found so far are given.
 */
export function explore(start: Diagram, model: Model, maxLength: number, order: ExploreOrder): Graph {
  const read = kindReader(model);
  const states = new States();
  const edges: Edge[][] = [];
  const expand = (state: number): readonly number[] => {
    const out: Edge[] = [];
    edges[state] = out;
    const depth = states.depths[state] ?? 0;
    if (depth >= maxLength) return [];
    return model.kinds.flatMap((kind) => {
      const next = read(states.diagrams[state] ?? never, kind);
      if (next === never) return [];
      const { number, isNew } = states.add(next, depth + 1);
      out.push({ kind, target: number });
      return isNew ? [number] : [];
    });
  };
  let missing = order === "depth" ? "only some of the states were looked at" : undefined;
  try {
    let pending: number[] = [states.add(start, 0).number];
    if (order === "depth")
      for (let state = pending.pop(); state !== undefined; state = pending.pop())
        pending.push(...[...expand(state)].reverse());
    else while (pending.length > 0) pending = pending.flatMap(expand);
  } catch (reason) {
    if (!(reason instanceof BoundReached)) throw reason;
    missing = reason.message;
  }
  return {
    edges: states.diagrams.map((_, state) => edges[state] ?? []),
    accepting: states.diagrams.map((diagram) => model.rests.holdsAtEnd(diagram)),
    missing,
  };
}
