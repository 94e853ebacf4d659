import { type Automaton, buildAutomaton } from "./automaton.js";
import { characterClasses } from "./character-classes.js";
import { parsePattern } from "./parse-pattern.js";

/** Whether matching takes time in proportion to the text, and if that is not proven, why. */
export type LinearProof = { readonly linear: true } | { readonly linear: false; readonly reason: string };

/** Most paths that may be alive at one character: the factor that a proven pattern costs at most. */
const maxPaths = 32;

/** Most different sets of paths that are explored before the proof is given up. */
const maxSets = 5_000;

/** Number of paths alive per reading node, sorted by node. */
type Paths = ReadonlyMap<number, number>;

/** All reading nodes reached from `from` without reading, once per way there. */
function reach(
  automaton: Automaton,
  from: number,
  atStart: boolean,
  into: Map<number, number>,
  times: number,
): void {
  const node = automaton.nodes[from];
  if (node?.kind === "read") into.set(from, (into.get(from) ?? 0) + times);
  else if (node?.kind === "split") for (const next of node.next) reach(automaton, next, atStart, into, times);
  else if (node?.kind === "start" && atStart) reach(automaton, node.next, atStart, into, times);
}

function total(paths: Paths): number {
  return [...paths.values()].reduce((sum, count) => sum + count, 0);
}

function keyOf(paths: Paths): string {
  return [...paths]
    .sort(([a], [b]) => a - b)
    .map(([node, count]) => `${node}:${count}`)
    .join(",");
}

function step(automaton: Automaton, paths: Paths, row: readonly boolean[], fresh: Paths): Paths {
  const next = new Map(fresh);
  for (const [index, count] of paths) {
    const node = automaton.nodes[index];
    if (node?.kind === "read" && row[node.atom] === true) reach(automaton, node.next, false, next, count);
  }
  return next;
}

/**
 * Proves that a backtracking engine tests any text in time linear in its length, or says why not.
 *
 * All attempts of a search, from every start, are followed at once, and the paths alive at each character
 * are counted. When every set of paths that any text can lead to has been seen and none has over 32,
 * no text makes the engine do more than 32 steps per character.
 */
export function proveLinear(source: string): LinearProof {
  const pattern = parsePattern(source);
  if (!pattern) return { linear: false, reason: "it does not compile" };
  const automaton = buildAutomaton(pattern);
  if ("reason" in automaton) return { linear: false, reason: automaton.reason };
  const rows = characterClasses(automaton.atoms);
  const first = new Map<number, number>();
  const fresh = new Map<number, number>();
  reach(automaton, automaton.start, true, first, 1);
  reach(automaton, automaton.start, false, fresh, 1);
  const seen = new Set<string>([keyOf(first)]);
  const queue: Paths[] = [first];
  for (let paths = queue.pop(); paths; paths = queue.pop()) {
    if (total(paths) > maxPaths) {
      return {
        linear: false,
        reason: "some text can be read in ever more ways, so that matching slows down as it grows",
      };
    }
    for (const row of rows) {
      const next = step(automaton, paths, row, fresh);
      const key = keyOf(next);
      if (seen.has(key)) continue;
      if (seen.size >= maxSets) return { linear: false, reason: "it is too large to be proven" };
      seen.add(key);
      queue.push(next);
    }
  }
  return { linear: true };
}
