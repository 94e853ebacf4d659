import type { StringConditions } from "./conditions.js";
import { readPattern } from "./read-pattern.js";

/** Whether a pattern matches somewhere in a text; undefined when the engine cannot run it. */
function matchOf(source: string, text: string): boolean | undefined {
  try {
    return readPattern(source).expression?.test(text);
  } catch {
    return undefined;
  }
}

/** Length in code points: a pair of surrogates counts once, a lone one too. */
function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function hasLength(text: string, { minLength, maxLength }: StringConditions): boolean {
  // A code point is one or two units, so most texts need no count.
  if (text.length < minLength || text.length > maxLength * 2) return false;
  if (text.length >= minLength * 2 && text.length <= maxLength) return true;
  const length = codePointLength(text);
  return length >= minLength && length <= maxLength;
}

/** Whether a text meets all conditions, as the engine sees it; never when a pattern does not compile. */
export function matchesConditions(text: string, conditions: StringConditions): boolean {
  return (
    hasLength(text, conditions) &&
    !conditions.excluded.has(text) &&
    conditions.matches.every((source) => matchOf(source, text) === true) &&
    conditions.refuses.every((source) => matchOf(source, text) === false)
  );
}
