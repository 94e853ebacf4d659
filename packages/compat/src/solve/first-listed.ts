import { type Scalar, typeOf } from "../formula/node.js";
import { type Answer, empty, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
import { holds } from "./holds.js";

/** The first of a list of values that meets everything in a branch: there are no others. */
export function firstListed({ type, literals, doubt, effort }: Branch, values: Iterable<Scalar>): Answer {
  let isSure = true;
  for (const value of values) {
    if (typeOf(value) !== type) continue;
    const results = literals.map((item) => holds(item, value, effort));
    if (results.includes(false)) continue;
    if (!results.includes(undefined)) return found(value, doubt);
    isSure = false;
  }
  return isSure ? empty : unknown("whether a listed value is accepted is not modelled");
}
