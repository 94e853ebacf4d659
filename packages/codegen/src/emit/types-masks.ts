const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names that every object inherits confuse the compiler: they go through it in disguise. */
export function safeKey(key: string): string {
  return inherited.has(key) ? `hivewireKey${key}` : key;
}

/** Takes the disguise off again. */
export function unmaskKeys(text: string): string {
  return text.replace(/hivewireKey(\w+)/g, (_, key: string) => (key === "__proto__" ? '["__proto__"]' : key));
}

/** Items that may be absent carry this through the compiler, which knows no optional items. */
export const optionalMark = { "x-hivewire-optional-item": true } as const;

/** Name of the type that marks them. */
export const optionalName = "HivewireOptional";

/** `(HivewireOptional & T)` is `T?` in a tuple. */
export function unmarkOptional(text: string): string {
  const opening = `(${optionalName} & `;
  const start = text.lastIndexOf(opening);
  if (start < 0) return text.replaceAll(", ...(never)[]", "");
  let depth = 1;
  let end = start + opening.length;
  for (; depth > 0 && end < text.length; end++) depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
  const inner = text.slice(start + opening.length, end - 1);
  return unmarkOptional(`${text.slice(0, start)}(${inner})?${text.slice(end)}`);
}
