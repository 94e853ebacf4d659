import { readFileSync } from "node:fs";
import { closeCodes, errorCodes } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

const text = readFileSync(new URL("../PROTOCOL.md", import.meta.url), "utf8");
const section = (title: string): string => text.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
const rowsOf = (title: string): readonly string[] =>
  section(title)
    .split("\n")
    .filter((line) => line.startsWith("| "));

const clientWords = {
  never: /stop/,
  resume: /resume/,
  backoff: /backoff/,
  refresh_token: /refresh the token/,
} as const;

describe("PROTOCOL.md", () => {
  it.each(Object.entries(errorCodes))(
    "tells the words and the end of %s as the table has them",
    (code, row) => {
      const line = rowsOf("Errors").find((candidate) => candidate.startsWith(`| \`${code}\``));
      expect(line).toContain(`\`${row.message}`);
      expect(line).toMatch(row.closes === null ? /stays open/ : new RegExp(`\\| ${row.closes} \\|$`));
    },
  );

  it.each(closeCodes)("tells what a client does after $code", ({ code, reconnect }) => {
    const line = rowsOf("Close codes").find((candidate) => candidate.split("|")[1]?.includes(String(code)));
    expect(line?.split("|")[3]).toMatch(clientWords[reconnect]);
  });

  it("lists no code that the table lacks", () => {
    const known = new Set<string>(closeCodes.map(({ code }) => String(code)));
    const listed = rowsOf("Close codes").flatMap((line) => line.split("|")[1]?.match(/\d{4}/g) ?? []);
    expect(listed.filter((code) => !known.has(code))).toEqual([]);
  });
});
