import type { Graph } from "./explore.js";

/** The same automaton without the edges from which no accepting state is reached. */
export function prune(graph: Graph): Graph {
  const sources: number[][] = graph.edges.map(() => []);
  for (const [source, edges] of graph.edges.entries())
    for (const { target } of edges) sources[target]?.push(source);
  const queue = graph.accepting.flatMap((accepts, state) => (accepts ? [state] : []));
  const live = new Set(queue);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const source of sources[state] ?? []) {
      if (live.has(source)) continue;
      live.add(source);
      queue.push(source);
    }
  }
  return { ...graph, edges: graph.edges.map((edges) => edges.filter(({ target }) => live.has(target))) };
}
