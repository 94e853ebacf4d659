import { describe, expect, it } from "vitest";
import { readFrame } from "../src/check-frame.js";

describe("readFrame", () => {
  it("reads a frame of the contract", () => {
    expect(readFrame('{"type":"ping"}')).toEqual({ type: "ping" });
  });

  it("blames the place of the fault", () => {
    expect(() => readFrame('{"type":"subscribe","subscription":[]}')).toThrow(
      `/subscriptions must be present (did you mean "subscriptions" where "subscription" stands?)`,
    );
  });
});
