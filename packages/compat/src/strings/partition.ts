import { BoundReached, maxKinds } from "./bounds.js";
import {
  type CodePointRange,
  type CodePointSet,
  hasCodePoint,
  intersectionOf,
  maxCodePoint,
  unionOf,
} from "./code-point-set.js";
import { highSurrogates, lowSurrogates, wordCharacters } from "./named-sets.js";
import { inReadingOrder, type ReadingOrder } from "./reading-order.js";

/** Characters that no pattern of a question can tell apart. */
export interface CharacterKind extends ReadingOrder {
  readonly surrogate: "high" | "low" | undefined;
  readonly isWord: boolean;
  /** Indexes of the sets that hold them. */
  readonly members: ReadonlySet<number>;
}

/** Lists the code points at which some set begins, or the one after its end. */
function boundariesOf(sets: readonly CodePointSet[]): readonly number[] {
  const boundaries = new Set(sets.flatMap((set) => set.flatMap(([first, last]) => [first, last + 1])));
  return [...boundaries.add(0)].filter((point) => point <= maxCodePoint).sort((a, b) => a - b);
}

/** The indexes of the sets that hold each stretch between two boundaries. */
function membersByStretch(sets: readonly CodePointSet[], starts: readonly number[]): readonly number[][] {
  const places = new Map(starts.map((start, index) => [start, index]));
  const members: number[][] = starts.map(() => []);
  for (const [index, set] of sets.entries()) {
    for (const [first, last] of set) {
      for (let at = places.get(first) ?? 0; (starts[at] ?? maxCodePoint + 1) <= last; at++)
        members[at]?.push(index);
    }
  }
  return members;
}

function kindOf(ranges: CodePointSet, members: readonly number[]): CharacterKind {
  const [[point] = [0]] = ranges;
  return {
    ...inReadingOrder(ranges),
    surrogate: hasCodePoint(highSurrogates, point)
      ? "high"
      : hasCodePoint(lowSurrogates, point)
        ? "low"
        : undefined,
    isWord: intersectionOf(ranges, wordCharacters).length > 0,
    members: new Set(members),
  };
}

/**
 * Divides all code points by the sets they belong to; the kind with the most readable character comes first.
 * Both sorts of surrogates are kinds of their own.
 * @throws BoundReached when there are too many kinds
 */
export function partitionBy(sets: readonly CodePointSet[]): readonly CharacterKind[] {
  const all = [...sets, highSurrogates, lowSurrogates];
  const starts = boundariesOf(all);
  const groups = new Map<string, { ranges: CodePointRange[]; members: readonly number[] }>();
  for (const [at, members] of membersByStretch(all, starts).entries()) {
    const range: CodePointRange = [starts[at] ?? 0, (starts[at + 1] ?? maxCodePoint + 1) - 1];
    const key = members.join();
    const group = groups.get(key);
    if (group) group.ranges.push(range);
    else groups.set(key, { ranges: [range], members });
  }
  if (groups.size > maxKinds) throw new BoundReached("the patterns tell too many kinds of characters apart");
  const kinds = [...groups.values()].map(({ ranges, members }) => kindOf(unionOf(ranges), members));
  return kinds.sort((a, b) => a.rank - b.rank);
}
