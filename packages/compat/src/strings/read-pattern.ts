import type { AST } from "@eslint-community/regexpp";
import { parsePattern } from "@hivewire/codegen";
import { BoundedCache } from "./bounded-cache.js";

/** A pattern as its syntax tree and as the expression that the engine runs; either is missing where it cannot be had. */
export interface PatternReading {
  readonly tree: AST.Pattern | undefined;
  readonly expression: RegExp | undefined;
}

const known = new BoundedCache<PatternReading>(256);

function compile(source: string): RegExp | undefined {
  try {
    const expression = new RegExp(source, "u");
    // Some faults only show when it first runs: "Regular expression too large".
    expression.test("");
    return expression;
  } catch {
    return undefined;
  }
}

/** Reads a pattern (ECMA-262, `u` flag); the newest 256 are remembered. */
export function readPattern(source: string): PatternReading {
  return known.get(source, () => ({ tree: parsePattern(source), expression: compile(source) }));
}
