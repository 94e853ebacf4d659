/** Names longer than this are not compared: the work grows with the product of both lengths. */
const maxComparedLength = 64;

/** Most names that are compared with one word. */
const maxComparedNames = 200;

/** Which letters a word has, one bit for each of 32 kinds. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** Edits (insert, delete, replace, swap of neighbours) from one word to another; the optimal string alignment distance. */
function editDistance(first: string, second: string): number {
  let start = 0;
  let end = 0;
  const shorter = Math.min(first.length, second.length);
  while (start < shorter && first.charCodeAt(start) === second.charCodeAt(start)) start++;
  while (
    end < shorter - start &&
    first.charCodeAt(first.length - 1 - end) === second.charCodeAt(second.length - 1 - end)
  )
    end++;
  const a = first.slice(start, first.length - end);
  const b = second.slice(start, second.length - end);
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

/** The name that `word` was most likely meant to be: at most a third of its letters, and at most three, differ. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  if (word.length > maxComparedLength) return undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let near: string | undefined;
  const letters = lettersOf(word);
  const count = Math.min(names.length, maxComparedNames);
  for (let index = 0; index < count; index++) {
    const name = names[index] ?? "";
    if (Math.abs(name.length - word.length) > limit || name === word) continue;
    // One edit changes at most two kinds of letters.
    if (countBits(letters ^ lettersOf(name)) > 2 * limit) continue;
    const distance = editDistance(word, name);
    if (distance > limit) continue;
    near = name;
    limit = distance - 1;
    if (limit === 0) break;
  }
  return near;
}
