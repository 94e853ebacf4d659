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

/** The letters of each name, for names that are asked about often. */
export function lettersOfAll(names: readonly string[]): readonly number[] {
  return names.slice(0, maxComparedNames).map(lettersOf);
}

function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Rows of the table below, one after the other; a comparison leaves nothing in them that another reads. */
const width = maxComparedLength + 1;
const table = /* @__PURE__ */ new Uint8Array((maxComparedLength + 1) * (maxComparedLength + 1));

/**
 * Edits (insert, delete, replace, swap of neighbours) from one word to another: the optimal string
 * alignment distance, or anything over `limit` as soon as it is over.
 */
function editDistance(a: string, b: string, limit: number): number {
  let start = 0;
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  const rows = a.length - start;
  const columns = b.length - start;
  for (let j = 0; j <= columns; j++) table[j] = j;
  for (let i = 1; i <= rows; i++) {
    const at = i * width;
    let least = i;
    table[at] = i;
    const letter = a.charCodeAt(start + i - 1);
    for (let j = 1; j <= columns; j++) {
      const other = b.charCodeAt(start + j - 1);
      const replaced = (table[at - width + j - 1] ?? 0) + (letter === other ? 0 : 1);
      let best = Math.min((table[at + j - 1] ?? 0) + 1, (table[at - width + j] ?? 0) + 1, replaced);
      if (i > 1 && j > 1 && letter === b.charCodeAt(start + j - 2) && other === a.charCodeAt(start + i - 2)) {
        best = Math.min(best, (table[at - 2 * width + j - 2] ?? 0) + 1);
      }
      table[at + j] = best;
      if (best < least) least = best;
    }
    if (least > limit) return least;
  }
  return table[rows * width + columns] ?? 0;
}

/**
 * The name that `word` was most likely meant to be: at most a third of its letters, and at most two, differ.
 * @param letters - `lettersOfAll(names)`, for names that are asked about often
 */
export function nearestName(
  word: string,
  names: readonly string[],
  letters?: readonly number[],
): string | undefined {
  if (word.length > maxComparedLength) return undefined;
  let limit = Math.min(2, Math.max(1, Math.floor(word.length / 3)));
  let near: string | undefined;
  const own = lettersOf(word);
  const count = Math.min(names.length, maxComparedNames);
  for (let index = 0; index < count && limit > 0; index++) {
    const name = names[index] ?? "";
    const difference = name.length - word.length;
    if (difference > limit || -difference > limit || name === word || name.length > maxComparedLength)
      continue;
    // One edit changes at most two kinds of letters.
    if (countBits(own ^ (letters?.[index] ?? lettersOf(name))) > 2 * limit) continue;
    const distance = editDistance(word, name, limit);
    if (distance > limit) continue;
    near = name;
    limit = distance - 1;
  }
  return near;
}
