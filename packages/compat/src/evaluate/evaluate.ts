import { isObject, type Json, localPointer, valueAt } from "@hivewire/codegen";
import type { EvaluateSettings, Refusal } from "./refusal.js";
import { type Verdict, Visit } from "./visit.js";

/** Deepest nesting of schemas that is followed: what goes deeper counts as refused, and the stack holds it. */
const maxDepth = 800;

/** What a schema says of a value, and how much it takes to tell. */
export interface Judgement {
  /** Every reason for which it is refused, the first few hundred of them; none when it is accepted. */
  readonly refusals: readonly Refusal[];
  /** Visits of a schema to a value that a validator makes which remembers nothing. */
  readonly cost: number;
}

/** What a reference leads to. */
interface Target {
  readonly pointer: string;
  readonly schema: Json;
}

/** Targets by reference, found once for a document; undefined for what leads nowhere. */
type Targets = Map<string, Target | undefined>;

/**
 * Judges values by a schema as draft 2020-12 words it, keyword by keyword. It shares nothing with the search for
 * witnesses, which it confirms.
 */
export class Evaluator {
  readonly #targets: Targets = new Map();

  constructor(
    readonly root: Json,
    readonly settings: EvaluateSettings,
  ) {}

  /** What the schema at a pointer says of a value. */
  judge(pointer: string, value: Json): Judgement {
    const evaluation = new Evaluation(this.root, this.settings, this.#targets);
    return evaluation.visit(valueAt(this.root, pointer) ?? true, pointer, value, "");
  }

  /** Every reason for which the schema at a pointer refuses a value; none when it accepts it. */
  refusals(pointer: string, value: Json): readonly Refusal[] {
    return this.judge(pointer, value).refusals;
  }

  /** Whether the schema at a pointer accepts a value. */
  accepts(pointer: string, value: Json): boolean {
    return this.refusals(pointer, value).length === 0;
  }
}

const nothing = { members: new Set<string>(), items: new Set<number>(), cost: 1 };
const accepted: Verdict = { ...nothing, refusals: [] };

/** One value held against one document: where references meet again at the same place, what they lead to is known. */
class Evaluation {
  readonly #known = new Map<string, Verdict>();
  #depth = 0;

  constructor(
    readonly root: Json,
    readonly settings: EvaluateSettings,
    readonly targets: Targets,
  ) {}

  /** Holds a schema against a value. */
  visit(schema: Json, pointer: string, value: Json, at: string): Verdict {
    if (isObject(schema) && this.#depth < maxDepth) {
      this.#depth++;
      const verdict = new Visit(this, schema, pointer, value, at).run();
      this.#depth--;
      return verdict;
    }
    if (!isObject(schema) && schema !== false) return accepted;
    const refusal = { keyword: "false", schemaPointer: pointer, valuePointer: at, key: undefined };
    return { ...nothing, refusals: [{ ...refusal, branches: [] }] };
  }

  /** Holds the target of a reference against a value; accepts what leads nowhere. */
  follow(reference: Json, value: Json, at: string): Verdict {
    const target = typeof reference === "string" ? this.#targetOf(reference) : undefined;
    if (!target) return accepted;
    const key = `${target.pointer} ${at}`;
    const known = this.#known.get(key);
    if (known) return known;
    const verdict = this.visit(target.schema, target.pointer, value, at);
    this.#known.set(key, verdict);
    return verdict;
  }

  #targetOf(reference: string): Target | undefined {
    if (this.targets.has(reference)) return this.targets.get(reference);
    const pointer = localPointer(reference);
    const target =
      pointer === undefined ? undefined : { pointer, schema: valueAt(this.root, pointer) ?? true };
    this.targets.set(reference, target);
    return target;
  }
}
