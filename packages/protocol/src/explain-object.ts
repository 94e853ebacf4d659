import { expressionOf, memberOf } from "./explain-value.js";
import type { Walk } from "./explain-walk.js";
import { cutKey, didYouMean, list } from "./explain-words.js";
import { isJsonObject } from "./json-values.js";
import { nearestName } from "./nearest-name.js";
import type { Rule, Shape } from "./shape.js";

/** Rules about the members of an object. */
export function explainObject(walk: Walk, rule: Rule, value: Record<string, unknown>): void {
  switch (rule[0]) {
    case 17:
      for (const key of rule[1]) if (memberOf(value, key) === undefined) missing(walk, 17, value, key);
      return;
    case 18:
      for (let index = 0; index < rule[1].length; index++) {
        const key = rule[1][index] ?? "";
        const inner = rule[2][index];
        const member = memberOf(value, key);
        if (inner && member !== undefined) walk.inside(value, key, inner, member);
      }
      return;
    case 19:
    case 20:
      others(walk, rule[0], rule[1], rule[2], rule[3] ?? [], value);
      return;
    case 21:
      for (const pattern in rule[1]) {
        const expression = expressionOf(pattern);
        const inner = rule[1][pattern] ?? [];
        for (const key in value) if (expression.test(key)) walk.inside(value, key, inner, value[key]);
      }
      return;
    case 22:
      for (const key in value) walk.inside(value, key, rule[1], key);
      return;
    case 23:
      for (const key in rule[1]) {
        if (memberOf(value, key) === undefined) continue;
        for (const name of rule[1][key] ?? [])
          if (memberOf(value, name) === undefined) missing(walk, 23, value, name);
      }
      return;
    case 24:
      for (const key in rule[1])
        if (memberOf(value, key) !== undefined) walk.visit(rule[1][key] ?? [], value);
      return;
    default:
  }
}

/** Keys that the schema does not name. */
function others(
  walk: Walk,
  op: number,
  keys: readonly string[],
  shape: Shape,
  patterns: readonly string[],
  value: Record<string, unknown>,
): void {
  const expressions = patterns.map(expressionOf);
  for (const key in value) {
    if (keys.includes(key) || expressions.some((expression) => expression.test(key))) continue;
    if (shape[0]?.[0] !== 35) walk.inside(value, key, shape, value[key]);
    else {
      const near = nearestName(
        key,
        keys.filter((name) => memberOf(value, name) === undefined),
      );
      const hint = didYouMean(near) ?? `remove it; allowed are ${list(keys) || "no properties"}`;
      walk.at(value, key, () => walk.add(op, "", value[key], hint));
    }
    if (walk.issues.length >= walk.limit) return;
  }
}

/** A key that is not there: perhaps it stands under a near name, one level down, or one level up. */
function missing(walk: Walk, op: number, value: Record<string, unknown>, key: string): void {
  const keys = Object.keys(value);
  const near = nearestName(key, keys);
  const hint =
    near === undefined ? moved(walk, value, key, keys) : `did you mean "${key}" where "${near}" stands?`;
  walk.at(value, key, () => walk.add(op, "", undefined, hint));
}

function moved(walk: Walk, value: Record<string, unknown>, key: string, keys: readonly string[]): string {
  for (let index = 0; index < keys.length && index < 200; index++) {
    const inner = value[keys[index] ?? ""];
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner) && Object.hasOwn(inner, key))
      return `move "${key}" out of "${cutKey(keys[index] ?? "")}"`;
  }
  const holder = walk.holders.at(-1);
  return isJsonObject(holder) && Object.hasOwn(holder, key)
    ? `move "${key}" into "${cutKey(String(walk.path.at(-1)))}"`
    : `add "${key}"`;
}
