import { describe, expect, it } from "vitest";
import { mulberry32, type Random } from "../../codegen/test/support/random-value.js";
import { formatShape } from "../src/evaluate/format-shapes.js";
import { formatAccepts, formatSamples } from "../src/evaluate/formats.js";
import { patternAccepts } from "../src/evaluate/pattern-accepts.js";

const names = [
  ...["date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference"],
  ...["uri-template", "uuid", "json-pointer", "relative-json-pointer", "regex"],
];

/** More texts of formats, at the ends of what they let pass. */
const more: readonly string[] = [
  ...[
    "2024-02-29t23:59:60z",
    "2024-02-29 00:00:00.123456+0130",
    "23:59:60Z",
    "00:00:00-00:00",
    "P1Y2M3DT4H5M6S",
  ],
  ...["P3W", "PT0S", "!#$%&'*+/=?^_`{|}~-.a@a-b.c-d.e", "a.", "A-1.b", "255.255.255.255", "1:2:3:4:5:6:7:8"],
  ...["ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "::ffff:0:1.2.3.4", "mailto:a@b?c=%20#d", "//a/b?c#d"],
  ...["{+a,b:3}{?c*}é", "urn:uuid:5F3C1F0E-7a51-4c1b-9a0e-2f4f0f6d8f11", "/~0~1/é", "12#", "0/a~1b"],
  ...["x:[::1]:80/'\"", "http://[v1.a:b]@", "a+.-:", "%41:", "\u0130", "K"],
];

const letters = [..."0159:-./#@aAzZtTPWY %{}[]~\"'\n\u{1F41D}"];

function changed(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const letter = letters[Math.floor(random() * letters.length)] ?? "";
  const skip = Math.floor(random() * 3);
  return text.slice(0, at) + (random() < 0.5 ? letter : "") + text.slice(at + skip);
}

describe("the shape of a format", () => {
  it.each(names)("is as wide as %s, and no wider where it is exact", (name) => {
    const random = mulberry32(7);
    const shape = formatShape(name);
    const samples = names.flatMap((other) => formatSamples(other));
    for (const sample of [...samples, ...more]) {
      let text = sample;
      for (let count = 0; count < 150; count++) {
        const accepted = formatAccepts(name, text);
        const matches = shape === undefined || patternAccepts(shape.source, text) === true;
        if (accepted || shape?.isExact) expect([text, matches]).toEqual([text, accepted]);
        text = count % 10 === 0 ? sample : changed(text, random);
      }
    }
  });

  it.each(names)("has samples of %s", (name) => {
    expect(formatSamples(name).filter((text) => !formatAccepts(name, text))).toEqual([]);
    expect(formatSamples(name).length).toBeGreaterThan(0);
  });
});
