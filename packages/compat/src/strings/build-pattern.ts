import type { AST } from "@eslint-community/regexpp";
import { Unmodelled } from "./bounds.js";
import { classSet } from "./class-set.js";
import { anyCodePoint } from "./code-point-set.js";
import { accept, type Machine } from "./machine.js";

/** Repetitions beyond this count are taken as endless where a pattern is only modelled roughly. */
const maxRoughCount = 30;

/**
 * How a pattern is modelled. `exact`: the same strings, or not at all. `rough`: those and maybe more.
 * `bare`: as `rough`, without assertions, for the text that a group may have taken elsewhere.
 */
type Mode = "exact" | "rough" | "bare";

class Builder {
  readonly #machine: Machine;
  readonly #mode: Mode;

  constructor(machine: Machine, mode: Mode) {
    this.#machine = machine;
    this.#mode = mode;
  }

  alternatives(alternatives: readonly AST.Alternative[], next: number): number {
    const starts = alternatives.map(({ elements }) => this.sequence(elements, next));
    const [only, ...others] = starts;
    return only !== undefined && others.length === 0 ? only : this.split(starts);
  }

  private sequence(elements: readonly AST.Element[], next: number): number {
    return elements.reduceRight((after, element) => this.element(element, after), next);
  }

  private split(next: number[]): number {
    return this.#machine.add({ kind: "split", next });
  }

  private element(element: AST.Element, next: number): number {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return this.#machine.read(classSet(element), next);
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next);
      case "Group":
        if (element.modifiers) return this.anything("it uses modifiers", next);
        return this.alternatives(element.alternatives, next);
      case "Quantifier":
        return this.quantifier(element, next);
      case "Assertion":
        return this.#mode === "bare" ? next : this.assertion(element, next);
      case "Backreference":
        return this.reference(element, next);
      default:
        return this.anything("it uses the v flag", next);
    }
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    switch (assertion.kind) {
      case "start":
      case "end":
        return this.#machine.add({ kind: assertion.kind, next });
      case "word":
        this.#machine.wordAhead();
        return this.#machine.add({ kind: "word", negate: assertion.negate, next });
      case "lookahead":
        return this.look(assertion, next);
      case "lookbehind":
        if (this.#mode === "exact") throw new Unmodelled("it looks behind");
        return next;
    }
  }

  private look({ alternatives, negate }: AST.LookaheadAssertion, next: number): number {
    const { size } = this.#machine;
    try {
      // What is refused roughly would be refused too often.
      const builder = negate ? new Builder(this.#machine, "exact") : this;
      const body = builder.alternatives(alternatives, accept);
      return this.#machine.add({ kind: "look", negate, body, next });
    } catch (reason) {
      if (!(reason instanceof Unmodelled) || this.#mode === "exact") throw reason;
      this.#machine.truncate(size);
      return next;
    }
  }

  private reference({ resolved }: AST.Backreference, next: number): number {
    if (this.#mode === "exact") throw new Unmodelled("it refers back to a group");
    if (this.#mode === "bare") return this.anything("", next);
    const bare = new Builder(this.#machine, "bare");
    const groups = [resolved].flat();
    return this.split([next, ...groups.map(({ alternatives }) => bare.alternatives(alternatives, next))]);
  }

  /** Any text at all, for what has no model. */
  private anything(reason: string, next: number): number {
    if (this.#mode === "exact") throw new Unmodelled(reason);
    const exits = [next];
    const loop = this.split(exits);
    exits.push(this.#machine.read(anyCodePoint, loop));
    return loop;
  }

  private quantifier(quantifier: AST.Quantifier, next: number): number {
    const isRough = this.#mode !== "exact";
    const isLong = (count: number): boolean => isRough && Number.isFinite(count) && count > maxRoughCount;
    const min = isLong(quantifier.min) ? maxRoughCount : quantifier.min;
    const max = isLong(quantifier.max) ? Number.POSITIVE_INFINITY : quantifier.max;
    let after = next;
    if (max === Number.POSITIVE_INFINITY) {
      const exits = [next];
      after = this.split(exits);
      exits.unshift(this.element(quantifier.element, after));
    } else {
      for (let count = min; count < max; count++)
        after = this.split([this.element(quantifier.element, after), next]);
    }
    for (let count = 0; count < min; count++) after = this.element(quantifier.element, after);
    return after;
  }
}

/**
 * Adds the automaton of a pattern, without the search for its start, and gives its first node.
 * Rough, it accepts at least what the pattern accepts.
 * @throws Unmodelled when there is no such model; the machine is then as before
 */
export function buildPattern(machine: Machine, tree: AST.Pattern, mode: "exact" | "rough"): number {
  const { size } = machine;
  try {
    return new Builder(machine, mode).alternatives(tree.alternatives, accept);
  } catch (reason) {
    machine.truncate(size);
    throw reason;
  }
}
