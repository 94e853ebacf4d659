import { lettersOfAll } from "./nearest-name.js";
import { ruleKeywords } from "./shape.js";

/** Most faults that are collected, and most names that a text lists. */
export const maxIssues = 20;

/** Name of a member, or index of an item. */
export type Key = string | number;

export const quote = JSON.stringify;

/** Most characters of a key that an issue shows: senders choose keys, and issues are sent back and logged. */
const maxKeyLength = 128;

/** A key as an issue shows it. */
export function cutKey(key: string): string {
  return key.length > maxKeyLength ? `${key.slice(0, maxKeyLength)}…` : key;
}

/** A key as a part of a JSON pointer. */
export function escaped(key: Key): string {
  if (typeof key !== "string") return String(key);
  const text = cutKey(key);
  return /[~/]/.test(text) ? text.replaceAll("~", "~0").replaceAll("/", "~1") : text;
}

export const list = (items: readonly unknown[]): string =>
  items
    .slice(0, maxIssues)
    .map((item) => quote(item))
    .join(", ");

export const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean "${near}"?`;

interface Words {
  readonly keyword: string;
  readonly before: string;
  /** What follows the asserted value; undefined when the phrase does not name it. */
  readonly after: string | undefined;
}

/** `ruleKeywords`, taken apart once. */
const words: Words[] = [];

export function wordsOf(op: number): Words {
  const known = words[op];
  if (known) return known;
  const [keyword = "", phrase = "#"] = ruleKeywords[op]?.split(":") ?? [];
  const [before = "", after] = phrase.split("#");
  const found = { keyword, before, after };
  words[op] = found;
  return found;
}

interface Names {
  readonly names: readonly string[];
  readonly letters: readonly number[];
}

const namesByCases = /* @__PURE__ */ new WeakMap<object, Names>();

/** The keys of an object that never changes. */
export function namesOf(cases: object): Names {
  const known = namesByCases.get(cases);
  if (known) return known;
  const names = Object.keys(cases);
  const found = { names, letters: lettersOfAll(names) };
  namesByCases.set(cases, found);
  return found;
}
