import { ReferenceServerError } from "@hivewire/reference-server";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../src/configuration.js";
import { isLoopback, isSameSecret, type RequestOrigin } from "../src/secrets.js";

describe("readConfiguration", () => {
  it("has a default for everything", () => {
    expect(readConfiguration({})).toEqual({
      host: "127.0.0.1",
      port: 8000,
      logLevel: "warn",
      rateTokensPerSecond: 20,
      rateBurst: 40,
      authToken: undefined,
      allowedOrigins: undefined,
      adminToken: undefined,
    });
  });

  const rows: readonly [env: Record<string, string>, want: object][] = [
    [
      { PORT: "0", HOST: "::1" },
      { port: 0, host: "::1" },
    ],
    [{ PORT: "" }, { port: 8000 }],
    [
      { WS_RATE_TOKENS_PER_SEC: "0.5", WS_RATE_BURST: "1" },
      { rateTokensPerSecond: 0.5, rateBurst: 1 },
    ],
    [{ WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "12345678" }, { authToken: "12345678" }],
    [{ WS_AUTH_TOKEN: "12345678" }, { authToken: undefined }],
    [
      { WS_ALLOWED_ORIGINS: "https://a.example, https://b.example" },
      { allowedOrigins: ["https://a.example", "https://b.example"] },
    ],
    [{ WS_COMPRESSION_ENABLED: "false" }, {}],
  ];
  it.each(rows)("reads %j", (env, want) => {
    expect(readConfiguration(env)).toMatchObject(want);
  });

  const refused: readonly [env: Record<string, string>, says: string][] = [
    [{ PORT: "65536" }, 'PORT: its value "65536" cannot be used. Please set a number from 0 to 65535.'],
    [{ PORT: "80.5" }, "PORT"],
    [
      { LOG_LEVEL: "loud" },
      'LOG_LEVEL: its value "loud" cannot be used. Please set one of fatal, error, warn, info, debug, silent.',
    ],
    [{ WS_RATE_BURST: "0" }, "WS_RATE_BURST"],
    [{ WS_RATE_TOKENS_PER_SEC: "fast" }, "WS_RATE_TOKENS_PER_SEC"],
    [
      { WS_AUTH_REQUIRED: "yes" },
      'WS_AUTH_REQUIRED: its value "yes" cannot be used. Please set true or false.',
    ],
    [{ WS_AUTH_REQUIRED: "true" }, "Please set WS_AUTH_TOKEN."],
    [{ WS_ALLOWED_ORIGINS: "*" }, 'WS_ALLOWED_ORIGINS: "*" is no origin'],
    [
      { WS_ALLOWED_ORIGINS: "https://a.example,https://b.example/" },
      'WS_ALLOWED_ORIGINS: "https://b.example/" is no origin',
    ],
    [
      { WS_AUTH_MODE: "jwt" },
      'WS_AUTH_MODE: its value "jwt" cannot be used. Please set token: this version has nothing else.',
    ],
    [{ WS_COMPRESSION_ENABLED: "true" }, "WS_COMPRESSION_ENABLED"],
    [
      { REDIS_URL: "redis://user:password@host" },
      "REDIS_URL: its value cannot be used. Please set nothing: this version does not have it.",
    ],
  ];
  it.each(refused)("refuses %j in one sentence that names the variable", (env, says) => {
    expect(() => readConfiguration(env)).toThrow(ReferenceServerError);
    expect(() => readConfiguration(env)).toThrow(says);
  });

  it("never repeats a secret", () => {
    expect(() => readConfiguration({ REDIS_URL: "redis://user:password@host" })).not.toThrow("password");
    expect(() => readConfiguration({ WS_AUTH_TOKEN: "short" })).not.toThrow("short");
  });
});

describe("secrets", () => {
  it("are equal when they are, whatever their lengths", () => {
    expect([
      isSameSecret("a", "a"),
      isSameSecret("a", "b"),
      isSameSecret("a", "aa"),
      isSameSecret("", "a"),
    ]).toEqual([true, false, false, false]);
  });

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
  it.each(rows)("tell a request %s", (_title, origin, want) => {
    expect(isLoopback(origin)).toBe(want);
  });
});
