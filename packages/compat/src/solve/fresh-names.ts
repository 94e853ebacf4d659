import { type Item, not } from "../formula/node.js";
import { findNames, type Names } from "./find-names.js";
import { holds } from "./holds.js";
import type { Solver } from "./solver.js";

/** Rules for the members whose names are in one set. */
export interface Group {
  readonly names: Item;
  readonly values: Item[];
  /** The one name of the set, if it has only one. */
  readonly key: string | undefined;
}

/** Names that fall under the same rules, or why they could not be told. */
export type Region =
  | {
      readonly kind: "region";
      /** Everything that is asked of their values. */
      readonly values: readonly Item[];
      /** Up to that many of the names. */
      readonly names: (count: number) => Names;
    }
  | { readonly kind: "unknown"; readonly reason: string };

/** Most sets of names that are told apart. */
const maxGroups = 10;

/** The regions into which rules divide the names that meet `wanted` and are none of `used`. */
export function fresh(
  solver: Solver,
  wanted: readonly Item[],
  groups: readonly Group[],
  used: readonly string[],
): readonly Region[] {
  const shared = groups.filter(({ key }) => key === undefined);
  if (shared.length > maxGroups)
    return [{ kind: "unknown", reason: `names fall under over ${maxGroups} rules` }];
  const { formulas } = solver;
  const others = used.length === 0 ? [] : [not(formulas.among(used))];
  const regions: Region[] = [];
  const visit = (index: number, names: readonly Item[], values: readonly Item[]): void => {
    const answer = findNames(solver, names, 1);
    if (answer.reason !== undefined) regions.push({ kind: "unknown", reason: answer.reason });
    const [sample] = answer.names;
    if (sample === undefined) return;
    const group = shared[index];
    if (!group) {
      regions.push({ kind: "region", values, names: (count) => findNames(solver, names, count) });
      return;
    }
    const isNamed = holds(group.names, sample, solver.effort) === true;
    const inside = (): void => visit(index + 1, [...names, group.names], [...values, ...group.values]);
    const outside = (): void => visit(index + 1, [...names, not(group.names)], values);
    // Outside first where the sample shows that there is something: fewer rules, simpler values.
    if (isNamed) inside();
    outside();
    if (!isNamed) inside();
  };
  visit(0, [formulas.types(["string"]), ...wanted, ...others], []);
  return regions;
}
