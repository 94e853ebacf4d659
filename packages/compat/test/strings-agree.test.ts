import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StringConditions } from "../src/strings/conditions.js";
import { findStrings } from "../src/strings/find-strings.js";

/** A word character, another, a sign and a line end: enough to tell every assertion apart. */
const alphabet = ["a", "b", "-", "\n"];

/** Every text over the alphabet, up to a length. */
function allTexts(maxLength: number): readonly string[] {
  let longest = [""];
  const texts = [...longest];
  for (let length = 1; length <= maxLength; length++) {
    longest = longest.flatMap((text) => alphabet.map((character) => text + character));
    texts.push(...longest);
  }
  return texts;
}

const atom = fc.constantFrom(
  "a",
  "a",
  "b",
  "-",
  ".",
  "\\n",
  "[ab]",
  "[^a]",
  "\\w",
  "\\W",
  "\\s",
  "[^]",
  "[]",
);
const assertions = ["^", "$", "\\b", "\\B", "(?=a)", "(?!b)", "(?=.*b$)", "(?!.*-)", "(?!(?:ab)*$)"];
const repetition = fc.constantFrom("", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{0}");

function compiles(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Longest pattern: some longer ones keep the engine busy for minutes, on texts of five characters. */
const maxPatternLength = 40;

/** Small patterns; `groups`: how a part may be wrapped, `more`: elements beside the usual ones. */
function patternsOf(groups: readonly string[], more: readonly string[]): fc.Arbitrary<string> {
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; element: string }>((tie) => ({
    pattern: fc.array(tie("sequence"), { minLength: 1, maxLength: 2 }).map((parts) => parts.join("|")),
    sequence: fc.array(tie("element"), { maxLength: 3 }).map((parts) => parts.join("")),
    element: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      fc.tuple(atom, repetition).map(([text, times]) => text + times),
      fc.constantFrom(...assertions, ...more),
      fc.tuple(tie("pattern"), repetition).map(([text, times]) => `(?:${text})${times}`),
      fc.tuple(fc.constantFrom(...groups), tie("pattern")).map(([sign, text]) => `(${sign}${text})`),
    ),
  }));
  return fc
    .tuple(
      fc.constantFrom("", "^"),
      pattern.filter((text) => text.length <= maxPatternLength),
      fc.constantFrom("", "$"),
    )
    .map(([start, text, end]) => `${start}(?:${text})${end}`);
}

const exact = patternsOf(["?=", "?!"], []);

/** With what has no model: look-behinds and references back to groups, of which some do not exist. */
const rough = patternsOf(["?=", "?!", "?<=", "?<!", "", ""], ["\\1", "\\2"]).map(
  (source) =>
    [source, source.replaceAll("\\2", "\\1"), source.replace(/\\[12]/g, "")].find(compiles) ?? source,
);

const texts = allTexts(4);
const outOfAlphabet = "[^ab\\-\\n]";

function conditionsOf(pattern: fc.Arbitrary<string>): fc.Arbitrary<StringConditions> {
  return fc
    .record({
      minLength: fc.nat({ max: 2 }),
      maxLength: fc.integer({ min: 1, max: 4 }),
      matches: fc.array(pattern, { maxLength: 2 }),
      refuses: fc.array(pattern, { maxLength: 2 }),
      excluded: fc.uniqueArray(fc.constantFrom(...texts.slice(0, 30)), { maxLength: 3 }),
    })
    .map(({ excluded, refuses, ...rest }) => ({
      ...rest,
      refuses: [...refuses, outOfAlphabet],
      excluded: new Set(excluded),
    }));
}

/** The texts that meet conditions, by trying them all. */
function wanted({ minLength, maxLength, matches, refuses, excluded }: StringConditions): readonly string[] {
  const required = matches.map((source) => new RegExp(source, "u"));
  const refused = refuses.map((source) => new RegExp(source, "u"));
  return texts.filter(
    (text) =>
      text.length >= minLength &&
      text.length <= maxLength &&
      !excluded.has(text) &&
      required.every((each) => each.test(text)) &&
      !refused.some((each) => each.test(text)),
  );
}

describe("findStrings", () => {
  it("finds what trying every text of a small alphabet finds", () => {
    fc.assert(
      fc.property(conditionsOf(exact), (given) => {
        const want = wanted(given);
        const answer = findStrings(given, 64);
        if (want.length === 0) expect(answer).toEqual({ kind: "none" });
        if (want.length === 0) return;
        const found = answer.kind === "found" ? answer : undefined;
        expect(found?.complete).toBe(want.length <= 64);
        expect(found?.texts).toHaveLength(Math.min(want.length, 64));
        expect(want).toEqual(expect.arrayContaining([...(found?.texts ?? [])]));
      }),
      { numRuns: 4_000 },
    );
  });

  it("claims nothing wrong about patterns without an exact model", () => {
    fc.assert(
      fc.property(conditionsOf(rough), (given) => {
        const want = wanted(given);
        const answer = findStrings(given, 64);
        if (answer.kind === "none") expect(want).toEqual([]);
        if (answer.kind !== "found") return;
        expect(want).toEqual(expect.arrayContaining([...answer.texts]));
        if (answer.complete) expect(answer.texts).toHaveLength(want.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never says that there is no text where a longer one exists", () => {
    const longer = allTexts(6);
    fc.assert(
      fc.property(exact, exact, (required, refused) => {
        const given = {
          minLength: 5,
          maxLength: Number.POSITIVE_INFINITY,
          matches: [required],
          refuses: [refused],
        };
        const answer = findStrings({ ...given, excluded: new Set() }, 1);
        if (answer.kind === "found") return;
        expect(answer.kind).toBe("none");
        const [wants, refuses] = [new RegExp(required, "u"), new RegExp(refused, "u")];
        expect(
          longer.find((text) => text.length >= 5 && wants.test(text) && !refuses.test(text)),
        ).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
