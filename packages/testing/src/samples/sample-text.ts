import { patternText } from "./pattern-text.js";
import type { Random } from "./random.js";
import { numbers, type Schema, texts } from "./schema-walk.js";

const words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "jade"];

/** Longest text that is made on purpose, in characters. */
const longest = 100_000;

const two = (value: number): string => String(value).padStart(2, "0");

/** A fixed part of the calendar, so that every date exists. */
function date(random: Random): string {
  return `2026-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;
}

function time(random: Random): string {
  return `${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}Z`;
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.whole(0, 15).toString(16)).join("");
}

const word = (random: Random): string => random.pick(words) ?? "amber";

/** Texts per format (JSON Schema 2020-12, validation, section 7.3). */
const formats: Readonly<Record<string, (random: Random) => string>> = {
  "date-time": (random) => `${date(random)}T${time(random)}`,
  date,
  time,
  duration: (random) => `PT${random.whole(1, 59)}S`,
  email: (random) => `${word(random)}@example.com`,
  "idn-email": (random) => `${word(random)}@example.com`,
  hostname: (random) => `${word(random)}.example.com`,
  "idn-hostname": (random) => `${word(random)}.example.com`,
  ipv4: (random) => `192.0.2.${random.whole(1, 254)}`,
  ipv6: (random) => `2001:db8::${hex(random, 3).replace(/^0+/, "") || "1"}`,
  uri: (random) => `https://example.com/${word(random)}`,
  "uri-reference": (random) => `/${word(random)}`,
  iri: (random) => `https://example.com/${word(random)}`,
  "iri-reference": (random) => `/${word(random)}`,
  "uri-template": (random) => `/${word(random)}/{name}`,
  uuid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
  "json-pointer": (random) => `/${word(random)}`,
  "relative-json-pointer": (random) => String(random.whole(0, 9)),
  regex: (random) => `^${word(random)}$`,
};

/**
 * A text within the bounds of the schemas, of their format or pattern; the caller judges it.
 * @param attempt - from 0; later ones try longer texts and other patterns
 */
export function sampleText(schemas: readonly Schema[], random: Random, attempt: number): string {
  const least = Math.min(Math.max(0, ...numbers(schemas, "minLength")), longest);
  const most = Math.min(...numbers(schemas, "maxLength"));
  const patterns = texts(schemas, "pattern");
  const [format] = texts(schemas, "format");
  const pattern = patterns[attempt % Math.max(1, patterns.length)];
  if (pattern === undefined) {
    const known = format !== undefined && Object.hasOwn(formats, format) ? formats[format] : undefined;
    const text = known?.(random) ?? `${word(random)}-${random.whole(0, 999)}`;
    if (known && text.length >= least && text.length <= most) return text;
    return text.padEnd(least, text).slice(0, Math.max(0, most));
  }
  const grow = attempt === 0 && least === 0 ? 3 : attempt % 3 === 2 ? 0 : Math.max(3, least);
  const text = patternText(pattern, { random, grow }) ?? "";
  const missing = "a".repeat(Math.max(0, least - text.length));
  return (attempt % 2 === 0 ? text + missing : missing + text) || text;
}
