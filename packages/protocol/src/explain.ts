import { explainArray } from "./explain-array.js";
import { explainObject } from "./explain-object.js";
import { explainPick, explainUnion } from "./explain-union.js";
import { describe, holds, toWalk, typesOf } from "./explain-value.js";
import { maxVisits, type Walk } from "./explain-walk.js";
import { didYouMean, escaped, type Key, list, maxIssues, quote, wordsOf } from "./explain-words.js";
import { isJsonObject, maxValueDepth } from "./json-values.js";
import { nearestName } from "./nearest-name.js";
import type { CheckError, Rule, Shape } from "./shape.js";
import type { ValidationIssue } from "./validation.js";

/** Walks a shape along a value, and remembers where it is. */
class Explainer implements Walk {
  readonly issues: ValidationIssue[] = [];
  readonly path: Key[] = [];
  readonly holders: unknown[] = [];
  visits = 0;
  depth = 0;

  constructor(readonly limit: number) {}

  add(op: number, asserted: unknown, value: unknown, hint?: string): void {
    if (this.issues.length >= this.limit) return;
    const { keyword, before, after } = wordsOf(op);
    const expected = after === undefined ? before : `${before}${asserted}${after}`;
    let pointer = "";
    for (const key of this.path) pointer += `/${escaped(key)}`;
    const received = describe(value);
    const message = `must be ${expected}`;
    this.issues.push(
      hint === undefined
        ? { pointer, keyword, expected, received, message }
        : { pointer, keyword, expected, received, message, hint },
    );
  }

  /** What is wrong, asked apart from what was found so far. */
  trial(shape: Shape, value: unknown): readonly ValidationIssue[] {
    const inner = new Explainer(1);
    inner.visits = this.visits;
    inner.depth = this.depth;
    inner.visit(shape, value);
    this.visits = inner.visits;
    return inner.issues;
  }

  accepts(shape: Shape, value: unknown): boolean {
    return this.trial(shape, value).length === 0;
  }

  /** Does something about a member, or about what is missing there. */
  at(holder: unknown, key: Key, run: () => void): void {
    this.path.push(key);
    this.holders.push(holder);
    run();
    this.path.pop();
    this.holders.pop();
  }

  inside(holder: unknown, key: Key, shape: Shape, value: unknown): void {
    const rest = toWalk(shape, value);
    if (!rest) return;
    this.path.push(key);
    this.holders.push(holder);
    this.visit(rest, value);
    this.path.pop();
    this.holders.pop();
  }

  visit(shape: Shape, value: unknown): void {
    if (++this.visits > maxVisits) return;
    for (const rule of shape) {
      if (this.issues.length >= this.limit) return;
      if (rule[0] < 17 || rule[0] === 35) {
        if (holds(rule, value)) continue;
        this.refused(rule, value);
        if (rule[0] < 3) return;
      } else this.apply(rule, value);
    }
  }

  refused(rule: Rule, value: unknown): void {
    const [op, asserted] = rule;
    if (op === 0) this.add(0, typesOf(rule[1]), value);
    else if (op === 1) this.add(1, quote(asserted), value);
    else if (op === 2) {
      const texts = rule[1].filter((item) => typeof item === "string");
      const near = typeof value === "string" ? nearestName(value, texts) : undefined;
      this.add(2, `one of ${list(rule[1])}`, value, didYouMean(near));
    } else this.add(op, asserted, value);
  }

  apply(rule: Rule, value: unknown): void {
    switch (rule[0]) {
      case 28:
        for (const branch of rule[1]) this.visit(branch, value);
        return;
      case 29:
      case 30:
        explainUnion(this, rule[0], rule[1], value);
        return;
      case 31:
        explainPick(this, rule, value);
        return;
      case 32:
        if (this.accepts(rule[1], value)) this.add(32, "", value);
        return;
      case 33:
        this.visit(this.accepts(rule[1], value) ? rule[2] : rule[3], value);
        return;
      case 34:
        if (++this.depth > maxValueDepth) this.add(34, "", value);
        else this.visit(rule[1](), value);
        this.depth--;
        return;
      case 36:
        if (this.issues.length === 0 && !rule[1](value)) foreign(this, rule[1].errors?.at(-1), value);
        return;
      case 37:
        if (!rule[1](value)) this.visit(rule[2], value);
        return;
      default:
    }
    if (isJsonObject(value)) explainObject(this, rule, value);
    else if (Array.isArray(value)) explainArray(this, rule, value);
  }
}

/** What Ajv's code refused. */
function foreign(walk: Walk, error: CheckError | undefined, value: unknown): void {
  const { instancePath = "", keyword = "schema", params = {} } = error ?? {};
  const { unevaluatedProperty: key } = params;
  walk.add(typeof key === "string" ? 20 : 36, "", value);
  const issue = walk.issues.pop();
  const below = typeof key === "string" ? `/${escaped(key)}` : "";
  if (issue) walk.issues.push({ ...issue, keyword, pointer: issue.pointer + instancePath + below });
}

/**
 * Says what is wrong with a refused value: the first fault, or up to 20.
 * @returns at least one issue, also for a value that nothing is wrong with
 */
export function explain(
  shape: Shape,
  value: unknown,
  allErrors: boolean,
): readonly [ValidationIssue, ...ValidationIssue[]] {
  const explainer = new Explainer(allErrors ? maxIssues : 1);
  explainer.visit(shape, value);
  if (explainer.issues.length === 0) explainer.add(36, "", value);
  const { issues } = explainer;
  if (!isFilled(issues)) throw new TypeError("Failed to explain a refusal: no issue was added.");
  return issues;
}

function isFilled<T>(items: readonly T[]): items is readonly [T, ...T[]] {
  return items.length > 0;
}
