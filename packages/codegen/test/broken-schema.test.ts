import { CodegenError, readModel } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";

interface Want {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  readonly expected: RegExp;
}

function faultOf(text: string): CodegenError {
  try {
    readModel({ text, file: "broken.json" });
  } catch (reason) {
    if (reason instanceof CodegenError) return reason;
    throw reason;
  }
  throw new Error("the schema was accepted");
}

const ping = '"Ping": {"type": "object", "properties": {"type": {"const": "ping"}}, "required": ["type"], ';

type Row = readonly [title: string, text: string, want: Want];

describe("a broken schema is blamed at its place", () => {
  const rows: readonly Row[] = [
    [
      "no JSON",
      '{\n  "oneOf": [,]\n}',
      { code: "invalid_json", line: 2, column: 13, pointer: "", expected: /one JSON value/ },
    ],
    [
      "an empty file",
      "",
      { code: "invalid_json", line: 1, column: 1, pointer: "", expected: /one JSON value/ },
    ],
    [
      "a comment",
      "// hello\n{}",
      { code: "invalid_json", line: 1, column: 1, pointer: "", expected: /one JSON value/ },
    ],
    ["no object", "[]", { code: "invalid_schema", line: 1, column: 1, pointer: "", expected: /object/ }],
    [
      "a key twice",
      '{\n  "a": {\n    "b": 1,\n    "b": 2\n  }\n}',
      { code: "duplicate_key", line: 4, column: 5, pointer: "/a/b", expected: /once/ },
    ],
    [
      "a type that does not exist",
      '{\n  "properties": {\n    "a": { "type": "strin" }\n  }\n}',
      { code: "invalid_schema", line: 3, column: 20, pointer: "/properties/a/type", expected: /string/ },
    ],
    [
      "a keyword of the wrong kind",
      '{\n  "required": "type"\n}',
      { code: "invalid_schema", line: 2, column: 15, pointer: "/required", expected: /array/ },
    ],
    [
      "a pattern that does not compile",
      '{\n  "pattern": "("\n}',
      { code: "invalid_schema", line: 2, column: 14, pointer: "/pattern", expected: /regular expression/ },
    ],
    [
      "a reference into nothing",
      '{\n  "oneOf": [\n    { "$ref": "#/$defs/Pong" }\n  ]\n}',
      { code: "unresolved_reference", line: 3, column: 15, pointer: "/oneOf/0/$ref", expected: /#\/\$defs/ },
    ],
    [
      "a reference to elsewhere",
      '{\n  "$ref": "http://localhost/other.json"\n}',
      { code: "unresolved_reference", line: 2, column: 11, pointer: "/$ref", expected: /this file/ },
    ],
    [
      "a reference to itself",
      '{\n  "oneOf": [{ "$ref": "#/$defs/A" }],\n  "$defs": {\n    "A": { "$ref": "#/$defs/B" },\n    "B": { "allOf": [{ "$ref": "#/$defs/A" }] }\n  }\n}',
      {
        code: "unresolved_reference",
        line: 4,
        column: 10,
        pointer: "/$defs/A",
        expected: /through a property or an item/,
      },
    ],
    [
      "a dialect from the past",
      '{\n  "$schema": "http://json-schema.org/draft-03/schema#"\n}',
      { code: "unsupported_dialect", line: 2, column: 14, pointer: "/$schema", expected: /2020-12/ },
    ],
    [
      "a sender that nobody is",
      `{ "oneOf": [{ "$ref": "#/$defs/Ping" }],\n "$defs": {${ping}"x-sender": "browser"}}}`,
      {
        code: "invalid_contract",
        line: 2,
        column: 116,
        pointer: "/$defs/Ping/x-sender",
        expected: /"client" or "server"/,
      },
    ],
    [
      "a topic that is not declared",
      `{ "oneOf": [{ "$ref": "#/$defs/Ping" }],\n "$defs": {${ping}"x-topic": "agents"}}}`,
      {
        code: "invalid_contract",
        line: 2,
        column: 115,
        pointer: "/$defs/Ping/x-topic",
        expected: /x-contract.topics/,
      },
    ],
    ...['"latest"', "1", "false", '"/a~2"', '""'].map(
      (value): Row => [
        `an x-coalesce of ${value}`,
        `{ "oneOf": [{ "$ref": "#/$defs/Ping" }],\n "$defs": {${ping}"x-coalesce": ${value}}}}`,
        {
          code: "invalid_contract",
          line: 2,
          column: 118,
          pointer: "/$defs/Ping/x-coalesce",
          expected: /true or a JSON pointer/,
        },
      ],
    ),
    [
      "a reply that does not exist",
      `{ "oneOf": [{ "$ref": "#/$defs/Ping" }],\n "$defs": {${ping}"x-replies": ["pong"]}}}`,
      {
        code: "invalid_contract",
        line: 2,
        column: 118,
        pointer: "/$defs/Ping/x-replies/0",
        expected: /one of ping/,
      },
    ],
    [
      "a version that is none",
      '{\n  "x-contract": { "name": "a", "version": "1.1" }\n}',
      { code: "invalid_contract", line: 2, column: 43, pointer: "/x-contract/version", expected: /1\.1\.0/ },
    ],
    [
      "nesting beyond the bound",
      `${'{"not":'.repeat(300)}{}${"}".repeat(300)}`,
      { code: "too_large", line: 1, column: 1, pointer: "", expected: /256 levels/ },
    ],
  ];
  it.each(rows)("%s", (_title, text, want) => {
    const fault = faultOf(text);
    expect({ code: fault.code, ...fault.location }).toEqual({
      code: want.code,
      file: "broken.json",
      line: want.line,
      column: want.column,
      pointer: want.pointer,
    });
    expect(fault.expected).toMatch(want.expected);
  });
});
