import { isObject, type JsonObject, own, pointerOf } from "../json.js";
import { lowerPattern } from "../patterns/lower-pattern.js";
import { parsePattern } from "../patterns/parse-pattern.js";
import { proveLinear } from "../patterns/prove-linear.js";
import { rewritePattern } from "../patterns/rewrite-pattern.js";
import { walkSchemas } from "./references.js";
import type { Source } from "./source.js";

/** Beside a pattern: why its owner accepts that matching it is not proven linear. */
const waiver = "x-pattern-waiver";

function patternsOf(schema: JsonObject): readonly { readonly path: string; readonly pattern: string }[] {
  const { pattern, patternProperties } = schema;
  return [
    ...(typeof pattern === "string" ? [{ path: "/pattern", pattern }] : []),
    ...(isObject(patternProperties) ? Object.keys(patternProperties) : []).map((key) => ({
      path: pointerOf(["patternProperties", key]),
      pattern: key,
    })),
  ];
}

/**
 * Makes sure that each pattern compiles, and that no text makes matching it slow: a frame of 60 kB against
 * `.*a.*b$` holds a server for seconds.
 * @throws CodegenError `invalid_schema`, `unsafe_pattern`
 */
export function checkPatterns(source: Source): void {
  for (const { pointer, schema } of walkSchemas(source.value)) {
    for (const { path, pattern } of patternsOf(schema)) {
      const text = JSON.stringify(pattern);
      if (!parsePattern(pattern)) {
        throw source.fail(
          "invalid_schema",
          pointer + path,
          `Failed to read the schema: the pattern ${text} does not compile.`,
          "an ECMA-262 regular expression with the u flag",
        );
      }
      const lowered = lowerPattern(pattern);
      const proof = lowered.kind === "expression" ? proveLinear(lowered.source) : undefined;
      if (!proof || proof.linear || typeof own(schema, waiver) === "string") continue;
      const rewrite = rewritePattern(pattern);
      const better =
        rewrite === undefined ? "a pattern whose repetitions cannot overlap" : JSON.stringify(rewrite);
      throw source.fail(
        "unsafe_pattern",
        pointer + path,
        `Failed to accept the pattern ${text}: ${proof.reason}.`,
        `${better}, or "${waiver}" beside it with the reason why it may stay`,
      );
    }
  }
}
