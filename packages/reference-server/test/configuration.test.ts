import { generateKeyPairSync } from "node:crypto";
import { limitNames } from "@hivewire/protocol";
import { ReferenceServerError } from "@hivewire/reference-server";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../src/configuration/configuration.js";
import { variablesDocument, variablesHelp } from "../src/configuration/describe.js";
import { readCommandLine } from "../src/configuration/flags.js";
import { limitVariable } from "../src/configuration/limit-variables.js";
import { findUnknownVariables } from "../src/configuration/unknown-variables.js";
import { flagOf } from "../src/configuration/variable.js";
import { variables } from "../src/configuration/variables.js";

const jwtSecret = "a-secret-of-tokens-with-32-bytes-or-more";
const pem = (type: "rsa" | "ed25519" | "ec", bits = 2_048): string => {
  const { publicKey } =
    type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: bits })
      : type === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("ed25519");
  return publicKey.export({ type: "spki", format: "pem" }).toString();
};

describe("readConfiguration", () => {
  it("has a default for everything", () => {
    const { limits, ...others } = readConfiguration({});
    expect(others).toEqual({
      host: "127.0.0.1",
      port: 8000,
      basePath: "/api/dashboard",
      trustProxy: false,
      logLevel: "warn",
      access: { mode: "open" },
      allowedOrigins: undefined,
      adminToken: undefined,
      compression: undefined,
      metricsPrefix: "hivewire_ws_",
      reconnectSpreadMs: 5_000,
      shutdownGraceMs: 5_000,
      isTracingEnabled: false,
    });
    expect(limits).toMatchObject({ rateTokensPerSecond: 20, rateBurst: 40, maxMessageBytes: 65_536 });
  });

  const rows: readonly [env: Record<string, string>, want: object][] = [
    [
      { PORT: "0", HOST: "::1" },
      { port: 0, host: "::1" },
    ],
    [{ PORT: "" }, { port: 8000 }],
    [
      { WS_RATE_TOKENS_PER_SEC: "0.5", WS_RATE_BURST: "1" },
      { limits: { rateTokensPerSecond: 0.5, rateBurst: 1 } },
    ],
    [{ WS_IDLE_MS: "1000" }, { limits: { idleMs: 1_000 } }],
    [
      { WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "12345678" },
      { access: { mode: "token", token: "12345678" } },
    ],
    [{ WS_AUTH_TOKEN: "12345678" }, { access: { mode: "open" } }],
    [
      { WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "12345678", WS_MAX_CONNECTIONS: "300" },
      { limits: { maxConnectionsPerCredential: 300 } },
    ],
    [
      { WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "12345678", WS_MAX_CONNECTIONS_PER_CREDENTIAL: "3" },
      { limits: { maxConnectionsPerCredential: 3 } },
    ],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: jwtSecret },
      {
        access: {
          mode: "jwt",
          isRequired: true,
          key: { kind: "secret" },
          clockSkewSeconds: 30,
          rolesClaim: "roles",
          adminRole: "admin",
        },
      },
    ],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: jwtSecret, WS_AUTH_REQUIRED: "false" },
      { access: { isRequired: false } },
    ],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_PUBLIC_KEY: pem("rsa").replaceAll("\n", "\\n") },
      { access: { key: { kind: "public", algorithm: "RS256" } } },
    ],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_PUBLIC_KEY: pem("ed25519") },
      { access: { key: { kind: "public", algorithm: "EdDSA" } } },
    ],
    [{ WS_AUTH_MODE: "jwt", WS_JWKS_URL: "http://127.0.0.1:9/keys" }, { access: { key: { kind: "jwks" } } }],
    [
      { WS_ALLOWED_ORIGINS: "https://a.example, https://b.example" },
      { allowedOrigins: ["https://a.example", "https://b.example"] },
    ],
    [{ WS_COMPRESSION_ENABLED: "true" }, { compression: { thresholdBytes: 1_024 } }],
    [{ WS_METRICS_PREFIX: "app:ws_" }, { metricsPrefix: "app:ws_" }],
    [{ WS_BASE_PATH: "/a/b-c" }, { basePath: "/a/b-c" }],
  ];
  it.each(rows)("reads %j", (env, want) => {
    expect(readConfiguration(env)).toMatchObject(want);
  });

  it("takes a flag before its variable", () => {
    expect(readConfiguration({ PORT: "1" }, { port: "2" })).toMatchObject({ port: 2 });
    expect(() => readConfiguration({ PORT: "1" }, { port: "x" })).toThrow(
      'Failed to read PORT: its value "x" of --port cannot be used.',
    );
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
    [{ WS_AUTH_MODE: "basic" }, "Please set one of token, jwt."],
    [{ WS_AUTH_MODE: "jwt" }, "WS_AUTH_MODE: it is jwt and there is no key"],
    [{ WS_AUTH_MODE: "jwt", WS_JWT_SECRET: "short-secret-of-tokens" }, "WS_JWT_SECRET"],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: jwtSecret, WS_JWKS_URL: "https://a.example/keys" },
      "WS_JWKS_URL: WS_JWT_SECRET is set as well",
    ],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: jwtSecret, WS_AUTH_TOKEN: "12345678" },
      "WS_AUTH_TOKEN: WS_AUTH_MODE is jwt",
    ],
    [{ WS_JWT_ISSUER: "me" }, "WS_JWT_ISSUER: WS_AUTH_MODE is not jwt"],
    [{ WS_AUTH_MODE: "jwt", WS_JWT_PUBLIC_KEY: "x".repeat(64) }, "it is no public key in PEM"],
    [{ WS_AUTH_MODE: "jwt", WS_JWT_PUBLIC_KEY: pem("rsa", 1_024) }, "it is an rsa key of 1024 bits"],
    [{ WS_AUTH_MODE: "jwt", WS_JWT_PUBLIC_KEY: pem("ec") }, "it is an ec key"],
    [
      {
        WS_AUTH_MODE: "jwt",
        WS_JWT_PUBLIC_KEY: generateKeyPairSync("rsa", { modulusLength: 2_048 })
          .privateKey.export({ type: "pkcs8", format: "pem" })
          .toString(),
      },
      "it is a private key",
    ],
    [{ WS_AUTH_MODE: "jwt", WS_JWKS_URL: "http://keys.example/keys" }, "WS_JWKS_URL"],
    [{ WS_AUTH_MODE: "jwt", WS_JWKS_URL: "https://user:pass@keys.example/keys" }, "WS_JWKS_URL"],
    [
      { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: jwtSecret, WS_JWT_CLOCK_SKEW_SECONDS: "301" },
      "WS_JWT_CLOCK_SKEW_SECONDS",
    ],
    [{ WS_METRICS_PREFIX: "9_ws" }, "WS_METRICS_PREFIX"],
    [{ WS_BASE_PATH: "/api/" }, "WS_BASE_PATH"],
    [{ WS_BASE_PATH: "/../etc" }, "WS_BASE_PATH"],
    [
      { WS_HARD_MESSAGE_BYTES: "1024" },
      "WS_HARD_MESSAGE_BYTES: 1024 is less than WS_MAX_MESSAGE_BYTES, 65536. Please set WS_HARD_MESSAGE_BYTES to 65536 or more.",
    ],
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
    expect(() => readConfiguration({ WS_AUTH_MODE: "jwt", WS_JWT_SECRET: "hunter2" })).not.toThrow("hunter2");
  });
});

describe("the table of variables", () => {
  it("has every limit, and shows each variable in help and document", () => {
    const shown = [variablesHelp(), variablesDocument()];
    for (const name of limitNames) expect(Object.keys(variables)).toContain(limitVariable(name));
    for (const name of Object.keys(variables)) for (const text of shown) expect(text).toContain(name);
  });

  it("names a flag for everything but secrets", () => {
    const secrets = Object.keys(variables).filter((name) => variables[name]?.isSecret);
    expect(secrets).toEqual(["WS_AUTH_TOKEN", "WS_JWT_SECRET", "WS_ADMIN_TOKEN", "REDIS_URL"]);
    for (const name of secrets) expect(variablesDocument()).not.toContain(`--${flagOf(name)}\``);
  });
});

describe("readCommandLine", () => {
  const rows: readonly [argv: string[], want: object][] = [
    [["--port", "0", "--ws-rate-burst=8"], { flags: { port: "0", "ws-rate-burst": "8" }, demo: false }],
    [["--ws-trust-proxy", "--demo"], { flags: { "ws-trust-proxy": "true" }, demo: true }],
    [["--ws-trust-proxy", "false"], { flags: { "ws-trust-proxy": "false" } }],
    [["--help"], { help: true, flags: {} }],
  ];
  it.each(rows)("reads %j", (argv, want) => {
    expect(readCommandLine(argv)).toMatchObject(want);
  });

  const refused: readonly [argv: string[], says: string][] = [
    [["--nope"], "Unknown option '--nope'"],
    [["--ws-auth-token=hunter2hunter2"], "WS_AUTH_TOKEN is read from the environment only"],
    [["--ws-auth-token", "hunter2hunter2"], "WS_AUTH_TOKEN is read from the environment only"],
  ];
  it.each(refused)("refuses %j", (argv, says) => {
    expect(() => readCommandLine(argv)).toThrow(says);
    expect(() => readCommandLine(argv)).not.toThrow("hunter2");
  });
});

describe("findUnknownVariables", () => {
  it("names what nothing reads, and what was most likely meant", () => {
    const env = { WS_RATE_BRUST: "secret", WS_PORT_OF_ANOTHER: "1", WS_RATE_BURST: "1", PATH: "/bin" };
    expect(findUnknownVariables(env)).toEqual([
      { name: "WS_RATE_BRUST", nearest: "WS_RATE_BURST" },
      { name: "WS_PORT_OF_ANOTHER", nearest: undefined },
    ]);
  });
});
