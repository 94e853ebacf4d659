import type { ConnectionInfo } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { isTooDeep, readJson } from "../src/http/read-json.js";
import { methodsAt, type RouteEntry } from "../src/http/route-table.js";
import { pageOf } from "../src/routes/connections.js";
import { readLimitFields } from "../src/routes/limit-fields.js";
import { unreadiness } from "../src/routes/ready.js";

describe("isTooDeep", () => {
  const rows: readonly [text: string, want: boolean][] = [
    ["[[]]", false],
    ["[[[]]]", true],
    ['{"a":[{}]}', true],
    ['["[[[["]', false],
    ['["\\"[[[["]', false],
    ["[[],[],[]]", false],
  ];
  it.each(rows)("of %s at two levels is %s", (text, want) => {
    expect(isTooDeep(text, 2)).toBe(want);
  });
});

describe("readJson", () => {
  it("reads JSON", () => {
    expect(readJson(Buffer.from('{"a":"é"}'))).toEqual({ a: "é" });
  });

  const refused: readonly [title: string, body: Buffer, says: string][] = [
    ["what is no JSON", Buffer.from("{"), "The body is not JSON."],
    ["what is no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "The body is not UTF-8."],
    ["a key that reaches the prototype", Buffer.from('{"a":{"__proto__":1}}'), "a key that is never taken"],
    ["endless nesting", Buffer.from("[".repeat(20_000)), "nested deeper than 128 levels"],
  ];
  it.each(refused)("refuses %s", (_title, body, says) => {
    expect(() => readJson(body)).toThrow(says);
  });
});

describe("methodsAt", () => {
  const entry = (method: string, path: string): RouteEntry => ({
    method,
    path,
    document: undefined,
    params: undefined,
    query: undefined,
    body: undefined,
  });
  const entries = [entry("GET", "/a"), entry("PATCH", "/a"), entry("POST", "/b/:id")];
  const rows: readonly [path: string, want: readonly string[]][] = [
    ["/a", ["GET", "PATCH", "HEAD"]],
    ["/b/7", ["POST"]],
    ["/b/", []],
    ["/b/7/8", []],
    ["/", []],
  ];
  it.each(rows)("of %s is %j", (path, want) => {
    expect(methodsAt(path, entries)).toEqual(want);
  });
});

describe("pageOf", () => {
  const info = (connectionId: string): ConnectionInfo => ({
    connectionId,
    remoteAddress: undefined,
    contractVersion: "1.1.0",
    ageMs: 0,
    topics: [],
    tokensLeft: 0,
    violations: 0,
    isPaused: false,
    queueBytes: 0,
    sendFailures: 0,
    latencyMs: undefined,
  });
  const shown = (ids: string, limit: number, after?: string) => {
    const { page, next } = pageOf([...ids].map(info), { limit, after });
    return [page.map(({ connectionId }) => connectionId).join(""), next];
  };

  it("shows everybody once, in the order of identifiers", () => {
    expect(shown("cabd", 2)).toEqual(["ab", "b"]);
    expect(shown("cabd", 2, "b")).toEqual(["cd", null]);
    expect(shown("cabd", 10)).toEqual(["abcd", null]);
    expect(shown("", 10)).toEqual(["", null]);
  });

  it("goes on where a connection that has gone was", () => {
    expect(shown("acd", 2, "b")).toEqual(["cd", null]);
  });
});

describe("unreadiness", () => {
  const rows: readonly [
    isClosing: boolean,
    status: "healthy" | "degraded" | "down",
    want: string | undefined,
  ][] = [
    [false, "healthy", undefined],
    [false, "degraded", undefined],
    [false, "down", "The bus is down."],
    [true, "healthy", "The server is closing."],
    [true, "down", "The server is closing."],
  ];
  it.each(rows)("while closing is %s and the bus is %s: %s", (isClosing, status, want) => {
    expect(unreadiness(isClosing, { status, kind: "redis" })).toBe(want);
  });
});

describe("readLimitFields", () => {
  it("reads seconds as milliseconds, and leaves the rest alone", () => {
    expect(readLimitFields({ idle_disconnect_seconds: 1.5, rate_limit_burst_capacity: 7 })).toEqual({
      idleMs: 1_500,
      rateBurst: 7,
    });
  });
});
