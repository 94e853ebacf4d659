import type { AST } from "@eslint-community/regexpp";

/** A state that reads one character: the index of what it reads, and the node that follows. */
interface ReadNode {
  readonly kind: "read";
  readonly atom: number;
  next: number;
}

/** A node of the automaton; edges are indexes. `start` passes only before the first character, `end` only after the last. */
type AutomatonNode =
  | ReadNode
  | { readonly kind: "split"; readonly next: number[] }
  | { readonly kind: "start"; next: number }
  | { readonly kind: "end" }
  | { readonly kind: "accept" };

/** Thompson's automaton of a pattern, in which paths are what a backtracking engine tries. */
export interface Automaton {
  readonly nodes: readonly AutomatonNode[];
  readonly start: number;
  /** Source of each distinct single-character element. */
  readonly atoms: readonly string[];
}

/** Most nodes that are built; counted repetitions are written out. */
const maxNodes = 3_000;

/** Thrown inside the builder for what has no automaton, or one that is too large. */
class Unsupported extends Error {
  override readonly name = "Unsupported";
}

class Builder {
  readonly nodes: AutomatonNode[] = [];
  readonly atoms: string[] = [];

  add(node: AutomatonNode): number {
    if (this.nodes.length >= maxNodes)
      throw new Unsupported("it is too large once its repetitions are written out");
    return this.nodes.push(node) - 1;
  }

  atom(source: string): number {
    const known = this.atoms.indexOf(source);
    return known >= 0 ? known : this.atoms.push(source) - 1;
  }

  alternatives(alternatives: readonly AST.Alternative[], next: number): number {
    const starts = alternatives.map(({ elements }) => this.sequence(elements, next));
    return starts.length === 1 && starts[0] !== undefined
      ? starts[0]
      : this.add({ kind: "split", next: starts });
  }

  sequence(elements: readonly AST.Element[], next: number): number {
    return elements.reduceRight((after, element) => this.element(element, after), next);
  }

  element(element: AST.Element, next: number): number {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return this.add({ kind: "read", atom: this.atom(element.raw), next });
      case "Group":
        if (element.modifiers) throw new Unsupported("it uses modifiers");
        return this.alternatives(element.alternatives, next);
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next);
      case "Quantifier":
        return this.quantifier(element, next);
      case "Assertion":
        if (element.kind === "start") return this.add({ kind: "start", next });
        if (element.kind === "end") return this.end(next);
        // A word boundary reads nothing: taking it as always true only adds paths.
        if (element.kind === "word") return next;
        throw new Unsupported("it looks ahead or behind");
      default:
        throw new Unsupported("it refers back to a group");
    }
  }

  /** After `$` only the end of the pattern can follow; what else stands there never matches. */
  end(next: number): number {
    return this.nodes[next]?.kind === "accept"
      ? this.add({ kind: "end" })
      : this.add({ kind: "split", next: [] });
  }

  quantifier({ element, min, max }: AST.Quantifier, next: number): number {
    let after = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop: AutomatonNode = { kind: "split", next: [] };
      const index = this.add(loop);
      const before = this.nodes.length;
      const body = this.element(element, index);
      if (this.isNullable(body, index, before)) throw new Unsupported("it repeats what may be empty");
      loop.next.push(body, next);
      after = index;
    } else {
      for (let count = min; count < max; count++) {
        const body = this.element(element, after);
        after = this.add({ kind: "split", next: [body, next] });
      }
    }
    for (let count = 0; count < min; count++) after = this.element(element, after);
    return after;
  }

  /** Whether `target` is reached from `from` without reading, through nodes added since. */
  isNullable(from: number, target: number, since: number): boolean {
    if (from === target) return true;
    const node = this.nodes[from];
    if (!node || from < since) return false;
    if (node.kind === "start") return this.isNullable(node.next, target, since);
    return node.kind === "split" && node.next.some((next) => this.isNullable(next, target, since));
  }
}

/** The automaton of a pattern, or why there is none. */
export function buildAutomaton(pattern: AST.Pattern): Automaton | { readonly reason: string } {
  const builder = new Builder();
  try {
    const accept = builder.add({ kind: "accept" });
    const start = builder.alternatives(pattern.alternatives, accept);
    return { nodes: builder.nodes, start, atoms: builder.atoms };
  } catch (reason) {
    if (reason instanceof Unsupported) return { reason: reason.message };
    throw reason;
  }
}
