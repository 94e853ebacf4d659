/** Names that every object has by inheritance: only an own property counts. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Stands for the value in a condition until it is known how the value is called; no literal contains it. */
export const hole = "\u00a7";

/** A text as a literal that is safe in scripts. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll(hole, "\\u00a7");
}

/** The member of a value. */
export function member(value: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${value}.${key}` : `${value}[${quoted(key)}]`;
}

/** Whether the value has the property. */
export function present(value: string, key: string): string {
  return inherited.has(key)
    ? `Object.hasOwn(${value}, ${quoted(key)})`
    : `${member(value, key)} !== undefined`;
}

/** Whether the value lacks the property. */
export function absent(value: string, key: string): string {
  return inherited.has(key)
    ? `!Object.hasOwn(${value}, ${quoted(key)})`
    : `${member(value, key)} === undefined`;
}

/** Whether the property is inherited where it is absent, so that reading it is no test. */
export function isInherited(key: string): boolean {
  return inherited.has(key);
}
