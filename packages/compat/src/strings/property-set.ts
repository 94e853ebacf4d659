import { BoundedCache } from "./bounded-cache.js";
import { type CodePointRange, type CodePointSet, maxCodePoint, unionOf } from "./code-point-set.js";

/** Code points asked about at once; no chunk holds both sorts of surrogates, which would be read as pairs. */
const chunkSize = 0x400;

const known = new BoundedCache<CodePointSet>(64);

/** The characters of a chunk, one after another; by units, since spreading code points takes twice as long. */
function chunkFrom(first: number): string {
  const units: number[] = [];
  for (let point = first; point < first + chunkSize; point++) {
    if (point <= 0xffff) units.push(point);
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
  }
  return String.fromCharCode(...units);
}

function* rangesOf(atom: string): Generator<CodePointRange> {
  const runs = new RegExp(`${atom}+`, "gu");
  for (let first = 0; first <= maxCodePoint; first += chunkSize) {
    const unitsEach = first > 0xffff ? 2 : 1;
    for (const { 0: run, index } of chunkFrom(first).matchAll(runs)) {
      const start = first + index / unitsEach;
      yield [start, start + run.length / unitsEach - 1];
    }
  }
}

/** The set of a property escape such as `\p{Script=Greek}`, by asking the engine about every code point once. */
export function propertySet(source: string): CodePointSet {
  return known.get(source, () => unionOf(rangesOf(source)));
}
