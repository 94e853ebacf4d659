import { describe, expect, it } from "vitest";
import type { StringAnswer, StringConditions } from "../src/strings/conditions.js";
import { findStrings } from "../src/strings/find-strings.js";
import { matchesConditions } from "../src/strings/matches-conditions.js";

interface Given extends Partial<Omit<StringConditions, "excluded">> {
  readonly excluded?: readonly string[];
}

function conditionsOf({ excluded = [], ...given }: Given): StringConditions {
  return {
    minLength: 0,
    maxLength: Number.POSITIVE_INFINITY,
    matches: [],
    refuses: [],
    excluded: new Set(excluded),
    ...given,
  };
}

/** The answer in short; what is found is checked against the conditions on the way. */
function find(given: Given, count: number): readonly string[] | "none" | "unknown" {
  const conditions = conditionsOf(given);
  const answer = findStrings(conditions, count);
  if (answer.kind !== "found") return answer.kind;
  expect(answer.texts.filter((text) => !matchesConditions(text, conditions))).toEqual([]);
  expect(new Set(answer.texts).size).toBe(answer.texts.length);
  return answer.complete ? [...answer.texts, "(all)"] : answer.texts;
}

const pattern = (...matches: readonly string[]): Given => ({ matches });
const butNot = (wanted: string, refused: string): Given => ({ matches: [wanted], refuses: [refused] });

type Row = readonly [title: string, given: Given, want: readonly string[] | "none" | "unknown"];

const unrestricted: readonly Row[] = [
  ["no condition", {}, ["a", "b"]],
  ["a least length", { minLength: 4 }, ["aaaa", "aaab"]],
  ["no room", { maxLength: 0 }, ["", "(all)"]],
  ["no room, and nothing excluded", { maxLength: 0, excluded: [""] }, "none"],
  ["bounds that cross", { minLength: 3, maxLength: 2 }, "none"],
  ["excluded letters", { minLength: 1, maxLength: 1, excluded: ["a", "c"] }, ["b", "d"]],
  ["strings too long to write", { minLength: 100_001 }, "unknown"],
  [
    "every letter and digit excluded",
    { maxLength: 1, excluded: [..."abcdefghijklmnopqrstuvwxyz0123456789"] },
    ["A", "B"],
  ],
];

const single: readonly Row[] = [
  ["a literal anywhere", pattern("ab"), ["ab", "aab"]],
  ["a literal alone", pattern("^ab$"), ["ab", "(all)"]],
  ["alternatives", pattern("^(?:ab|c|ab)$"), ["c", "ab", "(all)"]],
  ["anchors of one alternative only", pattern("^b|c$"), ["b", "c"]],
  ["an anchor after a character", pattern("a^b"), "none"],
  ["an end before a character", pattern("a$b"), "none"],
  ["anchors that read nothing", pattern("^^a$$"), ["a", "(all)"]],
  ["a start inside a repetition", pattern("(?:^a){2}"), "none"],
  ["an end that may be skipped", pattern("^a(?:$|b$)"), ["a", "ab", "(all)"]],
  ["the empty string last", pattern("^a?$"), ["a", "", "(all)"]],
  ["nothing but the empty string", pattern("^$"), ["", "(all)"]],
  ["counted repetition", pattern("^a{2,3}$"), ["aa", "aaa", "(all)"]],
  ["counted repetition of a group", pattern("^(?:ab){2}$"), ["abab", "(all)"]],
  ["nested repetition of what may be empty", pattern("^(?:(?:a*)*b?){2,}$"), ["a", "b"]],
  ["a class that holds nothing", pattern("^a[]$"), "none"],
  ["a class of everything", pattern("^[^]$"), ["a", "b"]],
  ["a negated class", pattern("^[^a-y]$"), ["z", "0"]],
  ["letters before digits before upper case before signs", pattern("^[-_.A9z]$"), ["z", "9"]],
  ["escapes", pattern("^\\d\\D$"), ["0a", "0b"]],
  ["a dot, which is no line end", pattern("^(?:.|\\n)$", "^[\\n\\r\\u2028\\u2029]$"), ["\n", "(all)"]],
  [
    "characters beyond the first plane",
    pattern("^[\u{1F41D}-\u{1F41E}]$"),
    ["\u{1F41D}", "\u{1F41E}", "(all)"],
  ],
  ["an escaped pair", pattern("^\\ud83d\\udc1d$"), ["\u{1F41D}", "(all)"]],
  ["lone surrogates only when nothing else is left", pattern("^[\\ud800b]$"), ["b", "\ud800", "(all)"]],
  ["halves that would be one character", pattern("^[\\ud83d][\\udc1d]$"), "none"],
  ["a property", pattern("^\\p{Lu}$", "^[a-zÄ]$"), ["Ä", "(all)"]],
  ["a negated property", pattern("^\\P{L}$", "^[a-z5]$"), ["5", "(all)"]],
  ["a property in a class", pattern("^[\\p{Script=Greek}]$", "^[a-zα]$"), ["α", "(all)"]],
  ["two patterns of one length", pattern("^a{3}$", "^b"), "none"],
  ["a pattern that does not compile", pattern("("), "unknown"],
];

const pairs: readonly Row[] = [
  ["a+ outside of a*", butNot("^a+$", "^a*$"), "none"],
  ["a* outside of a+", butNot("^a*$", "^a+$"), ["", "(all)"]],
  ["one spelling of an ending outside of another", butNot("_update$", ".*_update$"), "none"],
  ["the other way round", butNot(".*_update$", "_update$"), "none"],
  ["an ending outside of a whole line", butNot("_update$", "^.*_update$"), ["\n_update", "\r_update"]],
  ["a beginning outside of a part", butNot("^metric\\.", "metric"), "none"],
  ["a part outside of a beginning", butNot("b", "^b"), ["ab", "cb"]],
  ["a class outside of a wider one", butNot("^[a-f]+$", "^[a-z]+$"), "none"],
  ["a class outside of a narrower one", butNot("^[a-f]+$", "^[b-f]+$"), ["a", "aa"]],
  ["\\d outside of [0-9]", butNot("^\\d+$", "^[0-9]+$"), "none"],
  ["\\w outside of its letters", butNot("^\\w$", "^[A-Za-z0-9]$"), ["_", "(all)"]],
  ["ASCII outside of Unicode", butNot("^[A-Z]$", "^\\p{Lu}$"), "none"],
  ["the same pattern on both sides", butNot("(?<=x)\\1", "(?<=x)\\1"), "unknown"],
  ["the same pattern without a model on both sides", butNot("(?<=x)y", "(?<=x)y"), "none"],
  ["everything refused", { refuses: [""] }, "none"],
  ["all but one length refused", { refuses: ["^.?$", "...", "[^a]"] }, ["aa", "(all)"]],
  [
    "a version outside of a looser one",
    butNot("^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$", "^\\d+\\.\\d+(?:-[a-z]+)?$"),
    "none",
  ],
  [
    "a looser version outside of it",
    butNot("^\\d\\.\\d+$", "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$"),
    ["0.00", "0.01"],
  ],
];

const bounded: readonly Row[] = [
  ["a pattern shorter than the least length", { ...pattern("^a$"), minLength: 2 }, "none"],
  ["a pattern longer than the greatest length", { ...pattern("^a{3,}$"), maxLength: 2 }, "none"],
  [
    "a pattern within the lengths",
    { ...pattern("^a+$"), minLength: 2, maxLength: 3 },
    ["aa", "aaa", "(all)"],
  ],
  ["lengths in code points", { ...pattern("^\u{1F41D}+$"), maxLength: 1 }, ["\u{1F41D}", "(all)"]],
  ["every text excluded", { ...pattern("^(a|b)$"), excluded: ["a", "b"] }, "none"],
  ["all but one text excluded", { ...pattern("^[a-c]$"), excluded: ["a", "c"] }, ["b", "(all)"]],
  ["excluded texts that do not matter", { ...pattern("^a$"), excluded: ["b", ""] }, ["a", "(all)"]],
  ["an odd length of pairs", { ...pattern("^(ab)*$"), minLength: 9_999, maxLength: 9_999 }, "none"],
  [
    "no multiple of 7 and 11",
    { ...pattern("^(a{7})+$", "^(a{11})+$"), minLength: 80, maxLength: 150 },
    "none",
  ],
  [
    "lengths that no text over one character has",
    { ...pattern("^a?$"), minLength: 2, maxLength: 60_000 },
    "none",
  ],
];

const assertions: readonly Row[] = [
  ["not only white space", pattern("^(?!\\s*$).+"), ["a", "b"]],
  ["a look-ahead that asks the same twice", butNot("^(?=a)a$", "^a$"), "none"],
  ["look-aheads of a password", pattern("^(?=.*\\d)(?=.*[a-z]).{3,}$"), ["aa0", "aa1"]],
  ["look-aheads that exclude each other", pattern("^(?=a)(?=b)"), "none"],
  ["a look-ahead past the end", pattern("^a(?=b)$"), "none"],
  ["a refused word", pattern("^(?!a$|b$)[a-c]$"), ["c", "(all)"]],
  ["a look-ahead in a repetition", butNot("^(?:(?!--)[a-])*$", "^[^-]*$"), ["-", "a-"]],
  ["a look-ahead in a refused pattern", butNot("^[ab]{2}$", "^(?!aa)"), ["aa", "(all)"]],
  ["a look-ahead within a look-ahead", pattern("^(?=a(?!b))[ab]{2}$"), ["aa", "(all)"]],
  ["a word of its own", butNot("\\bfoo\\b", "^foo$"), ["foo-", "foo."]],
  ["a boundary within a word", pattern("a\\bb"), "none"],
  ["no boundary at the edge of a word", pattern("^\\Ba"), "none"],
  ["no boundary in an empty text", pattern("^\\b$"), "none"],
  ["inside of an empty text", pattern("^\\B$"), ["", "(all)"]],
  ["boundaries in a repetition", pattern("^(?:\\b[ab-])*$"), ["a", "b"]],
];

const opaque: readonly Row[] = [
  ["a group said twice", pattern("^(a|b)\\1$"), ["aa", "bb", "(all)"]],
  ["a group said twice, refused", butNot("^[ab]{2}$", "^(.)\\1$"), ["ab", "ba", "(all)"]],
  ["a group that is never set", pattern("^\\1(a)$"), ["a", "(all)"]],
  ["a look-behind", { ...pattern("^.(?<=b)$"), maxLength: 1 }, ["b"]],
  ["a look-behind, refused", butNot("^a*$", "(?<=a)a"), ["a", ""]],
  ["a look-behind that never holds", pattern("(?<=[])a"), "unknown"],
  ["a rest that is empty already", pattern("(?<=a)b", "^a$", "^b$"), "none"],
  ["a rest of one text, which fails", pattern("^(?<!c)a$", "^(?<=c)a$"), "none"],
  ["a back-reference in a refused look-ahead", pattern("^(a)(?!\\1)[ab]$"), ["ab", "(all)"]],
];

describe("findStrings", () => {
  describe.each([
    ["without patterns", unrestricted],
    ["with one pattern", single],
    ["with patterns that must not match", pairs],
    ["with lengths and excluded strings", bounded],
    ["with assertions", assertions],
    ["with patterns that have no exact model", opaque],
  ])("%s", (_, rows) => {
    it.each(rows)("answers %s", (_title, given, want) => {
      const limit = want.includes("(all)") ? 64 : 2;
      expect(find(given, limit)).toEqual(want);
    });
  });

  const kindOf = (given: Given, count: number): StringAnswer["kind"] =>
    findStrings(conditionsOf(given), count).kind;

  it.each<readonly [title: string, given: Given, want: StringAnswer["kind"]]>([
    [
      "a least length of 10,000",
      { ...butNot("^[a-z]*$", "x$"), minLength: 10_000, maxLength: 60_000 },
      "found",
    ],
    ["a length of 60,000", { ...pattern("^(ab)*$"), minLength: 60_000, maxLength: 60_000 }, "found"],
    ["a length of 59,999", { ...pattern("^(ab)*$"), minLength: 59_999, maxLength: 59_999 }, "none"],
    ["1,000 repetitions on both sides", butNot("^.{0,1000}$", "^.{0,999}$"), "found"],
    ["1,000 repetitions within 1,001", butNot("^.{0,1000}$", "^.{0,1001}$"), "none"],
    ["a repetition that is too large, taken roughly", pattern("^.{0,60000}$"), "found"],
    ["more states than can be looked at", butNot("a.{20}$", "b.{20}$"), "found"],
    [
      "more states than can be looked at, without a text",
      pattern("a.{20}$", "[bc].{20}$", "(?=a)b|$"),
      "unknown",
    ],
  ])("copes with %s", (_title, given, want) => {
    expect(kindOf(given, 4)).toBe(want);
  });

  it("does not let the engine run into endless backtracking", () => {
    expect(findStrings(conditionsOf({ refuses: ["^(a+)+$"], minLength: 60 }), 1)).toEqual({
      kind: "unknown",
      reason: "checking strings could keep the engine busy too long",
    });
    expect(findStrings(conditionsOf({ refuses: ["^(a*)*$"], minLength: 60 }), 1).kind).toBe("unknown");
  });

  it("gives at most 64 texts, all different", () => {
    const texts = find(pattern("^[a-z0-9]{2}$"), 1_000);
    expect(texts).toHaveLength(64);
  });

  it("stays exact with many excluded strings", () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(3, "0"));
    const given: Given = pattern("^\\d{3}$");
    expect(find({ ...given, excluded: numbers }, 5)).toBe("none");
    expect(find({ ...given, excluded: numbers.slice(0, -1) }, 5)).toEqual(["999", "(all)"]);
  });
});

describe("matchesConditions", () => {
  it.each<readonly [text: string, given: Given, want: boolean]>([
    ["ab", { minLength: 2, maxLength: 2 }, true],
    ["ab", { minLength: 3 }, false],
    ["ab", { maxLength: 1 }, false],
    ["\u{1F41D}", { minLength: 2 }, false],
    ["\u{1F41D}\u{1F41D}", { minLength: 2, maxLength: 2 }, true],
    ["\ud83da", { minLength: 2, maxLength: 2 }, true],
    ["ab", pattern("b"), true],
    ["ab", pattern("b", "^b"), false],
    ["ab", { refuses: ["^b"] }, true],
    ["ab", { refuses: ["b"] }, false],
    ["ab", { excluded: ["ab"] }, false],
    ["ab", pattern("("), false],
    ["ab", { refuses: ["("] }, false],
  ])("of %j and %j is %s", (text, given, want) => {
    expect(matchesConditions(text, conditionsOf(given))).toBe(want);
  });
});
