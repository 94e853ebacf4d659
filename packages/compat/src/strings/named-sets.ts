import { type CodePointSet, complementOf } from "./code-point-set.js";

/** `\d` (ECMA-262, CharacterClassEscape). */
export const digits: CodePointSet = [[0x30, 0x39]];

/** `\w` without case folding, also what `\b` looks at (ECMA-262, WordCharacters). */
export const wordCharacters: CodePointSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

/** `\s`: WhiteSpace and LineTerminator of ECMA-262. */
export const spaces: CodePointSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** `.` without the `s` flag: all but LineTerminator. */
export const notLineEnds: CodePointSet = complementOf([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);

/** Code units that begin a pair. */
export const highSurrogates: CodePointSet = [[0xd800, 0xdbff]];

/** Code units that end a pair. */
export const lowSurrogates: CodePointSet = [[0xdc00, 0xdfff]];
