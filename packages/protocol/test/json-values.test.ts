import {
  deepEqual,
  hasMaxLength,
  hasMinLength,
  hasUniqueItems,
  isJsonObject,
  isMultipleOf,
  maxValueDepth,
} from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

describe("lengths count code points", () => {
  const rows: readonly [text: string, length: number][] = [
    ["", 0],
    ["abc", 3],
    ["\u{1F41D}", 1],
    ["\u{1F41D}\u{1F41D}a", 3],
    ["\ud83d", 1],
    ["\udc1d\ud83d", 2],
  ];
  it.each(rows)("%j has %d", (text, length) => {
    expect([hasMinLength(text, length), hasMinLength(text, length + 1)]).toEqual([true, false]);
    expect([hasMaxLength(text, length), length === 0 || hasMaxLength(text, length - 1)]).toEqual([
      true,
      length === 0,
    ]);
  });
});

describe("deepEqual", () => {
  const rows: readonly [a: unknown, b: unknown, want: boolean][] = [
    [1, 1, true],
    [0, -0, true],
    [1, "1", false],
    [null, {}, false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{ 0: 1 }, [1], false],
    [{ "a:1,": 1 }, { a: 1 }, false],
  ];
  it.each(rows)("%j and %j: %s", (a, b, want) => {
    expect(deepEqual(a, b)).toBe(want);
  });
});

describe("hasUniqueItems", () => {
  const rows: readonly [items: readonly unknown[], want: boolean][] = [
    [[], true],
    [[1, "1", true, "true", null, "null"], true],
    [[1, 2, 1], false],
    [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    [[["a"], '["a"]', '[:"a",]'], true],
    [["__proto__", "__proto__"], false],
    [[[1], [1, 2]], true],
  ];
  it.each(rows)("row %#: %s", (items, want) => {
    expect(hasUniqueItems(items)).toBe(want);
  });

  it("refuses items that are nested deeper than it looks", () => {
    expect(hasUniqueItems([nested(maxValueDepth)])).toBe(true);
    expect(hasUniqueItems([nested(maxValueDepth + 2)])).toBe(false);
    expect(hasUniqueItems([nested(5_000)])).toBe(false);
  });
});

describe("isMultipleOf", () => {
  const rows: readonly [value: number, divisor: number, want: boolean][] = [
    [6, 3, true],
    [7, 3, false],
    [0, 3, true],
    [-6, 3, true],
    [0.3, 0.1, false],
    [1e21, 1, false],
    [1e308, 0.1, false],
  ];
  it.each(rows)("%d by %d: %s", (value, divisor, want) => {
    expect(isMultipleOf(value, divisor)).toBe(want);
  });
});

it("an object is neither null nor an array", () => {
  expect([{}, [], null, "a", undefined].map(isJsonObject)).toEqual([true, false, false, false, false]);
});
