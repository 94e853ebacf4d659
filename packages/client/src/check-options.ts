import { failure } from "./client-error.js";

/** Any of the fields; undefined stands for the default. */
export type Overrides<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The largest delay of a timer, in milliseconds: a longer one fires at once. */
const max = 2 ** 31 - 1;

/** @throws ClientError `invalid-option` */
export function refuseOption(name: string, value: unknown, allowed: string): never {
  throw failure("invalid-option", `set ${name}`, `${String(value)} is out of range`, `pass ${allowed}`);
}

/** The defaults with what is given in their place. */
export function fill<T extends object>(defaults: T, given: Overrides<T> | undefined): T {
  const all = { ...defaults };
  for (const name in defaults) all[name] = given?.[name] ?? defaults[name];
  return all;
}

/**
 * Refuses what is no number, or out of its range.
 * @throws ClientError `invalid-option`
 */
export function checkNumber(name: string, value: unknown, min: number): void {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    refuseOption(name, value, `${min} to ${max}`);
  }
}

/**
 * The defaults with what is given in their place, all of them numbers in their range.
 * @throws ClientError `invalid-option`
 */
export function checkNumbers<T extends object>(
  prefix: string,
  defaults: T,
  given: Overrides<T> | undefined,
  min: number,
): T {
  const all = fill(defaults, given);
  for (const name in all) checkNumber(prefix + name, all[name], min);
  return all;
}
