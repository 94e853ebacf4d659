import { type Answer, empty } from "./answer.js";

/** A question that is being answered. */
interface Frame {
  readonly key: string;
  readonly depth: number;
  /** Depth of the outermost question that the answer leans on. */
  lowest: number;
  /** How many provisional answers there were when it began. */
  readonly provisional: number;
}

/** An answer that holds only if a question which is still open has no value. */
interface Provisional {
  readonly key: string;
  /** Depth of the outermost such question. */
  lowest: number;
}

/**
 * Answers to questions, by induction: a value of least depth does not contain one that meets the same items, so that
 * a question found again inside itself has no value there. What was answered with that in mind is provisional until
 * the outer question turns out to have none.
 */
export class Memory {
  readonly #answers = new Map<string, Answer>();
  readonly #active = new Map<string, number>();
  readonly #frames: Frame[] = [];
  /** Provisional answers in the order in which they were given. */
  readonly #provisional: Provisional[] = [];
  readonly #leaning = new Map<string, Provisional>();
  /** Keys of what was not decided: another question may get there in another way. */
  readonly #undecided: string[] = [];

  /** How deep the question that is being answered lies inside others. */
  get depth(): number {
    return this.#frames.length;
  }

  /** The answer to a question, where there is one by now. */
  recall(key: string): Answer | undefined {
    const known = this.#answers.get(key);
    if (known) {
      this.#lean(this.#leaning.get(key)?.lowest);
      return known;
    }
    const active = this.#active.get(key);
    if (active === undefined) return undefined;
    this.#lean(active);
    return empty;
  }

  /** Begins a question. */
  open(key: string): void {
    const depth = this.#frames.length;
    this.#frames.push({ key, depth, lowest: depth, provisional: this.#provisional.length });
    this.#active.set(key, depth);
  }

  /** Ends the innermost question; `isFinal` when an answer that is not known would be the same if asked again. */
  close(answer: Answer, isFinal: boolean): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const { key, depth, lowest, provisional } = frame;
    this.#active.delete(key);
    // What was called empty because this question was open is so only if it has no value.
    if (answer.kind !== "empty") this.#forget(provisional);
    if (answer.kind === "value") {
      this.#answers.set(key, answer);
      return;
    }
    const leans = lowest < depth;
    if (leans) this.#lean(lowest);
    if (answer.kind === "unknown") {
      if (!isFinal) return;
      this.#undecided.push(key);
    }
    this.#answers.set(key, answer);
    if (leans) this.#holdBack(key, lowest, provisional);
    else for (const { key: proven } of this.#provisional.splice(provisional)) this.#leaning.delete(proven);
  }

  /** Forgets what was not decided, and everything of a question that was broken off. */
  restart(): void {
    this.#active.clear();
    this.#frames.length = 0;
    this.#forget(0);
    for (const key of this.#undecided.splice(0)) this.#answers.delete(key);
  }

  /** The question that is being answered leans on one that is open at that depth. */
  #lean(depth: number | undefined): void {
    const frame = this.#frames.at(-1);
    if (frame && depth !== undefined) frame.lowest = Math.min(frame.lowest, depth);
  }

  /** An answer is provisional, and what leaned on its question leans on whatever it leans on. */
  #holdBack(key: string, lowest: number, from: number): void {
    for (const inner of this.#provisional.slice(from)) inner.lowest = Math.min(inner.lowest, lowest);
    const provisional = { key, lowest };
    this.#provisional.push(provisional);
    this.#leaning.set(key, provisional);
  }

  /** Takes back the provisional answers from that one on. */
  #forget(from: number): void {
    for (const { key } of this.#provisional.splice(from)) {
      this.#answers.delete(key);
      this.#leaning.delete(key);
    }
  }
}
