import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** The syntax tree of a JSON Schema pattern: ECMA-262 with the `u` flag; undefined when it does not compile. */
export function parsePattern(source: string): AST.Pattern | undefined {
  try {
    // The engine first: what it refuses, no reading can mend.
    new RegExp(source, "u");
    return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
  } catch {
    return undefined;
  }
}
