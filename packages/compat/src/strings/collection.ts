import { BoundReached, Budget, maxCandidates, maxEngineSteps } from "./bounds.js";
import type { StringConditions } from "./conditions.js";
import { matchesConditions } from "./matches-conditions.js";
import type { Question } from "./question.js";
import type { WritingEnd } from "./write-texts.js";

/** Texts that were written, checked against the conditions and kept. */
export class Collection {
  readonly #texts = new Set<string>();
  readonly #conditions: StringConditions;
  readonly #question: Question;
  readonly #wanted: number;
  readonly #engine = new Budget(maxEngineSteps, "checking strings could keep the engine busy too long");

  /** `wanted`: how many are looked for; one more shows that they are not all. */
  constructor(conditions: StringConditions, question: Question, wanted: number) {
    this.#conditions = conditions;
    this.#question = question;
    this.#wanted = wanted;
  }

  /** The texts that are wanted, in the order they came but for the empty one, which shows least. */
  get texts(): readonly string[] {
    const texts = [...this.#texts].filter((text) => text !== "");
    return (this.#texts.has("") ? [...texts, ""] : texts).slice(0, this.#wanted);
  }

  /** Whether more than the wanted ones exist. */
  get isFull(): boolean {
    return this.#texts.size > this.#wanted;
  }

  /**
   * Takes texts until there are enough.
   * @throws BoundReached when none more can be checked, or when the model of the patterns proves to be wrong
   */
  takeFrom(source: Generator<string, WritingEnd>): WritingEnd {
    const rough = new Budget(
      maxCandidates,
      `none of ${maxCandidates} strings meets the patterns without a model`,
    );
    for (let next = source.next(); ; next = source.next()) {
      if (next.done) return next.value;
      const text = next.value;
      if (this.#conditions.excluded.has(text) || this.#texts.has(text)) continue;
      if (!this.#question.isExact) rough.spend();
      if (this.#isConfirmed(text)) this.#texts.add(text);
      else if (this.#question.isExact)
        throw new BoundReached(`the engine does not agree with the model about ${JSON.stringify(text)}`);
      if (this.isFull) return "bound";
    }
  }

  #isConfirmed(text: string): boolean {
    for (const cost of this.#question.costs) this.#engine.spend(cost(text, maxEngineSteps));
    return matchesConditions(text, this.#conditions);
  }
}
