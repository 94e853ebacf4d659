import { afterEach, expect } from "vitest";

const violations: string[] = [];

/** Notes a frame of a server that breaks the contract: the test that runs fails for it. */
export function violated(sentence: string): void {
  violations.push(sentence);
}

// Every test file that opens a socket imports this one: no test passes over a bad frame.
afterEach(() => {
  expect(violations.splice(0)).toEqual([]);
});
