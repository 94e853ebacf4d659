import { type CodePointSet, hasCodePoint } from "./code-point-set.js";
import type { Machine, MachineNode } from "./machine.js";

/** Longest text whose cost is estimated for a pattern that repeats what may be empty. */
const maxLengthOfEmptyLoops = 20;

/** A node of a pattern as the estimate needs it. */
interface Stop {
  readonly index: number;
  /** What it reads; undefined when it reads nothing. */
  readonly reads: CodePointSet | undefined;
  readonly next: readonly number[];
  readonly onlyAtStart: boolean;
}

function successorsOf(node: MachineNode): readonly number[] {
  switch (node.kind) {
    case "accept":
      return [];
    case "split":
      return node.next;
    case "look":
      return [node.body, node.next];
    default:
      return [node.next];
  }
}

/** All nodes of a pattern, each before those that follow without reading; `loops` when there is no such order. */
function stopsOf(
  machine: Machine,
  root: number,
): { readonly stops: readonly Stop[]; readonly loops: boolean } {
  const finished: Stop[] = [];
  const states = new Map<number, "open" | "done">();
  const entries = [root];
  let loops = false;
  const visit = (index: number): void => {
    const state = states.get(index);
    if (state === "open") loops = true;
    if (state) return;
    states.set(index, "open");
    const node = machine.node(index);
    const next = successorsOf(node);
    if (node.kind === "read") entries.push(node.next);
    else for (const each of next) visit(each);
    states.set(index, "done");
    const reads = node.kind === "read" ? machine.sets[node.set] : undefined;
    finished.push({ index, reads, next, onlyAtStart: node.kind === "start" });
  };
  for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) visit(entry);
  return { stops: finished.reverse(), loops };
}

/**
 * Estimates how many characters a backtracking engine reads at most when it looks for a pattern in a text and
 * finds nothing: every way to read every part of it is counted. The reason: a text that a pattern has to refuse
 * can keep the engine busy for years.
 */
export function costEstimator(machine: Machine, root: number): (text: string, limit: number) => number {
  const { stops, loops } = stopsOf(machine, root);
  const size = machine.size;
  return (text, limit) => {
    if (loops && text.length > maxLengthOfEmptyLoops) return Number.POSITIVE_INFINITY;
    let ways = new Float64Array(size);
    let waysAfter = new Float64Array(size);
    let cost = 0;
    let isStart = true;
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      ways[root] = (ways[root] ?? 0) + 1;
      for (const { index, reads, next, onlyAtStart } of stops) {
        const count = ways[index] ?? 0;
        if (count === 0) continue;
        ways[index] = 0;
        if (reads) cost += count;
        if (reads ? !hasCodePoint(reads, codePoint) : onlyAtStart && !isStart) continue;
        const into = reads ? waysAfter : ways;
        for (const each of next) into[each] = (into[each] ?? 0) + count;
      }
      if (cost > limit) return cost;
      [ways, waysAfter] = [waysAfter, ways];
      isStart = false;
    }
    return cost;
  };
}
