import { maxTextLength } from "./bounds.js";
import type { StringAnswer, StringConditions } from "./conditions.js";

/** What texts are made of when nothing restricts them. */
const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Text number `index` of a length, counted like a number whose digits are letters; undefined past the last. */
function textAt(index: number, length: number): string | undefined {
  let text = "";
  let left = index;
  for (let place = 0; place < length && (left > 0 || place === 0); place++) {
    text = letters.charAt(left % letters.length) + text;
    left = Math.floor(left / letters.length);
  }
  return left > 0 ? undefined : text.padStart(length, letters.charAt(0));
}

/**
 * Answers where there are no patterns, without an automaton; undefined where the excluded strings are so many
 * that letters and digits may not suffice.
 */
export function findUnrestricted(
  { minLength, maxLength, excluded }: StringConditions,
  count: number,
): StringAnswer | undefined {
  if (minLength > maxTextLength)
    return { kind: "unknown", reason: `strings over ${maxTextLength} characters are not written out` };
  if (maxLength < 1)
    return excluded.has("") ? { kind: "none" } : { kind: "found", texts: [""], complete: true };
  const texts: string[] = [];
  const first = Math.max(minLength, 1);
  const last = Math.min(maxLength, maxTextLength);
  for (let length = first, index = 0; length <= last; ) {
    const text = textAt(index, length);
    if (text === undefined) {
      // Longer ones begin at zero again.
      length++;
      index = 0;
      continue;
    }
    if (!excluded.has(text)) texts.push(text);
    if (texts.length >= count) return { kind: "found", texts, complete: false };
    index++;
  }
  return undefined;
}
