/** Most expressions that are kept. */
const maxKept = 5_000;

const expressions = new Map<string, RegExp | undefined>();

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "u");
  } catch {
    return undefined;
  }
}

/** Whether a pattern (ECMA-262, `u` flag, unanchored) matches; undefined when it does not compile. */
export function patternAccepts(source: string, text: string): boolean | undefined {
  let expression = expressions.get(source);
  if (!expression && !expressions.has(source)) {
    if (expressions.size >= maxKept) expressions.clear();
    expression = compiled(source);
    expressions.set(source, expression);
  }
  return expression?.test(text);
}
