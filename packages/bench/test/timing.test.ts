import { describe, expect, it } from "vitest";
import { barTable, isMet, showKilobytes, showRatio, table } from "../src/table.mjs";
import { makeAndUse, median, ratio } from "../src/timing.mjs";

describe("median", () => {
  it.each([
    { given: [3], want: 3 },
    { given: [5, 1, 3], want: 3 },
    { given: [4, 1, 3, 2], want: 2.5 },
    { given: [10, 9, 2], want: 9 },
    { given: [], want: Number.NaN },
  ])("of $given is $want", ({ given, want }) => {
    expect(median(given)).toBe(want);
  });

  it("leaves its values in their order", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("ratio", () => {
  it.each([
    { part: 1, whole: 4, want: 0.25 },
    { part: 0, whole: 4, want: 0 },
    { part: 1, whole: 0, want: Number.NaN },
    { part: Number.NaN, whole: 1, want: Number.NaN },
  ])("of $part and $whole is $want", ({ part, whole, want }) => {
    expect(ratio(part, whole)).toBe(want);
  });
});

describe("makeAndUse", () => {
  it("uses each thing once, right after it was made", () => {
    const order: string[] = [];
    let made = 0;
    const times = makeAndUse(
      () => {
        order.push(`made ${++made}`);
        return made;
      },
      (value) => order.push(`used ${value}`),
      { warmNs: 1, batchNs: 1, batches: 3 },
    );
    expect(order.slice(0, 4)).toEqual(["made 1", "used 1", "made 2", "used 2"]);
    expect(order.length).toBeGreaterThanOrEqual(8);
    expect(times.make).toBeGreaterThan(0);
    expect(times.use).toBeGreaterThan(0);
  });
});

describe("table", () => {
  it("aligns names to the left and numbers to the right", () => {
    const lines = table(
      ["", "100 B"],
      [
        ["one", "0.5"],
        ["longer", "12.25"],
      ],
    );
    expect(lines.split("\n")).toEqual(["        100 B", "------  -----", "one       0.5", "longer  12.25"]);
  });

  it.each([
    { given: 0.012345, want: "0.0123" },
    { given: 12.345, want: "12.3" },
    { given: 1234.5, want: "1235" },
    { given: Number.NaN, want: "–" },
    { given: undefined, want: "–" },
  ])("shows the ratio $given as $want", ({ given, want }) => {
    expect(showRatio(given)).toBe(want);
  });

  it("counts 1,000 bytes in a kB", () => {
    expect(showKilobytes(2_345)).toBe("2.35 kB");
  });
});

describe("bars", () => {
  it.each([
    { measured: 1, bar: 1, atLeast: false, want: true },
    { measured: 1.1, bar: 1, atLeast: false, want: false },
    { measured: 20, bar: 20, atLeast: true, want: true },
    { measured: 19, bar: 20, atLeast: true, want: false },
    { measured: Number.NaN, bar: 20, atLeast: true, want: false },
    { measured: Number.NaN, bar: 20, atLeast: false, want: false },
  ])("$measured beside $bar is met: $want", ({ want, ...bar }) => {
    expect(isMet({ title: "a claim", ...bar })).toBe(want);
  });

  it("says for each what was measured and what was wanted", () => {
    const text = barTable([{ title: "dispatch", measured: 1.5, bar: 2, unit: " ×" }]);
    expect(text).toMatch(/dispatch\s+1\.5 ×\s+≤ 2 ×\s+met/);
  });
});
