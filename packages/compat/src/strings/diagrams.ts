import { Budget, maxDiagramSteps } from "./bounds.js";

/** A boolean function of numbered variables; the same function always has the same number. */
export type Diagram = number;

/** The function that is false whatever the variables are. */
export const never: Diagram = 0;

/** The function that is true whatever the variables are. */
export const always: Diagram = 1;

/** Numbers of diagrams and of variables are packed into keys; the budget keeps both far below. */
const radix = 2 ** 22;

interface Branch {
  readonly variable: number;
  readonly high: Diagram;
  readonly low: Diagram;
}

const noBranch: Branch = { variable: Number.POSITIVE_INFINITY, high: never, low: never };

/** Reduced ordered binary decision diagrams, so that equal conditions are recognised as equal. */
export class Diagrams {
  readonly #branches: Branch[] = [noBranch, noBranch];
  readonly #numbers = new Map<number, Map<number, Diagram>>();
  readonly #both = new Map<number, Diagram>();
  readonly #either = new Map<number, Diagram>();
  readonly #opposites = new Map<Diagram, Diagram>();
  readonly #budget = new Budget(maxDiagramSteps, "the patterns together are too large");

  /** What a diagram asks first. */
  branch(diagram: Diagram): Branch {
    return this.#branches[diagram] ?? noBranch;
  }

  /** The function that is the variable itself. */
  variable(variable: number): Diagram {
    return this.#make(variable, always, never);
  }

  /** True where a function is false. */
  not(diagram: Diagram): Diagram {
    if (diagram <= always) return always - diagram;
    const known = this.#opposites.get(diagram);
    if (known !== undefined) return known;
    const { variable, high, low } = this.branch(diagram);
    const opposite = this.#make(variable, this.not(high), this.not(low));
    this.#opposites.set(diagram, opposite);
    return opposite;
  }

  /** True where both functions are. */
  and(left: Diagram, right: Diagram): Diagram {
    return this.#combine(left, right, never, this.#both);
  }

  /** True where either function is. */
  or(left: Diagram, right: Diagram): Diagram {
    return this.#combine(left, right, always, this.#either);
  }

  /** `high` where a condition holds, `low` elsewhere. */
  choose(condition: Diagram, high: Diagram, low: Diagram): Diagram {
    if (condition === always || high === low) return high;
    if (condition === never) return low;
    return this.or(this.and(condition, high), this.and(this.not(condition), low));
  }

  /** `and` or `or`: `strong` is the constant that decides alone. */
  #combine(left: Diagram, right: Diagram, strong: Diagram, known: Map<number, Diagram>): Diagram {
    if (left === strong || right === strong) return strong;
    if (left <= always || left === right) return right;
    if (right <= always) return left;
    const key = left < right ? left * radix + right : right * radix + left;
    const before = known.get(key);
    if (before !== undefined) return before;
    const a = this.branch(left);
    const b = this.branch(right);
    const variable = Math.min(a.variable, b.variable);
    const isA = a.variable === variable;
    const isB = b.variable === variable;
    const high = this.#combine(isA ? a.high : left, isB ? b.high : right, strong, known);
    const low = this.#combine(isA ? a.low : left, isB ? b.low : right, strong, known);
    const combined = this.#make(variable, high, low);
    known.set(key, combined);
    return combined;
  }

  #make(variable: number, high: Diagram, low: Diagram): Diagram {
    if (high === low) return high;
    this.#budget.spend();
    let numbers = this.#numbers.get(variable);
    if (!numbers) {
      numbers = new Map();
      this.#numbers.set(variable, numbers);
    }
    const key = high * radix + low;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const diagram = this.#branches.push({ variable, high, low }) - 1;
    numbers.set(key, diagram);
    return diagram;
  }
}
