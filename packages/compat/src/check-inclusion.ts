import type { Json } from "@hivewire/codegen";
import { type AjvJudge, ajvJudge } from "./evaluate/ajv-judge.js";
import { blame } from "./evaluate/blame.js";
import { Evaluator } from "./evaluate/evaluate.js";
import type { Refusal } from "./evaluate/refusal.js";
import { Compiler } from "./formula/compile.js";
import { schemaDocument } from "./formula/document.js";
import { Formulas } from "./formula/formulas.js";
import { type Item, not } from "./formula/node.js";
import { readDocument } from "./read-document.js";
import { type Answer, unknown } from "./solve/answer.js";
import { defaultBounds, Solver, type SolverBounds } from "./solve/solver.js";

/** Choices of whoever asks; the defaults are the strict ones. */
export interface InclusionOptions {
  /** Whether `format` refuses values. @default true */
  readonly assertFormats?: boolean;
  /**
   * Whether values of the narrow schema have declared properties only. Objects that declare none are maps, and
   * those with `additionalProperties` or `unevaluatedProperties` say what else they hold: both stay as they are.
   * @default false
   */
  readonly declaredOnly?: boolean;
  /** Bounds of the search. */
  readonly bounds?: Partial<SolverBounds>;
}

/** Whether every value of one schema is a value of another. */
export type Inclusion =
  /** Proven. */
  | { readonly verdict: "included"; readonly proof: { readonly steps: number } }
  /** The witness is a value of the narrow schema and none of the wide one; two validators confirm both. */
  | {
      readonly verdict: "excluded";
      readonly witness: Json;
      /** JSON pointer of the keyword in the wide schema that refuses it. */
      readonly pointer: string;
      readonly keyword: string;
      /** All that refuse it. */
      readonly refusals: readonly Refusal[];
    }
  | { readonly verdict: "unknown"; readonly reason: string };

/** A schema inside a document, as an inclusion is asked about. */
export interface Side {
  readonly judged: JudgedDocument;
  /** JSON pointer of the schema. */
  readonly pointer: string;
}

/** A document with everything that is made of it once. */
export class JudgedDocument {
  readonly evaluator: Evaluator;
  readonly compiler: Compiler;
  #ajv: AjvJudge | undefined;

  constructor(
    readonly root: Json,
    readonly formulas: Formulas,
    readonly settings: { readonly assertFormats: boolean },
  ) {
    this.evaluator = new Evaluator(root, settings);
    this.compiler = new Compiler(formulas, schemaDocument(root), settings);
  }

  /** Ajv's opinion; loaded when it is first asked. */
  get ajv(): AjvJudge {
    this.#ajv ??= ajvJudge(this.root, this.settings);
    return this.#ajv;
  }
}

/** Most visits of a schema to a value that a validator is asked for. */
const maxCost = 1_000_000;

const tooDeep = "it is nested too deeply";

/** Asks about many pairs of schemas that share their formulas. */
export class InclusionChecker {
  readonly formulas = new Formulas();
  readonly solver: Solver;
  readonly settings: { readonly assertFormats: boolean };

  constructor(options: InclusionOptions = {}) {
    this.settings = { assertFormats: options.assertFormats ?? true };
    this.solver = new Solver(this.formulas, { ...defaultBounds, ...options.bounds });
  }

  /** A document for this checker; references in it have to be pointers. */
  document(root: Json): JudgedDocument {
    return new JudgedDocument(root, this.formulas, this.settings);
  }

  /** Whether a side is proven to have no value; else one of its values, where one was found in time. */
  sample(
    side: Side,
    declaredOnly: boolean,
  ): { readonly isEmpty: true } | { readonly isEmpty: false; readonly value: Json | undefined } {
    const answer = this.#find(() => [side.judged.compiler.at(side.pointer, declaredOnly)]);
    if (answer.kind === "empty") return { isEmpty: true };
    const isOne = answer.kind === "value" && side.judged.evaluator.accepts(side.pointer, answer.value);
    return { isEmpty: false, value: isOne ? answer.value : undefined };
  }

  /** Whether it is proven that every value of the narrow side is one of the wide side. */
  includes(narrow: Side, wide: Side): boolean {
    const answer = this.#find(() => [
      narrow.judged.compiler.at(narrow.pointer, false),
      not(wide.judged.compiler.at(wide.pointer, false)),
    ]);
    return answer.kind === "empty";
  }

  /**
   * Whether every value of the narrow side is one of the wide side.
   * @param strict - a side that accepts no more than the wide one, which Ajv confirms refusals by
   */
  check(narrow: Side, wide: Side, declaredOnly: boolean, strict: Side = wide): Inclusion {
    const answer = this.#find(() => [
      narrow.judged.compiler.at(narrow.pointer, declaredOnly),
      ...(declaredOnly ? [this.formulas.make({ kind: "closed" })] : []),
      not(wide.judged.compiler.at(wide.pointer, false)),
    ]);
    if (answer.kind === "empty") return { verdict: "included", proof: { steps: this.solver.steps } };
    if (answer.kind === "unknown") return { verdict: "unknown", reason: answer.reason };
    return this.#confirm(narrow, wide, strict, answer.value, answer.doubt);
  }

  /** A value that meets everything asked for. */
  #find(items: () => readonly Item[]): Answer {
    this.solver.restart();
    try {
      return this.solver.solve(items());
    } catch (reason) {
      // The stack is the one bound that cannot be counted: schemas of thousands of levels overflow it.
      if (reason instanceof RangeError) return unknown(tooDeep);
      throw reason;
    }
  }

  /** A witness counts when our own evaluation and Ajv both take it for one. */
  #confirm(narrow: Side, wide: Side, strict: Side, witness: Json, doubt: string | undefined): Inclusion {
    const sent = narrow.judged.evaluator.judge(narrow.pointer, witness);
    const { refusals, cost } = wide.judged.evaluator.judge(wide.pointer, witness);
    if (sent.refusals.length > 0 || refusals.length === 0)
      return { verdict: "unknown", reason: doubt ?? "the witness that was found is none" };
    if (Math.max(cost, sent.cost) > maxCost)
      return { verdict: "unknown", reason: "validators would take too long over the witness" };
    const accepted = narrow.judged.ajv.accepts(narrow.pointer, witness);
    const refused = strict.judged.ajv.accepts(strict.pointer, witness);
    if (accepted !== true || refused !== false)
      return { verdict: "unknown", reason: "validators do not agree about the witness" };
    const first = blame(refusals);
    return {
      verdict: "excluded",
      witness,
      pointer: first?.schemaPointer ?? wide.pointer,
      keyword: first?.keyword ?? "false",
      refusals,
    };
  }
}

/**
 * Whether every value of one schema is a value of another: "included" only with a proof, "excluded" only with a
 * witness that two validators confirm, all else is "unknown".
 * @param narrow - a schema of draft 2020-12, or of the draft its `$schema` names
 * @param wide - another
 * @throws CodegenError when one of them cannot be read
 */
export function checkInclusion(narrow: Json, wide: Json, options: InclusionOptions = {}): Inclusion {
  const checker = new InclusionChecker(options);
  try {
    return checker.check(
      { judged: checker.document(readDocument(narrow, "narrow.json")), pointer: "" },
      { judged: checker.document(readDocument(wide, "wide.json")), pointer: "" },
      options.declaredOnly ?? false,
    );
  } catch (reason) {
    if (reason instanceof RangeError) return { verdict: "unknown", reason: tooDeep };
    throw reason;
  }
}
