import {
  closeCode,
  closeCodes,
  defaultLimits,
  errorCodes,
  limitNames,
  limitTable,
  ProtocolError,
  reconnectRule,
  resolveLimits,
} from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

describe("close codes", () => {
  const rows: readonly [code: number, want: string][] = [
    [1000, "never"],
    [1001, "resume"],
    [1003, "never"],
    [1006, "resume"],
    [1012, "resume"],
    [4401, "refresh_token"],
    [4403, "never"],
    [4406, "never"],
    [4429, "backoff"],
    [4430, "resume"],
    [4999, "resume"],
  ];
  it.each(rows)("%i makes a client %s", (code, want) => {
    expect(reconnectRule(code)).toBe(want);
  });

  it("has each code and each name once", () => {
    expect(new Set(closeCodes.map((row) => row.code)).size).toBe(closeCodes.length);
    expect(new Set(closeCodes.map((row) => row.name)).size).toBe(closeCodes.length);
  });

  it("finds a code by name", () => {
    expect(closeCode("slow_consumer")).toBe(4430);
  });
});

describe("errors", () => {
  it("close only with codes of the table", () => {
    const known = new Set<number>(closeCodes.map((row) => row.code));
    for (const row of Object.values(errorCodes))
      expect(row.closes === null || known.has(row.closes)).toBe(true);
  });
});

describe("limits", () => {
  it("have a default within their range", () => {
    for (const name of limitNames) {
      const [min, max] = limitTable[name].range;
      expect(defaultLimits[name]).toBeGreaterThanOrEqual(min);
      expect(defaultLimits[name]).toBeLessThanOrEqual(max);
    }
  });

  it("take an override in its row's range", () => {
    expect(resolveLimits({ rateBurst: 5 })).toEqual({ ...defaultLimits, rateBurst: 5 });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuse a burst of %d by name", (rateBurst) => {
    expect(() => resolveLimits({ rateBurst })).toThrow(ProtocolError);
    expect(() => resolveLimits({ rateBurst })).toThrow("rateBurst: expected 1 to 1000000 messages");
  });
});
