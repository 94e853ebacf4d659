import type { Random } from "./random.js";

interface Step {
  readonly text: string;
  readonly rest: string;
}

/** How a text of a pattern is drawn. */
interface Draw {
  readonly random: Random;
  /** Most turns of an open repetition beyond its least. */
  readonly grow: number;
}

/** Characters that are tried for one place of a pattern: the plain ones, then any. */
const plain: readonly string[] = [..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const others: readonly string[] = [
  ..."-_./:@ ,;!?#%&*+=~^$|\\\"'`<>()[]{}\t\n",
  ...Array.from({ length: 0x500 - 0xa1 }, (_, index) => String.fromCodePoint(0xa1 + index)),
];

const acceptedBy = new Map<string, readonly string[]>();

function charactersOf(token: string): readonly string[] {
  const known = acceptedBy.get(token);
  if (known) return known;
  const expression = new RegExp(`^(?:${token})$`, "u");
  const found = plain.filter((character) => expression.test(character));
  const literal = [...token].filter((character) => expression.test(character));
  const accepted = found.length > 0 ? found : [...others.filter((c) => expression.test(c)), ...literal];
  acceptedBy.set(token, accepted);
  return accepted;
}

const tokenPattern =
  /^\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|[\s\S])|^\[(?:\\[\s\S]|[^\]\\])*\]|^[\s\S]/u;

/** One class, escape or literal: a character that it accepts. */
function atom(source: string, { random }: Draw): Step | undefined {
  const [token] = tokenPattern.exec(source) ?? [];
  if (token === undefined) return undefined;
  const rest = source.slice(token.length);
  if (/^(?:\^|\$|\\[bB])$/.test(token)) return { text: "", rest };
  const text = random.pick(charactersOf(token));
  return text === undefined ? undefined : { text, rest };
}

function group(source: string, draw: Draw): Step | undefined {
  const [opening = "("] = /^\((?:\?(?:<?[=!]|<[^>]*>|:))?/.exec(source) ?? [];
  const inside = branches(source.slice(opening.length), draw);
  if (!inside?.rest.startsWith(")")) return undefined;
  return { text: /[=!]$/.test(opening) ? "" : inside.text, rest: inside.rest.slice(1) };
}

/** How often the part before a quantifier comes, and what follows it. */
function repetition(rest: string, { random, grow }: Draw): { readonly count: number; readonly rest: string } {
  const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(rest);
  if (!found) return { count: 1, rest };
  const [quantifier, sign, low, comma, high] = found;
  const least = sign === "+" ? 1 : Number(low ?? 0);
  const isOpen = sign === "*" || sign === "+" || (comma === "," && high === "");
  const most = isOpen ? least + grow : sign === "?" ? 1 : Math.min(Number(high || low), least + grow);
  return { count: random.whole(least, Math.max(least, most)), rest: rest.slice(quantifier.length) };
}

function sequence(source: string, draw: Draw): Step | undefined {
  let text = "";
  let rest = source;
  while (rest !== "" && !rest.startsWith("|") && !rest.startsWith(")")) {
    const part = rest;
    const again = (): Step | undefined => (part.startsWith("(") ? group(part, draw) : atom(part, draw));
    const first = again();
    if (!first) return undefined;
    const { count, rest: next } = repetition(first.rest, draw);
    for (let turn = 0; turn < count; turn++) text += (turn === 0 ? first : again())?.text ?? "";
    rest = next;
  }
  return { text, rest };
}

function branches(source: string, draw: Draw): Step | undefined {
  const found: string[] = [];
  let rest = `|${source}`;
  while (rest.startsWith("|")) {
    const step = sequence(rest.slice(1), draw);
    if (!step) return undefined;
    found.push(step.text);
    rest = step.rest;
  }
  return { text: draw.random.pick(found) ?? "", rest };
}

/**
 * A text that a pattern most likely matches: classes, groups, alternatives and repetitions are followed, assertions and
 * back references are not; the caller judges it.
 * @returns undefined when the pattern cannot be read
 */
export function patternText(pattern: string, draw: Draw): string | undefined {
  return branches(pattern, draw)?.text;
}
