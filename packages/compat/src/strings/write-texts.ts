import { Budget, maxTextLength, maxWriteSteps } from "./bounds.js";
import type { Graph } from "./explore.js";
import { Layers } from "./layers.js";
import { characterAt } from "./reading-order.js";

/** Which texts of an automaton are written. */
export interface TextRange {
  readonly minLength: number;
  readonly maxLength: number;
  /** Whether lone surrogates may stand in them. */
  readonly withSurrogates: boolean;
}

/** Whether the texts given are all there are, or writing ended at a bound. */
export type WritingEnd = "all" | "bound";

function* textsOfLength(graph: Graph, layers: Layers, length: number, budget: Budget): Generator<string> {
  const states = [0];
  const places = [{ edge: 0, character: 0 }];
  const characters: string[] = [];
  const surrogates: (string | undefined)[] = [];
  for (let place = places.at(-1); place; place = places.at(-1)) {
    budget.spend();
    const depth = places.length - 1;
    if (depth === length) {
      yield characters.slice(0, length).join("");
      places.pop();
      continue;
    }
    const edge = graph.edges[states[depth] ?? 0]?.[place.edge];
    if (!edge) {
      places.pop();
      continue;
    }
    // A high surrogate and a low one after it would be one character.
    const isPair = depth > 0 && surrogates[depth - 1] === "high" && edge.kind.surrogate === "low";
    const leads = !isPair && layers.has(edge.target, length - depth - 1);
    const character = leads ? characterAt(edge.kind, place.character) : undefined;
    if (character === undefined) {
      place.edge++;
      place.character = 0;
      continue;
    }
    place.character++;
    characters[depth] = character;
    surrogates[depth] = edge.kind.surrogate;
    states[depth + 1] = edge.target;
    places.push({ edge: 0, character: 0 });
  }
}

/**
 * Writes the texts that an automaton accepts, shortest first, of one length in reading order. The empty one comes
 * last of all, since it shows least.
 * @throws BoundReached
 */
export function* textsBetween(graph: Graph, range: TextRange): Generator<string, WritingEnd> {
  const layers = new Layers(graph, range.withSurrogates);
  const budget = new Budget(maxWriteSteps, "too many characters were tried");
  const seen = new Map<number, number>();
  const limit = Math.min(range.maxLength, maxTextLength);
  let end: WritingEnd = range.maxLength > maxTextLength ? "bound" : "all";
  let latest = -1;
  for (let length = range.minLength; length <= limit; length++) {
    const layer = layers.numberAt(length);
    if (latest < (seen.get(layer) ?? -1)) {
      // All lengths since this layer was last seen had no text, and the same layers follow for ever.
      end = "all";
      break;
    }
    seen.set(layer, length);
    if (!layers.has(0, length)) continue;
    latest = length;
    if (length > 0) yield* textsOfLength(graph, layers, length, budget);
  }
  if (range.minLength === 0 && layers.has(0, 0)) yield "";
  return graph.missing === undefined ? end : "bound";
}
