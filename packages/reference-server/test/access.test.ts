import { describe, expect, it } from "vitest";
import { forwardedAddress } from "../src/access/client-address.js";
import { identityOf, readRoles } from "../src/access/identity.js";
import { isLoopback, type RequestOrigin } from "../src/access/loopback.js";
import { isSameSecret } from "../src/access/secrets.js";

describe("secrets", () => {
  it("are equal when they are, whatever their lengths", () => {
    expect([
      isSameSecret("a", "a"),
      isSameSecret("a", "b"),
      isSameSecret("a", "aa"),
      isSameSecret("", "a"),
    ]).toEqual([true, false, false, false]);
  });
});

describe("isLoopback", () => {
  const local = { remoteAddress: "127.0.0.1", host: "127.0.0.1:8000", isForwarded: false };
  const rows: readonly [title: string, origin: RequestOrigin, want: boolean][] = [
    ["on this machine", local, true],
    ["on this machine by name", { ...local, host: "localhost" }, true],
    ["on this machine over IPv6", { ...local, remoteAddress: "::1", host: "[::1]:8000" }, true],
    ["on this machine over a mapped address", { ...local, remoteAddress: "::ffff:127.0.0.1" }, true],
    ["from elsewhere", { ...local, remoteAddress: "10.0.0.1" }, false],
    ["from elsewhere over a mapped address", { ...local, remoteAddress: "::ffff:10.0.0.1" }, false],
    ["from a socket that is gone", { ...local, remoteAddress: undefined }, false],
    ["through a proxy", { ...local, isForwarded: true }, false],
    ["under another name", { ...local, host: "evil.example" }, false],
    ["under a name that only begins so", { ...local, host: "127.0.0.1.evil.example" }, false],
    ["without a name", { ...local, host: undefined }, false],
  ];
  it.each(rows)("tells a request %s", (_title, origin, want) => {
    expect(isLoopback(origin)).toBe(want);
  });
});

describe("forwardedAddress", () => {
  const rows: readonly [header: string | undefined, want: string | undefined][] = [
    ["10.0.0.1", "10.0.0.1"],
    ["203.0.113.9, 10.0.0.1", "10.0.0.1"],
    ["10.0.0.1:4711", "10.0.0.1"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["10.0.0.1,", undefined],
    ["unknown", undefined],
    ["", undefined],
    [undefined, undefined],
    [`${"x".repeat(5_000)},10.0.0.1`, undefined],
  ];
  it.each(rows)("of %j is %j", (header, want) => {
    expect(forwardedAddress(header)).toBe(want);
  });
});

describe("readRoles", () => {
  const rows: readonly [title: string, payload: object, claim: string, want: readonly string[]][] = [
    ["a list", { roles: ["a", "b"] }, "roles", ["a", "b"]],
    ["words", { scope: "a b" }, "scope", ["a", "b"]],
    ["a path into objects", { realm_access: { roles: ["a"] } }, "realm_access.roles", ["a"]],
    ["a name with dots before a path", { "a.b": ["x"], a: { b: ["y"] } }, "a.b", ["x"]],
    ["nothing at all", {}, "roles", []],
    ["what is no text", { roles: ["a", 1, null, { admin: true }, ""] }, "roles", ["a"]],
    ["an object", { roles: { admin: true } }, "roles", []],
    ["what only the prototype has", {}, "constructor.name", []],
    [
      "more than a hundred",
      { roles: Array.from({ length: 101 }, (_, i) => `r${i}`) },
      "roles",
      Array.from({ length: 100 }, (_, i) => `r${i}`),
    ],
    ["an endless name", { roles: ["x".repeat(257), "a"] }, "roles", ["a"]],
  ];
  it.each(rows)("reads %s", (_title, payload, claim, want) => {
    expect(readRoles({ ...payload }, claim)).toEqual(want);
  });
});

describe("identityOf", () => {
  const rules = { rolesClaim: "roles", adminRole: "admin", clockSkewSeconds: 30 };

  it("makes administrators of those who have the role, and ends with exp and the skew", () => {
    expect(identityOf({ sub: "ada", roles: ["admin"], exp: 100 }, "t", rules)).toEqual({
      subject: "ada",
      roles: ["admin"],
      isAdministrator: true,
      expiresAtMs: 130_000,
    });
    expect(identityOf({ sub: "bob", roles: ["administrator"] }, "t", rules).isAdministrator).toBe(false);
  });

  it("names a token without a subject by its digest", () => {
    const { subject } = identityOf({}, "the-token", rules);
    expect(subject).toMatch(/^token [0-9a-f]{16}$/);
  });
});
