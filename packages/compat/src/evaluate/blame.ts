import type { Refusal } from "./refusal.js";

/** Keywords by which branches of unions are told apart. */
const telling: ReadonlySet<string> = new Set(["const", "enum", "type", "pattern"]);

/** How far a branch is from accepting: refused by what tells branches apart first, then by the number of reasons. */
function distance(refusals: readonly Refusal[], at: string): number {
  const isOther = ({ keyword, valuePointer }: Refusal): boolean =>
    telling.has(keyword) && valuePointer.split("/").length <= at.split("/").length + 1;
  return refusals.filter(isOther).length * 1_000 + refusals.length;
}

/** Whether a branch was refused by what tells it apart, so that it was never meant. */
function isOtherBranch(refusals: readonly Refusal[], at: string): boolean {
  return distance(refusals, at) >= 1_000;
}

/** The one keyword to blame: of a union, the reason of the branch that comes nearest, if one was meant. */
export function blame(refusals: readonly Refusal[]): Refusal | undefined {
  const [first] = refusals;
  if (!first || first.branches.length === 0) return first;
  const nearest = [...first.branches].sort(
    (a, b) => distance(a, first.valuePointer) - distance(b, first.valuePointer),
  )[0];
  if (!nearest || isOtherBranch(nearest, first.valuePointer)) return first;
  return blame(nearest) ?? first;
}
