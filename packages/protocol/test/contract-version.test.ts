import {
  compareVersions,
  isSameVersion,
  negotiateVersion,
  ProtocolError,
  parseVersionOffer,
} from "@hivewire/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("parseVersionOffer", () => {
  const rows: readonly [
    title: string,
    given: string | null | undefined,
    want: readonly string[] | undefined,
  ][] = [
    ["takes no parameter as no offer", undefined, undefined],
    ["takes a null parameter as no offer", null, undefined],
    ["takes an empty parameter as an empty offer", "", []],
    ["keeps the client's order", "1.1.0,1.0.0", ["1.1.0", "1.0.0"]],
    ["drops doubles and white space", " 1.1.0 ,1.1.0", ["1.1.0"]],
    ["drops what is no version", "1.1,v1.0.0,1.0.0-beta,01.0.0,1.0.0", ["1.0.0"]],
    [
      "reads at most 16 entries",
      Array.from({ length: 20 }, (_, i) => `${i}.0.0`).join(),
      Array.from({ length: 16 }, (_, i) => `${i}.0.0`),
    ],
  ];
  it.each(rows)("%s", (_title, given, want) => {
    expect(parseVersionOffer(given)).toEqual(want);
  });
});

describe("negotiateVersion", () => {
  const supported = ["1.2.0", "1.1.0", "1.0.0"];
  const rows: readonly [title: string, offered: readonly string[] | undefined, want: string | null][] = [
    ["gives a client without an offer the oldest version", undefined, "1.0.0"],
    ["picks the newest that both have", ["1.0.0", "1.1.0", "9.0.0"], "1.1.0"],
    ["picks the only one in common", ["1.0.0"], "1.0.0"],
    ["takes another patch number for the same version", ["1.1.7"], "1.1.0"],
    ["does not take another minor number for it", ["1.3.0"], null],
    ["agrees on nothing with a client from elsewhere", ["2.0.0"], null],
    ["agrees on nothing with an empty offer", [], null],
  ];
  it.each(rows)("%s", (_title, offered, want) => {
    const result = negotiateVersion(offered, supported);
    expect(result.agreed ? result.version : null).toBe(want);
  });

  it("says what both sides have when they agree on nothing", () => {
    expect(negotiateVersion(["2.0.0"], supported)).toEqual({ agreed: false, offered: ["2.0.0"], supported });
  });
});

describe("the answer of a negotiation", () => {
  it.each([
    { offered: ["1.1.7", "1.0.0"], supported: ["1.1.0", "1.0.0"], answer: "1.1.7" },
    { offered: ["1.1.0"], supported: ["1.1.3", "1.1.0"], answer: "1.1.0" },
    { offered: undefined, supported: ["1.1.0", "1.0.0"], answer: "1.0.0" },
  ])("is the client's own name $answer", ({ offered, supported, answer }) => {
    expect(negotiateVersion(offered, supported)).toMatchObject({ agreed: true, answer });
  });
});

describe("isSameVersion", () => {
  it.each([
    ["1.1.0", "1.1.9", true],
    ["1.1.0", "1.2.0", false],
    ["1.1.0", "2.1.0", false],
    ["1.1", "1.1.0", false],
    ["mine", "mine", true],
  ])("says of %s and %s: %s", (a, b, want) => {
    expect(isSameVersion(a, b)).toBe(want);
  });
});

describe("compareVersions", () => {
  const part = fc.integer({ min: 0, max: 999_999_999 });
  const version = fc.tuple(part, part, part);
  it("orders as the numbers do, not as the text does", () => {
    expect(compareVersions("1.10.0", "1.9.0")).toBeGreaterThan(0);
  });
  it("agrees with comparing part by part", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const different = [0, 1, 2].find((index) => a[index] !== b[index]);
        const want = different === undefined ? 0 : Math.sign((a[different] ?? 0) - (b[different] ?? 0));
        expect(Math.sign(compareVersions(a.join("."), b.join(".")))).toBe(want);
      }),
    );
  });
  it("refuses what is no version with a typed error", () => {
    expect(() => compareVersions("1.0", "1.0.0")).toThrow(ProtocolError);
    expect(() => compareVersions("1.0", "1.0.0")).toThrow('received "1.0"');
  });
});
