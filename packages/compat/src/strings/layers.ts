import { Budget, maxLayerSteps } from "./bounds.js";
import type { Graph } from "./explore.js";

const wordBits = 16;

/** A set of states; its key is the same for the same states. */
class StateSet {
  readonly #words: Uint16Array;

  constructor(size: number, states: Iterable<number>) {
    this.#words = new Uint16Array(Math.ceil(size / wordBits));
    for (const state of states) {
      const at = Math.floor(state / wordBits);
      this.#words[at] = (this.#words[at] ?? 0) | (1 << (state % wordBits));
    }
  }

  get key(): string {
    return String.fromCharCode(...this.#words);
  }

  has(state: number): boolean {
    return (((this.#words[Math.floor(state / wordBits)] ?? 0) >> (state % wordBits)) & 1) === 1;
  }
}

interface Layer {
  readonly set: StateSet;
  readonly states: readonly number[];
  readonly number: number;
  next: Layer | undefined;
}

function sourcesByTarget(graph: Graph, withSurrogates: boolean): readonly ReadonlySet<number>[] {
  const sources: Set<number>[] = graph.edges.map(() => new Set());
  for (const [source, edges] of graph.edges.entries())
    for (const { kind, target } of edges) if (withSurrogates || !kind.surrogate) sources[target]?.add(source);
  return sources;
}

/**
 * For each number of characters, the states from which acceptance is exactly that far away. The sets come round
 * in the end, as each follows from the one before: equal ones are one, so that long texts cost no more than short ones.
 */
export class Layers {
  readonly #sources: readonly ReadonlySet<number>[];
  readonly #known = new Map<string, Layer>();
  readonly #byDistance: Layer[];
  readonly #budget = new Budget(maxLayerSteps, "the patterns allow too many different lengths");

  constructor(graph: Graph, withSurrogates: boolean) {
    this.#sources = sourcesByTarget(graph, withSurrogates);
    this.#byDistance = [this.#layer(graph.accepting.flatMap((accepts, state) => (accepts ? [state] : [])))];
  }

  /** Whether a state is exactly so many characters away from acceptance. */
  has(state: number, distance: number): boolean {
    return this.#at(distance)?.set.has(state) ?? false;
  }

  /** A number that is the same for two distances at which the same states stand, so that what follows is too. */
  numberAt(distance: number): number {
    return this.#at(distance)?.number ?? 0;
  }

  #at(distance: number): Layer | undefined {
    for (let last = this.#byDistance.at(-1); last && this.#byDistance.length <= distance; ) {
      last.next ??= this.#before(last);
      last = last.next;
      this.#byDistance.push(last);
    }
    return this.#byDistance[distance];
  }

  #before({ states }: Layer): Layer {
    const before = new Set<number>();
    for (const state of states) {
      const sources = this.#sources[state] ?? new Set<number>();
      this.#budget.spend(sources.size);
      for (const source of sources) before.add(source);
    }
    return this.#layer([...before]);
  }

  #layer(states: readonly number[]): Layer {
    const set = new StateSet(this.#sources.length, states);
    const { key } = set;
    const known = this.#known.get(key);
    if (known) return known;
    const layer: Layer = { set, states, number: this.#known.size, next: undefined };
    this.#known.set(key, layer);
    return layer;
  }
}
