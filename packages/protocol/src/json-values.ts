/** Deepest value that is compared or walked by reference; deeper ones are refused. */
export const maxValueDepth = 256;

/** Whether the value is an object that is neither null nor an array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Number of code points of a text: a surrogate pair counts once, a lone surrogate too. */
function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) {
    if ((text.charCodeAt(index - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(index) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}

/** Whether the text has at least that many code points. Counts only when its length leaves a doubt. */
export function hasMinLength(text: string, length: number): boolean {
  return text.length >= length && (text.length >= 2 * length || codePoints(text) >= length);
}

/** Whether the text has at most that many code points. Counts only when its length leaves a doubt. */
export function hasMaxLength(text: string, length: number): boolean {
  return text.length <= length || (text.length <= 2 * length && codePoints(text) <= length);
}

/** Whether the number is a whole multiple, as Ajv decides it: by the quotient, which has to be under 1e21. */
export function isMultipleOf(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  return Number.isInteger(quotient) && Math.abs(quotient) < 1e21;
}

/** JSON text with sorted keys; undefined when nested deeper than `maxValueDepth`. */
function canonical(value: unknown, depth: number): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (depth === maxValueDepth) return undefined;
  let text = "";
  for (const key of Object.keys(value).sort()) {
    const member = canonical(Reflect.get(value, key), depth + 1);
    if (member === undefined) return undefined;
    text += `${Array.isArray(value) ? "" : JSON.stringify(key)}:${member},`;
  }
  return Array.isArray(value) ? `[${text}]` : `{${text}}`;
}

/** Whether two JSON values are equal: numbers by value, objects whatever the order of their keys. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  return canonical(a, 0) === canonical(b, 0);
}

/** Whether no two items are equal. Takes time in proportion to the array; deeper than `maxValueDepth` is refused. */
export function hasUniqueItems(items: readonly unknown[]): boolean {
  const seen = new Set<unknown>();
  for (const item of items) {
    const isValue = typeof item !== "object" || item === null;
    const text = isValue ? item : canonical(item, 0);
    if (text === undefined) return false;
    // A text of an object is told from an item that is such a text by what no JSON text begins with.
    seen.add(isValue ? text : `\u0000${text}`);
  }
  return seen.size === items.length;
}
