/** Orders texts by code unit, the same on every platform and locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The JSON value as a TypeScript literal, with identifiers as plain keys. */
export function literal(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every((item) => typeof item !== "object"))
      return `[${items.map((item) => literal(item)).join(", ")}]`;
    return `[\n${items.map((item) => `${inner}${literal(item, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return scriptSafe(JSON.stringify(value));
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, child]) => `${inner}${keyText(key)}: ${literal(child, inner)},\n`).join("")}${indent}}`;
}

/** `__proto__` as a plain key of a literal would set the prototype; computed, it is a key. */
function keyText(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : scriptSafe(JSON.stringify(key));
}

function scriptSafe(text: string): string {
  return text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
