import { Unmodelled } from "./bounds.js";
import { buildPattern } from "./build-pattern.js";
import { anyCodePoint } from "./code-point-set.js";
import type { StringConditions } from "./conditions.js";
import { always, type Diagram, Diagrams, never } from "./diagrams.js";
import { Machine } from "./machine.js";
import { costEstimator } from "./matching-cost.js";
import { partitionBy } from "./partition.js";
import type { Model } from "./read-kind.js";
import { readPattern } from "./read-pattern.js";
import { RestConditions } from "./rest-conditions.js";

/** All patterns of a question as one condition on texts. */
export interface Question {
  readonly model: Model;
  /** Holds for every text that meets the patterns; for no other when `isExact`. */
  readonly widest: Diagram;
  /** A part of `widest` that is worth trying first: what it keeps out of roughly modelled refusals is refused for certain. */
  readonly likeliest: Diagram;
  readonly isExact: boolean;
  /** Estimates how long the engine takes to check a text, up to a limit. */
  readonly costs: readonly ((text: string, limit: number) => number)[];
}

/** The first node of a pattern in the machine; undefined when it has no model at all. */
function addPattern(machine: Machine, source: string): { root: number; isExact: boolean } | undefined {
  const { tree } = readPattern(source);
  if (!tree) return undefined;
  for (const mode of ["exact", "rough"] as const) {
    try {
      return { root: buildPattern(machine, tree, mode), isExact: mode === "exact" };
    } catch (reason) {
      if (!(reason instanceof Unmodelled)) throw reason;
    }
  }
  return undefined;
}

/** The condition that a pattern matches somewhere: it is tried at every place, or at the first if it fails elsewhere. */
function matchAnywhere(machine: Machine, rests: RestConditions, root: number): Diagram {
  if (rests.at(root, "word") === never && rests.at(root, "other") === never) return rests.at(root, "start");
  const entries = [root];
  const search = machine.add({ kind: "split", next: entries });
  entries.push(machine.read(anyCodePoint, search));
  return rests.at(search, "start");
}

/**
 * Models the patterns of some conditions.
 * @throws BoundReached when they are too large together
 */
export function ask({ matches, refuses }: StringConditions): Question {
  const machine = new Machine();
  const diagrams = new Diagrams();
  const rests = new RestConditions(machine, diagrams);
  const costs: Question["costs"][number][] = [];
  let widest = always;
  let likeliest = always;
  let isExact = true;
  const add = (source: string, isWanted: boolean): void => {
    const pattern = addPattern(machine, source);
    isExact &&= pattern?.isExact === true;
    if (!pattern) return;
    costs.push(costEstimator(machine, pattern.root));
    const match = matchAnywhere(machine, rests, pattern.root);
    const condition = isWanted ? match : diagrams.not(match);
    likeliest = diagrams.and(likeliest, condition);
    if (isWanted || pattern.isExact) widest = diagrams.and(widest, condition);
  };
  for (const source of new Set(matches)) add(source, true);
  for (const source of new Set(refuses)) add(source, false);
  const model: Model = { machine, diagrams, rests, kinds: partitionBy(machine.sets) };
  return { model, widest, likeliest, isExact, costs };
}
