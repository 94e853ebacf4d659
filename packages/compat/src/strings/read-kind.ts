import { always, type Diagram, type Diagrams, never } from "./diagrams.js";
import type { Machine } from "./machine.js";
import type { CharacterKind } from "./partition.js";
import { endVariable, type RestConditions } from "./rest-conditions.js";

/** Patterns in the form in which texts are read through them. */
export interface Model {
  readonly machine: Machine;
  readonly diagrams: Diagrams;
  readonly rests: RestConditions;
  /** The characters that the patterns tell apart. */
  readonly kinds: readonly CharacterKind[];
}

/**
 * Gives the function that says what a condition on a text becomes for the rest of it, once a character of a kind
 * is read: its derivative (Brzozowski 1964).
 */
export function kindReader({ machine, diagrams, rests }: Model) {
  const known = new Map<CharacterKind, Map<Diagram, Diagram>>();
  const readVariable = (variable: number, kind: CharacterKind): Diagram => {
    const node = machine.node(variable);
    if (variable === endVariable || node.kind !== "read" || !kind.members.has(node.set)) return never;
    return rests.at(node.next, machine.looksAtWords && kind.isWord ? "word" : "other");
  };
  return function read(diagram: Diagram, kind: CharacterKind): Diagram {
    if (diagram <= always) return diagram;
    const results = known.get(kind) ?? new Map<Diagram, Diagram>();
    known.set(kind, results);
    const before = results.get(diagram);
    if (before !== undefined) return before;
    const { variable, high, low } = diagrams.branch(diagram);
    const condition = readVariable(variable, kind);
    const unread = read(low, kind);
    const next = condition === never ? unread : diagrams.choose(condition, read(high, kind), unread);
    results.set(diagram, next);
    return next;
  };
}
