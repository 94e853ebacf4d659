import {
  type CodePointRange,
  type CodePointSet,
  complementOf,
  intersectionOf,
  maxCodePoint,
} from "./code-point-set.js";
import { highSurrogates, lowSurrogates } from "./named-sets.js";

/** What a person reads most easily comes first; lone surrogates, which no text should hold, come last. */
const bands: readonly CodePointSet[] = [
  [[0x61, 0x7a]],
  [[0x30, 0x39]],
  [[0x41, 0x5a]],
  [[0x2d, 0x2d]],
  [[0x5f, 0x5f]],
  [[0x2e, 0x2e]],
  [[0x21, 0x7e]],
  [[0x20, 0x20]],
  [[0x09, 0x0a]],
  // Latin, Greek and Cyrillic letters, then scripts of the first plane, then pictures.
  [[0xc0, 0x24f]],
  [
    [0x391, 0x3c9],
    [0x410, 0x44f],
  ],
  [
    [0xa1, 0x2ff],
    [0x3041, 0xd7a3],
  ],
  [[0x1f300, 0x1f64f]],
  [
    [0x300, 0x1fff],
    [0x2010, 0x2027],
    [0x2030, 0xd7ff],
    [0xf900, 0xfdcf],
    [0xfdf0, 0xfffd],
    [0x10000, 0x2fffd],
  ],
  complementOf([[0xd800, 0xdfff]]),
  highSurrogates,
  lowSurrogates,
];

/** The ranges of a set, the most readable first; `rank` compares the first character with that of other sets. */
export interface ReadingOrder {
  readonly ranges: readonly CodePointRange[];
  readonly rank: number;
}

/** Sorts a set so that its most readable characters come first. */
export function inReadingOrder(set: CodePointSet): ReadingOrder {
  const ranges: CodePointRange[] = [];
  let rank = Number.POSITIVE_INFINITY;
  let rest = set;
  for (const [index, band] of bands.entries()) {
    if (rest.length === 0) break;
    const part = intersectionOf(rest, band);
    const [first] = part;
    if (!first) continue;
    if (ranges.length === 0) rank = index * (maxCodePoint + 1) + first[0];
    ranges.push(...part);
    rest = intersectionOf(rest, complementOf(band));
  }
  return { ranges, rank };
}

/** The character at a place of a reading order; undefined past its end. */
export function characterAt({ ranges }: ReadingOrder, index: number): string | undefined {
  let left = index;
  for (const [first, last] of ranges) {
    const size = last - first + 1;
    if (left < size) return String.fromCodePoint(first + left);
    left -= size;
  }
  return undefined;
}
