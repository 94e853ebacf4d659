import { parsePattern } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { BoundedCache } from "../src/strings/bounded-cache.js";
import { buildPattern } from "../src/strings/build-pattern.js";
import { complementOf, hasCodePoint, intersectionOf, unionOf } from "../src/strings/code-point-set.js";
import { Machine } from "../src/strings/machine.js";
import { costEstimator } from "../src/strings/matching-cost.js";
import { characterAt, inReadingOrder } from "../src/strings/reading-order.js";

describe("a set of code points", () => {
  it.each([
    [[], []],
    [
      [
        [5, 9],
        [1, 2],
        [3, 4],
      ],
      [[1, 9]],
    ],
    [
      [
        [1, 5],
        [2, 3],
        [7, 7],
      ],
      [
        [1, 5],
        [7, 7],
      ],
    ],
  ] as const)("joins %j to %j", (ranges, want) => {
    expect(unionOf(ranges)).toEqual(want);
  });

  it("is turned round", () => {
    expect(complementOf([])).toEqual([[0, 0x10ffff]]);
    expect(complementOf([[0, 0x10ffff]])).toEqual([]);
    expect(complementOf([[5, 6]])).toEqual([
      [0, 4],
      [7, 0x10ffff],
    ]);
  });

  it("is cut with another", () => {
    expect(
      intersectionOf(
        [
          [1, 5],
          [8, 9],
        ],
        [[4, 8]],
      ),
    ).toEqual([
      [4, 5],
      [8, 8],
    ]);
  });
});

describe("the set of a class", () => {
  const atoms = [
    ".",
    "\\d",
    "\\D",
    "\\w",
    "\\W",
    "\\s",
    "\\S",
    "\\p{L}",
    "\\P{L}",
    "\\p{Script=Greek}",
    "\\p{Cs}",
    "\\p{Any}",
    "[^\\p{Lu}\\d_]",
    "[\\s\\S]",
    "[^]",
    "[]",
    "[\\u{1F600}-\\u{1F64F}\\-\\]]",
  ];
  it.each(atoms)("of %s is what the engine matches", (atom) => {
    const tree = parsePattern(atom);
    const machine = new Machine();
    if (tree) buildPattern(machine, tree, "exact");
    const [set = []] = machine.sets;
    const expression = new RegExp(`^${atom}$`, "u");
    const differing: number[] = [];
    // All of the first planes, and some of the others.
    for (let point = 0; point <= 0x10ffff; point += point < 0x20000 ? 1 : 97) {
      if (expression.test(String.fromCodePoint(point)) !== hasCodePoint(set, point)) differing.push(point);
    }
    expect(differing).toEqual([]);
  });
});

describe("the reading order", () => {
  it("begins with letters and ends with lone surrogates", () => {
    const order = inReadingOrder([[0, 0x10ffff]]);
    const first = Array.from({ length: 66 }, (_, index) => characterAt(order, index)).join("");
    expect(first).toBe("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.!");
    expect(characterAt(order, 0x10ffff)).toBe("\udfff");
    expect(characterAt(order, 0x110000)).toBeUndefined();
  });
});

describe("the cost of matching", () => {
  it.each<readonly [source: string, text: string, want: (cost: number) => boolean]>([
    ["^abc$", "a".repeat(100), (cost) => cost < 300],
    ["[a-z]+x$", "a".repeat(100), (cost) => cost > 4_000 && cost < 20_000],
    ["^(a+)+$", "a".repeat(100), (cost) => cost > 1e9],
    ["^(a*)*$", "a".repeat(100), (cost) => cost > 1e9],
    ["^(?:a?){30}$", "a".repeat(30), (cost) => cost > 1e6],
    ["^(?=(?:a|a)*b)", "a".repeat(100), (cost) => cost > 1e9],
  ])("of %s is about what the engine takes", (source, text, want) => {
    const machine = new Machine();
    const tree = parsePattern(source);
    const root = tree ? buildPattern(machine, tree, "exact") : 0;
    expect(costEstimator(machine, root)(text, 1e12)).toSatisfy(want);
  });
});

describe("a bounded cache", () => {
  it("makes a value once and forgets the oldest", () => {
    const cache = new BoundedCache<{ readonly key: string }>(2);
    const made: string[] = [];
    const get = (key: string) =>
      cache.get(key, () => {
        made.push(key);
        return { key };
      });
    for (const key of ["a", "b", "a", "c", "b", "a"]) expect(get(key)).toEqual({ key });
    expect(made).toEqual(["a", "b", "c", "a"]);
  });
});
