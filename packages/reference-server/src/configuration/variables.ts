import * as Type from "typebox";
import { limitVariables } from "./limit-variables.js";
import type { VariableRow } from "./variable.js";

const text = (maxLength = 1_024) => Type.String({ minLength: 1, maxLength });
const secret = Type.String({ minLength: 8, maxLength: 4_096 });

const listening = {
  HOST: { schema: text(255), default: "127.0.0.1", help: "address to listen on" },
  PORT: {
    schema: Type.Integer({ minimum: 0, maximum: 65_535 }),
    default: "8000",
    help: "port to listen on; 0 takes a free one",
  },
  WS_BASE_PATH: {
    schema: Type.String({ pattern: "^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$", maxLength: 128 }),
    default: "/api/dashboard",
    help: "where WebSockets and routes stand",
    expects: "a path such as /api/dashboard, without a slash at its end",
  },
  WS_TRUST_PROXY: {
    schema: Type.Boolean(),
    default: "false",
    help: "whether one proxy stands before the server: then the last entry of X-Forwarded-For is the client's address, which caps per address count by",
  },
  LOG_LEVEL: {
    schema: Type.Enum(["fatal", "error", "warn", "info", "debug", "silent"]),
    default: "warn",
    help: "least level of log lines, which go to stderr as JSON",
  },
} as const satisfies Record<string, VariableRow>;

const access = {
  WS_AUTH_REQUIRED: {
    schema: Type.Boolean(),
    help: "whether clients have to present credentials; false unless WS_AUTH_MODE is jwt",
  },
  WS_AUTH_MODE: {
    schema: Type.Enum(["token", "jwt"]),
    default: "token",
    help: "how clients authenticate: one shared token, or JSON Web Tokens; with jwt and WS_AUTH_REQUIRED=false those without a token are let in, and those with one are held to it",
  },
  WS_AUTH_TOKEN: { schema: secret, help: "the shared token, 8 characters or more", isSecret: true },
  WS_JWT_SECRET: {
    schema: Type.String({ minLength: 32, maxLength: 4_096 }),
    help: "key of tokens that are signed with HS256, 32 characters or more",
    isSecret: true,
  },
  WS_JWT_PUBLIC_KEY: {
    schema: Type.String({ minLength: 64, maxLength: 16_384 }),
    help: "public key in PEM of tokens that are signed with RS256 (RSA, 2048 bits or more) or EdDSA (Ed25519); \\n may stand for a line break",
  },
  WS_JWKS_URL: {
    schema: text(2_048),
    help: "where public keys are fetched (RS256, EdDSA): https, or http on this machine",
  },
  WS_JWT_ISSUER: { schema: text(), help: "the `iss` that tokens must have; without it any" },
  WS_JWT_AUDIENCE: { schema: text(), help: "the `aud` that tokens must have; without it any" },
  WS_JWT_CLOCK_SKEW_SECONDS: {
    schema: Type.Integer({ minimum: 0, maximum: 300 }),
    default: "30",
    help: "how far clocks may differ when `exp` and `nbf` are checked",
  },
  WS_JWT_ROLES_CLAIM: {
    schema: text(256),
    default: "roles",
    help: "claim that holds the roles: a list, or words in one text; dots lead into objects, as in realm_access.roles",
  },
  WS_JWT_ADMIN_ROLE: { schema: text(256), default: "admin", help: "role of administrators" },
  WS_ADMIN_TOKEN: {
    schema: secret,
    help: "the token of administrators; without it they are served on loopback only",
    isSecret: true,
  },
  WS_ALLOWED_ORIGINS: {
    schema: text(8_192),
    help: "origins of browsers, separated by commas; without it all may come",
  },
} as const satisfies Record<string, VariableRow>;

const operation = {
  WS_COMPRESSION_ENABLED: {
    schema: Type.Boolean(),
    default: "false",
    help: "compress frames (permessage-deflate), which costs memory per connection",
  },
  WS_COMPRESSION_THRESHOLD_BYTES: {
    schema: Type.Integer({ minimum: 0, maximum: 16_777_216 }),
    default: "1024",
    help: "smaller frames are sent as they are",
  },
  WS_METRICS_PREFIX: {
    schema: Type.String({ pattern: "^[a-zA-Z_:][a-zA-Z0-9_:]*$", maxLength: 64 }),
    default: "hivewire_ws_",
    help: "what names of metrics begin with",
    expects: "a beginning of a Prometheus name: letters, digits, _ and :, no digit first, at most 64",
  },
  WS_RECONNECT_SPREAD_MS: {
    schema: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
    default: "5000",
    help: "time over which clients spread their return after a shutdown",
  },
  WS_SHUTDOWN_GRACE_MS: {
    schema: Type.Integer({ minimum: 0, maximum: 600_000 }),
    default: "5000",
    help: "longest wait for clients to leave at a shutdown",
  },
  WS_TRACING_ENABLED: {
    schema: Type.Boolean(),
    default: "false",
    help: "trace with @opentelemetry/api, which the application installs and sets up",
  },
  REDIS_URL: {
    schema: Type.Never(),
    help: "several nodes: this version runs on one",
    expects: "nothing: this version does not have it",
    isSecret: true,
  },
} as const satisfies Record<string, VariableRow>;

/** The table of variables by subject (PROTOCOL.md, "Environment"). Validation, flags, `--help` and documents read it. */
export const variableGroups: Readonly<Record<string, Readonly<Record<string, VariableRow>>>> = {
  Listening: listening,
  Access: access,
  Limits: limitVariables,
  Operation: operation,
};

/** All rows of the table. */
export const variables: Readonly<Record<string, VariableRow>> = Object.assign(
  {},
  ...Object.values(variableGroups),
);

/** Name of a variable that is no limit. */
export type VariableName = keyof typeof listening | keyof typeof access | keyof typeof operation;
