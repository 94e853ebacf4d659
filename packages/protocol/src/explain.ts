import {
  deepEqual,
  hasMaxLength,
  hasMinLength,
  hasUniqueItems,
  isJsonObject,
  isMultipleOf,
  maxValueDepth,
} from "./json-values.js";
import { lettersOfAll, nearestName } from "./nearest-name.js";
import { type Rule, ruleKeywords, type Shape, typeBits } from "./shape.js";
import type { ValidationIssue } from "./validation.js";

/** Most faults that are collected, and most names that a text lists. */
const maxIssues = 20;

/** Most shapes that one explanation looks at: unions within unions multiply. */
const maxVisits = 20_000;

type Key = string | number;

const quote = JSON.stringify;

const escaped = (key: Key): string =>
  typeof key === "string" && /[~/]/.test(key) ? key.replaceAll("~", "~0").replaceAll("/", "~1") : String(key);

/** The bit of `typeBits` for a value; 0 for what JSON has no word for. */
function bitOf(value: unknown): number {
  if (typeof value === "string") return 4;
  if (typeof value === "number") return Number.isFinite(value) ? (value % 1 === 0 ? 16 : 8) : 0;
  if (typeof value === "object") return value === null ? 1 : Array.isArray(value) ? 32 : 64;
  return typeof value === "boolean" ? 2 : 0;
}

const typeTexts = /* @__PURE__ */ new Map<number, string>();

/** The names of a sum of `typeBits`. */
function typesOf(mask: number): string {
  const known = typeTexts.get(mask);
  if (known !== undefined) return known;
  const names = Object.entries(typeBits).filter(([, bits]) => (mask & bits) === bits);
  const kept = names.filter(([name]) => name !== "integer" || (mask & typeBits.number) !== typeBits.number);
  const text = kept.map(([name]) => name).join(" or ");
  typeTexts.set(mask, text);
  return text;
}

function describe(value: unknown): string {
  if (typeof value === "string") return `string of ${value.length} characters`;
  if (Array.isArray(value)) return `array of ${value.length} items`;
  return value === undefined ? "nothing" : value === null ? "null" : typeof value;
}

const list = (items: readonly unknown[]): string =>
  items
    .slice(0, maxIssues)
    .map((item) => quote(item))
    .join(", ");

const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean "${near}"?`;

/** An own member; what an object has by inheritance is no JSON. */
function memberOf(object: Record<string, unknown>, key: string): unknown {
  const member = object[key];
  if (typeof member === "function" || key === "__proto__")
    return Object.hasOwn(object, key) ? member : undefined;
  return member;
}

/** Whether a bound, or another rule about the value alone, holds. */
function holds(rule: Rule, value: unknown): boolean {
  switch (rule[0]) {
    case 0:
      return (bitOf(value) & rule[1]) !== 0;
    case 1:
      return deepEqual(value, rule[1]);
    case 2:
      return rule[1].some((item) => deepEqual(value, item));
    case 3:
      return typeof value !== "string" || hasMinLength(value, rule[1]);
    case 4:
      return typeof value !== "string" || hasMaxLength(value, rule[1]);
    case 5:
      return !Array.isArray(value) || value.length >= rule[1];
    case 6:
      return !Array.isArray(value) || value.length <= rule[1];
    case 7:
      return !isJsonObject(value) || Object.keys(value).length >= rule[1];
    case 8:
      return !isJsonObject(value) || Object.keys(value).length <= rule[1];
    case 14:
      return typeof value !== "string" || new RegExp(rule[1], "u").test(value);
    case 15:
      return typeof value !== "string" || rule[2](value);
    case 16:
      return !Array.isArray(value) || hasUniqueItems(value);
    case 35:
      return false;
    default:
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return true;
  switch (rule[0]) {
    case 9:
      return value >= rule[1];
    case 10:
      return value <= rule[1];
    case 11:
      return value > rule[1];
    case 12:
      return value < rule[1];
    case 13:
      return isMultipleOf(value, rule[1]);
    default:
      return true;
  }
}

/** Whether every rule of a shape is about the value alone and holds, or a check says so: then nothing is walked. */
function isFine(shape: Shape, value: unknown): boolean {
  for (const rule of shape) {
    if (rule[0] === 37 ? !rule[1](value) : rule[0] >= 17 || !holds(rule, value)) return false;
  }
  return true;
}

interface Words {
  readonly keyword: string;
  readonly before: string;
  /** What follows the asserted value; undefined when the phrase does not name it. */
  readonly after: string | undefined;
}

/** `ruleKeywords`, taken apart once. */
const words: Words[] = [];

function wordsOf(op: number): Words {
  const known = words[op];
  if (known) return known;
  const [keyword = "", phrase = "#"] = ruleKeywords[op]?.split(":") ?? [];
  const [before = "", after] = phrase.split("#");
  const found = { keyword, before, after };
  words[op] = found;
  return found;
}

class Explainer {
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
    this.path.push(key);
    this.holders.push(holder);
    this.visit(shape, value);
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
        this.union(rule[0], rule[1], value);
        return;
      case 31:
        this.pick(rule, value);
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
        if (this.issues.length === 0 && !rule[1](value)) this.foreign(rule[1].errors?.at(-1), value);
        return;
      case 37:
        if (!rule[1](value)) this.visit(rule[2], value);
        return;
      default:
    }
    if (isJsonObject(value)) this.object(rule, value);
    else if (Array.isArray(value)) this.array(rule, value);
  }

  object(rule: Rule, value: Record<string, unknown>): void {
    switch (rule[0]) {
      case 17:
        for (const key of rule[1]) if (memberOf(value, key) === undefined) this.missing(17, value, key);
        return;
      case 18:
        for (const key in rule[1]) {
          const inner = rule[1][key];
          const member = memberOf(value, key);
          if (inner && member !== undefined && !isFine(inner, member)) this.inside(value, key, inner, member);
        }
        return;
      case 19:
      case 20:
        this.others(rule[0], rule[1], rule[2], rule[3] ?? [], value);
        return;
      case 21:
        for (const pattern in rule[1]) {
          const expression = new RegExp(pattern, "u");
          const inner = rule[1][pattern] ?? [];
          for (const key in value) if (expression.test(key)) this.inside(value, key, inner, value[key]);
        }
        return;
      case 22:
        for (const key in value) this.inside(value, key, rule[1], key);
        return;
      case 23:
        for (const key in rule[1]) {
          if (memberOf(value, key) === undefined) continue;
          for (const name of rule[1][key] ?? [])
            if (memberOf(value, name) === undefined) this.missing(23, value, name);
        }
        return;
      case 24:
        for (const key in rule[1])
          if (memberOf(value, key) !== undefined) this.visit(rule[1][key] ?? [], value);
        return;
      default:
    }
  }

  /** Keys that the schema does not name. */
  others(
    op: number,
    keys: readonly string[],
    shape: Shape,
    patterns: readonly string[],
    value: Record<string, unknown>,
  ): void {
    const expressions = patterns.map((pattern) => new RegExp(pattern, "u"));
    for (const key in value) {
      if (keys.includes(key) || expressions.some((expression) => expression.test(key))) continue;
      if (shape[0]?.[0] !== 35) this.inside(value, key, shape, value[key]);
      else {
        const near = nearestName(
          key,
          keys.filter((name) => memberOf(value, name) === undefined),
        );
        const hint = didYouMean(near) ?? `remove it; allowed are ${list(keys) || "no properties"}`;
        this.at(value, key, () => this.add(op, "", value[key], hint));
      }
      if (this.issues.length >= this.limit) return;
    }
  }

  /** A key that is not there: perhaps it stands under a near name, one level down, or one level up. */
  missing(op: number, value: Record<string, unknown>, key: string): void {
    const keys = Object.keys(value);
    const near = nearestName(key, keys);
    const hint =
      near === undefined ? this.moved(value, key, keys) : `did you mean "${key}" where "${near}" stands?`;
    this.path.push(key);
    this.add(op, "", undefined, hint);
    this.path.pop();
  }

  moved(value: Record<string, unknown>, key: string, keys: readonly string[]): string {
    for (let index = 0; index < keys.length && index < 200; index++) {
      const inner = value[keys[index] ?? ""];
      if (typeof inner === "object" && inner !== null && !Array.isArray(inner) && Object.hasOwn(inner, key))
        return `move "${key}" out of "${keys[index]}"`;
    }
    const holder = this.holders.at(-1);
    return isJsonObject(holder) && Object.hasOwn(holder, key)
      ? `move "${key}" into "${this.path.at(-1)}"`
      : `add "${key}"`;
  }

  array(rule: Rule, value: readonly unknown[]): void {
    switch (rule[0]) {
      case 25:
        for (const [index, shape] of rule[1].entries()) {
          if (index < value.length) this.inside(value, index, shape, value[index]);
        }
        return;
      case 26: {
        const [, shape, from] = rule;
        for (let index = from; index < value.length; index++) {
          if (isFine(shape, value[index])) continue;
          this.inside(value, index, shape, value[index]);
          if (this.issues.length >= this.limit || this.visits > maxVisits) return;
        }
        return;
      }
      case 27: {
        const [, shape, min, max = value.length] = rule;
        const count = value.filter((item) => this.accepts(shape, item)).length;
        if (count < min || count > max) this.add(27, "", value);
        return;
      }
      default:
    }
  }

  pick([, key, cases, rest]: Extract<Rule, { 0: 31 }>, value: unknown): void {
    const isTuple = typeof key === "number";
    if (isTuple ? !Array.isArray(value) : !isJsonObject(value)) {
      this.add(0, isTuple ? "array" : "object", value);
      return;
    }
    const tag = isTuple
      ? Reflect.get(Object(value), key)
      : isJsonObject(value)
        ? memberOf(value, key)
        : undefined;
    // A long text would be hashed to be looked up, and names no message.
    const text = typeof tag === "string" && tag.length > 256 ? "" : String(tag);
    const picked = Object.hasOwn(cases, text) ? cases[text] : undefined;
    if (picked) this.visit(picked, value);
    else if (rest && this.fits(rest, key, tag)) this.visit(rest, value);
    else {
      const known = namesOf(cases);
      const near = typeof tag === "string" ? nearestName(tag, known.names, known.letters) : undefined;
      const hint = tag === undefined ? `add "${key}", which names the message` : didYouMean(near);
      this.at(value, key, () => this.add(tag === undefined ? 17 : 31, "", tag, hint));
    }
  }

  /** Whether a shape could be meant by a value with that tag. */
  fits(shape: Shape, key: Key, tag: unknown): boolean {
    return shape.every((rule) => {
      if (rule[0] === 29 || rule[0] === 30) return rule[1].some((branch) => this.fits(branch, key, tag));
      if (rule[0] === 28) return rule[1].every((part) => this.fits(part, key, tag));
      const inner = rule[0] === 18 ? rule[1][key] : rule[0] === 25 ? rule[1][Number(key)] : undefined;
      return inner === undefined || this.accepts(inner, tag);
    });
  }

  /** Explains the branch that came furthest: of the right type, and with the constants that name it. */
  union(op: 29 | 30, branches: readonly Shape[], value: unknown): void {
    const trials = branches.map((branch) => this.trial(branch, value));
    const fit = trials.filter((issues) => issues.length === 0).length;
    if (fit > 1 && op === 30) this.add(30, "", value);
    if (fit > 0) return;
    const ranks = trials.map(([issue]) => {
      const levels = (issue?.pointer.split("/").length ?? 1) - 1;
      const isTag = levels < 2 && (issue?.keyword === "const" || issue?.keyword === "enum");
      return levels === 0 && issue?.keyword === "type" ? 0 : 2 + levels * 2 - (isTag ? 3 : 0);
    });
    const best = ranks.indexOf(Math.max(...ranks));
    const branch = branches[best];
    if (branch && (ranks[best] ?? 0) > 0) this.visit(branch, value);
    else {
      const expected = trials.flatMap((issues) =>
        issues.flatMap((issue) => (issue.pointer === "" ? issue.expected : [])),
      );
      this.add(29, [...new Set(expected)].slice(0, maxIssues).join(" or "), value);
    }
  }

  /** What Ajv's code refused. */
  foreign(
    error: { instancePath: string; keyword: string; params: Readonly<Record<string, unknown>> } | undefined,
    value: unknown,
  ): void {
    const { instancePath = "", keyword = "schema", params = {} } = error ?? {};
    const { unevaluatedProperty: key } = params;
    this.add(typeof key === "string" ? 20 : 36, "", value);
    const issue = this.issues.pop();
    const below = typeof key === "string" ? `/${escaped(key)}` : "";
    if (issue) this.issues.push({ ...issue, keyword, pointer: issue.pointer + instancePath + below });
  }
}

interface Names {
  readonly names: readonly string[];
  readonly letters: readonly number[];
}

const namesByCases = /* @__PURE__ */ new WeakMap<object, Names>();

/** The keys of an object that never changes. */
function namesOf(cases: object): Names {
  const known = namesByCases.get(cases);
  if (known) return known;
  const names = Object.keys(cases);
  const found = { names, letters: lettersOfAll(names) };
  namesByCases.set(cases, found);
  return found;
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
