/** Code points from the first to the last, both included. */
export type CodePointRange = readonly [first: number, last: number];

/** A set of code points: ranges in ascending order that neither touch nor overlap. */
export type CodePointSet = readonly CodePointRange[];

/** The last code point of Unicode. */
export const maxCodePoint = 0x10ffff;

/** Every code point, lone surrogates included. */
export const anyCodePoint: CodePointSet = [[0, maxCodePoint]];

/** The set of all code points of some ranges, in whatever order they come. */
export function unionOf(ranges: Iterable<CodePointRange>): CodePointSet {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The code points that are not in a set. */
export function complementOf(set: CodePointSet): CodePointSet {
  const gaps: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= maxCodePoint) gaps.push([next, maxCodePoint]);
  return gaps;
}

/** The code points that are in both sets. */
export function intersectionOf(left: CodePointSet, right: CodePointSet): CodePointSet {
  return complementOf(unionOf([...complementOf(left), ...complementOf(right)]));
}

/** Whether a code point is in a set. */
export function hasCodePoint(set: CodePointSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = set[middle] ?? [0, 0];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}
