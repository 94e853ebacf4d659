/** What a text has to fulfil. */
export interface TextRules {
  /** Least number of characters. */
  readonly least: number;
  /** Largest number of characters; Infinity when there is no bound. */
  readonly most: number;
  readonly patterns: readonly string[];
  readonly format: string | undefined;
}

/** One text per format of JSON Schema 2020-12 validation, section 7.3. */
const formats: ReadonlyMap<string, string> = new Map([
  ["date-time", "2026-01-02T03:04:05Z"],
  ["date", "2026-01-02"],
  ["time", "03:04:05Z"],
  ["duration", "PT1S"],
  ["email", "someone@example.com"],
  ["idn-email", "someone@example.com"],
  ["hostname", "example.com"],
  ["idn-hostname", "example.com"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["uri", "https://example.com/"],
  ["uri-reference", "/path"],
  ["iri", "https://example.com/"],
  ["iri-reference", "/path"],
  ["uri-template", "/path/{name}"],
  ["uuid", "5f3c1f0e-7a51-4c1b-9a0e-2f4f0f6d8f11"],
  ["json-pointer", "/name"],
  ["relative-json-pointer", "0"],
  ["regex", "^a$"],
]);

/** Characters that are tried for one place of a pattern, the plain ones first. */
const characters: readonly string[] = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ..."-_./:@ ,;!?#%&*+=~^$|\\\"'`<>()[]{}\t\n",
  ...Array.from({ length: 0x500 - 0xa1 }, (_, index) => String.fromCodePoint(0xa1 + index)),
];

interface Step {
  readonly text: string;
  readonly rest: string;
}

/** One class, escape or literal: a character it accepts. */
function atom(source: string, variant: number): Step | undefined {
  const found =
    /^\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|[\s\S])|^\[(?:\\[\s\S]|[^\]\\])*\]|^[\s\S]/u.exec(
      source,
    );
  if (!found) return undefined;
  const [token] = found;
  const rest = source.slice(token.length);
  if (/^(?:\^|\$|\\[bB])$/.test(token)) return { text: "", rest };
  const one = new RegExp(`^(?:${token})$`, "u");
  const literal = [...token].at(-1) ?? "";
  const accepted =
    one.test(literal) && !/^[\\[.]/.test(token) ? [literal] : characters.filter((c) => one.test(c));
  const text = accepted[variant % Math.max(accepted.length, 1)];
  return text === undefined ? undefined : { text, rest };
}

/** A parenthesis: the text of one of its branches; a look-around has none. */
function group(source: string, grow: number, variant: number): Step | undefined {
  const opening = /^\((?:\?(?::|<[^=!>][^>]*>|<?[=!]))?/.exec(source)?.[0] ?? "(";
  const inside = branches(source.slice(opening.length), grow, variant);
  if (!inside?.rest.startsWith(")")) return undefined;
  return { text: /[=!]$/.test(opening) ? "" : inside.text, rest: inside.rest.slice(1) };
}

function repeated(step: Step, again: (turn: number) => string, grow: number): Step {
  const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(step.rest);
  if (!found) return step;
  const [quantifier, sign, low, comma, high] = found;
  const least = sign === "+" ? 1 : Number(low ?? 0);
  const most =
    sign === "?" ? 1 : sign !== undefined || (comma === "," && high === "") ? Infinity : Number(high || low);
  const count = Math.min(most, least + grow);
  const text = Array.from({ length: count }, (_, turn) => again(turn)).join("");
  return { text, rest: step.rest.slice(quantifier.length) };
}

function sequence(source: string, grow: number, variant: number): Step | undefined {
  let text = "";
  let rest = source;
  while (rest !== "" && !rest.startsWith("|") && !rest.startsWith(")")) {
    const one = rest.startsWith("(") ? group(rest, grow, variant) : atom(rest, variant);
    if (!one) return undefined;
    const step = repeated(one, () => one.text, grow);
    text += step.text;
    rest = step.rest;
  }
  return { text, rest };
}

function branches(source: string, grow: number, variant: number): Step | undefined {
  const texts: string[] = [];
  let rest = `|${source}`;
  while (rest.startsWith("|")) {
    const step = sequence(rest.slice(1), grow, variant);
    if (!step) return undefined;
    texts.push(step.text);
    rest = step.rest;
  }
  return { text: texts[variant % texts.length] ?? "", rest };
}

function* candidates(rules: TextRules, variant: number): Generator<string> {
  const known = rules.format === undefined ? undefined : formats.get(rules.format);
  if (known !== undefined && variant === 0) yield known;
  const longest = Math.min(rules.least, 256);
  const [pattern] = rules.patterns;
  if (pattern !== undefined) {
    for (const grow of new Set([0, 1, 2, variant, longest])) {
      const text = branches(pattern, grow, variant)?.text;
      if (text === undefined) continue;
      const missing = "a".repeat(Math.max(0, rules.least - [...text].length));
      yield* [text, missing + text, text + missing, `a${missing}${text}`];
    }
  } else if (known === undefined || rules.format === undefined) {
    const plain = variant === 0 ? "text" : `text ${variant}`;
    yield plain + "a".repeat(Math.max(0, rules.least - plain.length));
    const digits = String(variant);
    yield (variant === 0 ? "" : digits)
      .padStart(rules.least, "a")
      .slice(-Math.max(rules.most, 0) || rules.least);
  }
}

/**
 * A text that fulfils the rules, the same one for the same rules.
 * @param variant 0 for the usual text; others differ from it where the rules leave room
 * @returns undefined when none was found: two patterns at once, look-behinds and back references are guessed only
 */
export function sampleText(rules: TextRules, variant = 0): string | undefined {
  const tests = rules.patterns.map((pattern) => new RegExp(pattern, "u"));
  for (const text of candidates(rules, variant)) {
    const { length } = [...text];
    if (length >= rules.least && length <= rules.most && tests.every((test) => test.test(text))) return text;
  }
  return undefined;
}
