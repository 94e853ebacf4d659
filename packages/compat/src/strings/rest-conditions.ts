import { Budget, maxDiagramSteps } from "./bounds.js";
import { always, type Diagram, type Diagrams, never } from "./diagrams.js";
import type { Machine } from "./machine.js";

/** What stands before a place in a text, as far as patterns can tell. */
export type Before = "start" | "word" | "other";

/** The variable "nothing is left"; every other variable is the index of a node that reads. */
export const endVariable = 0;

const befores: readonly Before[] = ["start", "word", "other"];

/** Says, as diagrams, what the rest of a text has to be at a node of the machine. */
export class RestConditions {
  readonly #machine: Machine;
  readonly #diagrams: Diagrams;
  readonly #known = new Map<number, Diagram>();
  readonly #budget = new Budget(maxDiagramSteps, "a pattern repeats too many choices that may be empty");
  /** Nodes being worked out, each with its depth. */
  readonly #open = new Map<number, number>();
  /** Depth of the outermost open node that was met again; what is inside of it is not final. */
  #outermost = Number.POSITIVE_INFINITY;

  constructor(machine: Machine, diagrams: Diagrams) {
    this.#machine = machine;
    this.#diagrams = diagrams;
  }

  /** The condition on the rest of a text at a node. */
  at(index: number, before: Before): Diagram {
    const key = index * befores.length + befores.indexOf(before);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const depth = this.#open.get(key);
    if (depth !== undefined) {
      // Coming round without reading opens no way that was not there before.
      this.#outermost = Math.min(this.#outermost, depth);
      return never;
    }
    this.#budget.spend();
    const level = this.#open.size;
    this.#open.set(key, level);
    const condition = this.#work(index, before);
    this.#open.delete(key);
    if (this.#outermost >= level) {
      this.#outermost = Number.POSITIVE_INFINITY;
      this.#known.set(key, condition);
    }
    return condition;
  }

  /** Whether a condition holds when nothing is left. */
  holdsAtEnd(diagram: Diagram): boolean {
    let current = diagram;
    while (current > always) {
      const { variable, high, low } = this.#diagrams.branch(current);
      current = variable === endVariable ? high : low;
    }
    return current === always;
  }

  #work(index: number, before: Before): Diagram {
    const diagrams = this.#diagrams;
    const node = this.#machine.node(index);
    switch (node.kind) {
      case "accept":
        return always;
      case "read":
        return diagrams.variable(index);
      case "split": {
        let either = never;
        for (const next of node.next) either = diagrams.or(either, this.at(next, before));
        return either;
      }
      case "start":
        return before === "start" ? this.at(node.next, before) : never;
      case "end":
        return this.holdsAtEnd(this.at(node.next, before)) ? diagrams.variable(endVariable) : never;
      case "word": {
        const ahead = diagrams.variable(this.#machine.wordAhead());
        const isBoundary = before === "word" ? diagrams.not(ahead) : ahead;
        const asked = node.negate ? diagrams.not(isBoundary) : isBoundary;
        return diagrams.and(asked, this.at(node.next, before));
      }
      case "look": {
        const body = this.at(node.body, before);
        return diagrams.and(node.negate ? diagrams.not(body) : body, this.at(node.next, before));
      }
    }
  }
}
