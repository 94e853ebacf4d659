import { CodegenError } from "@hivewire/codegen";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerPattern, plainPattern } from "../src/patterns/lower-pattern.js";
import { proveLinear } from "../src/patterns/prove-linear.js";
import { rewritePattern } from "../src/patterns/rewrite-pattern.js";
import { modelOf } from "./support/evaluate.js";

describe("lowerPattern", () => {
  const rows: readonly [pattern: string, want: string][] = [
    [".*_update$", "endsWith _update"],
    ["_update$", "endsWith _update"],
    ["^metric\\.", "startsWith metric."],
    ["^ping$", "equals ping"],
    ["^$", "equals "],
    ["a/b", "includes a/b"],
    ["abc.*", "includes abc"],
    ["x*$", "always "],
    ["", "always "],
    ["(?:)", "expression (?:)"],
    ["[a-z]+$", "expression [a-z]$"],
    ["[a-z]{2,9}", "expression [a-z]{2}"],
    ["^.*_update$", "expression ^.*_update$"],
    ["a|b$", "expression a|b$"],
    ["\u{1F41D}$", "expression \u{1F41D}$"],
    ["(a)\\1+", "expression (a)\\1+"],
  ];
  it.each(rows)("%j becomes %j", (pattern, want) => {
    const lowered = lowerPattern(pattern);
    const text =
      lowered.kind === "always" ? "" : lowered.kind === "expression" ? lowered.source : lowered.text;
    expect(`${lowered.kind} ${text}`).toBe(want);
  });

  it("accepts exactly what the pattern accepts", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "_",
      "\n",
      "a+",
      "b*",
      ".*",
      "[ab]",
      "(?:ab)?",
      "\\.",
      "a{1,3}",
      "\u{1F41D}",
    );
    const pattern = fc
      .tuple(fc.constantFrom("", "^"), fc.array(piece, { maxLength: 5 }), fc.constantFrom("", "$"))
      .map(([start, pieces, end]) => start + pieces.join("") + end);
    const text = fc
      .array(fc.constantFrom("a", "b", ".", "_", "\n", "\u{1F41D}"), { maxLength: 9 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const wanted = new RegExp(source, "u").test(value);
        expect(new RegExp(plainPattern(source), "u").test(value)).toBe(wanted);
        const lowered = lowerPattern(source);
        const got =
          lowered.kind === "always"
            ? true
            : lowered.kind === "equals"
              ? value === lowered.text
              : lowered.kind === "expression"
                ? new RegExp(lowered.source, "u").test(value)
                : value[lowered.kind](lowered.text);
        expect(got).toBe(wanted);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("proveLinear", () => {
  const linear = [
    "^[a-z]+(-[a-z]+)*$",
    "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$",
    "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z$",
    "^\\p{L}[\\p{L}\\p{N}]*$",
    "^.*_update$",
    "^(\\w+\\.)+\\w+$",
    "[0-9a-f]{8}$",
    "foo|bar$",
    "^[0-9a-f]{64}$",
    "\\bword$",
    "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$",
  ];
  it.each(linear)("proves %j", (pattern) => {
    expect(proveLinear(pattern)).toEqual({ linear: true });
  });

  const refused: readonly [pattern: string, reason: RegExp][] = [
    ["^(a+)+$", /ever more ways/],
    ["^(a|a)*$", /ever more ways/],
    ["^(a|b|ab)*c$", /ever more ways/],
    ["a.*b$", /ever more ways/],
    ["^.*a.*b$", /ever more ways/],
    ["^\\S+@\\S+$", /ever more ways/],
    ["[a-z]+x$", /ever more ways/],
    ["^\\s*(.*?)\\s*$", /ever more ways/],
    ["^(a*)*$", /may be empty/],
    ["^(?!x)a", /looks ahead/],
    ["^(a)\\1$", /refers back/],
    ["^a{1,9000}$", /too large/],
    ["(", /does not compile/],
  ];
  it.each(refused)("does not prove %j", (pattern, reason) => {
    const proof = proveLinear(pattern);
    expect(proof.linear || proof.reason).toMatch(reason);
  });

  it("proves nothing that a text can make quadratic", () => {
    // A text of n characters on which the engine backtracks takes at least n² steps: the proven ones of these take few.
    const piece = fc.constantFrom("a", "b", "a+", "b*", "[ab]*", "(?:ab)+", "a?", "(?:a|b)*", "(?:a|ab)+");
    const pattern = fc
      .tuple(fc.constantFrom("", "^"), fc.array(piece, { minLength: 1, maxLength: 4 }))
      .map(([start, pieces]) => `${start}${pieces.join("")}c$`);
    fc.assert(
      fc.property(pattern, fc.constantFrom("a", "b", "ab", "aab"), (source, unit) => {
        if (!proveLinear(source).linear) return;
        const text = unit.repeat(4_000);
        const start = performance.now();
        new RegExp(source, "u").test(text);
        // Quadratic work on 4,000 and more characters is 16 million steps, exponential work never ends.
        expect(performance.now() - start).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });
});

describe("rewritePattern", () => {
  it("stops a repetition at the character that follows it", () => {
    expect(rewritePattern("^(.*)-(.*)$")).toBe("^([^\\-]*)-(.*)$");
    expect(rewritePattern("^.+:.+$")).toBe("^[^:]+:.+$");
    expect(rewritePattern("^(a+)+$")).toBeUndefined();
  });
});

describe("a schema with an unsafe pattern", () => {
  const schema = (more: object): object => ({
    type: "object",
    properties: { p: { type: "string", pattern: "^(.*)-(.*)$", ...more } },
  });
  it("is refused at its place, with the rewrite", () => {
    let fault: unknown;
    try {
      modelOf(schema({}));
    } catch (reason) {
      fault = reason;
    }
    expect(fault).toBeInstanceOf(CodegenError);
    expect(fault).toMatchObject({ code: "unsafe_pattern", location: { pointer: "/properties/p/pattern" } });
    expect(fault instanceof CodegenError && fault.expected).toBe(
      '"^([^\\\\-]*)-(.*)$", or "x-pattern-waiver" beside it with the reason why it may stay',
    );
  });
  it("is accepted when its owner waives it", () => {
    expect(modelOf(schema({ "x-pattern-waiver": "texts come from our own database" })).messages).toHaveLength(
      1,
    );
  });
  it("is refused in the names of properties too", () => {
    expect(() => modelOf({ type: "object", patternProperties: { "^(a+)+$": {} } })).toThrow("unsafe_pattern");
  });
});
