import { bitOf } from "./explain-value.js";
import { maxVisits, type Walk } from "./explain-walk.js";
import type { Rule } from "./shape.js";

/** Rules about the items of an array. */
export function explainArray(walk: Walk, rule: Rule, value: readonly unknown[]): void {
  switch (rule[0]) {
    case 25:
      for (const [index, shape] of rule[1].entries()) {
        if (index < value.length) walk.inside(value, index, shape, value[index]);
      }
      return;
    case 26: {
      const [, shape, from] = rule;
      const [first] = shape;
      const types = shape.length === 1 && first?.[0] === 0 ? first[1] : 0;
      for (let index = from; index < value.length; index++) {
        // Most arrays hold values of one type: those are only looked at.
        if ((bitOf(value[index]) & types) !== 0) continue;
        walk.inside(value, index, shape, value[index]);
        if (walk.issues.length >= walk.limit || walk.visits > maxVisits) return;
      }
      return;
    }
    case 27: {
      const [, shape, min, max = value.length] = rule;
      const count = value.filter((item) => walk.accepts(shape, item)).length;
      if (count < min || count > max) walk.add(27, "", value);
      return;
    }
    default:
  }
}
