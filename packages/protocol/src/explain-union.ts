import { memberOf } from "./explain-value.js";
import type { Walk } from "./explain-walk.js";
import { didYouMean, type Key, maxIssues, namesOf } from "./explain-words.js";
import { isJsonObject } from "./json-values.js";
import { nearestName } from "./nearest-name.js";
import type { Rule, Shape } from "./shape.js";

export function explainPick(
  walk: Walk,
  [, key, cases, rest]: Extract<Rule, { 0: 31 }>,
  value: unknown,
): void {
  const isTuple = typeof key === "number";
  if (isTuple ? !Array.isArray(value) : !isJsonObject(value)) {
    walk.add(0, isTuple ? "array" : "object", value);
    return;
  }
  const tag = isTuple
    ? Reflect.get(Object(value), key)
    : isJsonObject(value)
      ? memberOf(value, key)
      : undefined;
  // A long text would be hashed and held against patterns only to learn that it names no message.
  const isLong = typeof tag === "string" && tag.length > 256;
  // An object would be asked for its text, and what it answers with is the sender's.
  const name = isLong || (typeof tag === "object" && tag !== null) ? undefined : String(tag);
  const picked = name !== undefined && Object.hasOwn(cases, name) ? cases[name] : undefined;
  if (picked) walk.visit(picked, value);
  else if (rest && !isLong && fits(walk, rest, key, tag)) walk.visit(rest, value);
  else {
    const known = namesOf(cases);
    const near = typeof tag === "string" ? nearestName(tag, known.names, known.letters) : undefined;
    const hint = tag === undefined ? `add "${key}", which names the message` : didYouMean(near);
    walk.at(value, key, () => walk.add(tag === undefined ? 17 : 31, "", tag, hint));
  }
}

/** Whether a shape could be meant by a value with that tag. */
function fits(walk: Walk, shape: Shape, key: Key, tag: unknown): boolean {
  return shape.every((rule) => {
    if (rule[0] === 29 || rule[0] === 30) return rule[1].some((branch) => fits(walk, branch, key, tag));
    if (rule[0] === 28) return rule[1].every((part) => fits(walk, part, key, tag));
    const inner =
      rule[0] === 18
        ? rule[2][rule[1].indexOf(String(key))]
        : rule[0] === 25
          ? rule[1][Number(key)]
          : undefined;
    return inner === undefined || walk.accepts(inner, tag);
  });
}

/** Explains the branch that came furthest: of the right type, and with the constants that name it. */
export function explainUnion(walk: Walk, op: 29 | 30, branches: readonly Shape[], value: unknown): void {
  const trials = branches.map((branch) => walk.trial(branch, value));
  const fit = trials.filter((issues) => issues.length === 0).length;
  if (fit > 1 && op === 30) walk.add(30, "", value);
  if (fit > 0) return;
  const ranks = trials.map(([issue]) => {
    const levels = (issue?.pointer.split("/").length ?? 1) - 1;
    const isTag = levels < 2 && (issue?.keyword === "const" || issue?.keyword === "enum");
    return levels === 0 && issue?.keyword === "type" ? 0 : 2 + levels * 2 - (isTag ? 3 : 0);
  });
  const best = ranks.indexOf(Math.max(...ranks));
  const branch = branches[best];
  if (branch && (ranks[best] ?? 0) > 0) walk.visit(branch, value);
  else {
    const expected = trials.flatMap((issues) =>
      issues.flatMap((issue) => (issue.pointer === "" ? issue.expected : [])),
    );
    walk.add(29, [...new Set(expected)].slice(0, maxIssues).join(" or "), value);
  }
}
