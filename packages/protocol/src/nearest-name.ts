/** Names longer than this are not compared: the work grows with the product of both lengths. */
const maxComparedLength = 64;

/** Most names that are compared with one word. */
const maxComparedNames = 200;

/** Edits (insert, delete, replace, swap of neighbours) from one word to another; the optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? a.length;
}

/** The name that `word` was most likely meant to be: at most a third of its letters differ. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  if (word.length > maxComparedLength) return undefined;
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = names
    .slice(0, maxComparedNames)
    .filter((name) => name !== word && Math.abs(name.length - word.length) <= limit)
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .filter(({ distance }) => distance <= limit);
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}
