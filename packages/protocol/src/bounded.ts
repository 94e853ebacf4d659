import type { Check } from "./shape.js";

/**
 * A check that refuses where another runs out of stack: Ajv's code follows a value as deep as it goes.
 * @throws what the check throws, but for RangeError
 */
export function bounded(check: Check): Check {
  const run: Check = (value) => {
    try {
      const accepted = check(value);
      run.errors = check.errors ?? null;
      return accepted;
    } catch (reason) {
      if (!(reason instanceof RangeError)) throw reason;
      run.errors = null;
      return false;
    }
  };
  return run;
}
