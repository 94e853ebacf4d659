import { limitTable } from "@hivewire/protocol";
import Type, { type TSchema } from "typebox";
import { Value } from "typebox/value";
import { ReferenceServerError } from "./reference-server-error.js";

/** What the server runs with. */
export interface Configuration {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly logLevel: string;
  readonly rateTokensPerSecond: number;
  readonly rateBurst: number;
  /** The shared token that clients present; undefined lets everybody in. Never logged. */
  readonly authToken: string | undefined;
  /** Origins that browsers may come from; undefined lets all come. */
  readonly allowedOrigins: readonly string[] | undefined;
  /** The token of administrators; undefined serves them on loopback only. Never logged. */
  readonly adminToken: string | undefined;
}

/** One variable of the environment. */
export interface VariableRow {
  readonly schema: TSchema;
  /** What it is without the variable, as text. */
  readonly default?: string;
  readonly help: string;
  /** Its value is never repeated. */
  readonly isSecret?: true;
}

const token = Type.String({ minLength: 8, maxLength: 4_096 });
const range = (row: { readonly range: readonly [number, number] }) => ({
  minimum: row.range[0],
  maximum: row.range[1],
});

/** The table of variables (PROTOCOL.md, "Environment"). `--help` and validation read this one. */
export const variables = {
  HOST: {
    schema: Type.String({ minLength: 1, maxLength: 255 }),
    default: "127.0.0.1",
    help: "address to listen on",
  },
  PORT: {
    schema: Type.Integer({ minimum: 0, maximum: 65_535 }),
    default: "8000",
    help: "port to listen on; 0 takes a free one",
  },
  LOG_LEVEL: {
    schema: Type.Enum(["fatal", "error", "warn", "info", "debug", "silent"]),
    default: "warn",
    help: "least level of log lines, which go to stderr as JSON",
  },
  WS_RATE_TOKENS_PER_SEC: {
    schema: Type.Number(range(limitTable.rateTokensPerSecond)),
    default: String(limitTable.rateTokensPerSecond.default),
    help: "inbound frames per second and connection",
  },
  WS_RATE_BURST: {
    schema: Type.Integer(range(limitTable.rateBurst)),
    default: String(limitTable.rateBurst.default),
    help: "inbound frames at once",
  },
  WS_AUTH_REQUIRED: {
    schema: Type.Boolean(),
    default: "false",
    help: "whether clients have to present WS_AUTH_TOKEN",
  },
  WS_AUTH_MODE: { schema: Type.Literal("token"), default: "token", help: "how clients authenticate: token" },
  WS_AUTH_TOKEN: { schema: token, help: "the token of clients, 8 characters or more", isSecret: true },
  WS_ALLOWED_ORIGINS: {
    schema: Type.String({ minLength: 1, maxLength: 8_192 }),
    help: "origins of browsers, separated by commas; without it all may come",
  },
  WS_ADMIN_TOKEN: {
    schema: token,
    help: "the token of administrators; without it they are served on loopback only",
    isSecret: true,
  },
  WS_COMPRESSION_ENABLED: {
    schema: Type.Literal(false),
    default: "false",
    help: "compression: this version has none",
  },
  REDIS_URL: { schema: Type.Never(), help: "several nodes: this version runs on one", isSecret: true },
} as const satisfies Record<string, VariableRow>;

/** Name of a variable. */
type VariableName = keyof typeof variables;

/** Variables of the environment, as the process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A text as the value it spells: a number, true, false, or itself. */
function spelled(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}

function expectation(schema: TSchema): string {
  const {
    minimum,
    maximum,
    minLength,
    const: only,
    enum: values,
    not,
  }: Record<string, unknown> = { ...schema };
  if (not !== undefined) return "nothing: this version does not have it";
  if (only !== undefined) return `${only}: this version has nothing else`;
  if (Array.isArray(values)) return `one of ${values.join(", ")}`;
  if (minimum !== undefined) return `a number from ${minimum} to ${maximum}`;
  return minLength === undefined ? "true or false" : `a text of at least ${minLength} characters`;
}

function read(name: VariableName, env: Variables): unknown {
  const row: VariableRow = variables[name];
  const text = env[name] === undefined || env[name] === "" ? row.default : env[name];
  if (text === undefined) return undefined;
  const candidates = [spelled(text), text];
  const value = candidates.find((candidate) => Value.Check(row.schema, candidate));
  if (value !== undefined) return value;
  const shown = row.isSecret ? "" : ` "${text.slice(0, 80)}"`;
  throw new ReferenceServerError(
    "invalid_configuration",
    `Failed to read ${name}: its value${shown} cannot be used. Please set ${expectation(row.schema)}.`,
  );
}

const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Origins exactly as browsers send them (RFC 6454 section 6.2): others could never match. */
function readOrigins(text: string | undefined): readonly string[] | undefined {
  const origins = text?.split(",").map((origin) => origin.trim());
  const wrong = origins?.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong === undefined) return origins;
  throw new ReferenceServerError(
    "invalid_configuration",
    `Failed to read WS_ALLOWED_ORIGINS: "${wrong.slice(0, 80)}" is no origin. Please write each as a browser sends it, such as https://app.example.com.`,
  );
}

/**
 * Reads the environment. An empty variable counts as unset.
 * @throws ReferenceServerError `invalid_configuration`, in one sentence that names the variable
 */
export function readConfiguration(env: Variables): Configuration {
  const names = Object.keys(variables) as readonly VariableName[];
  const values = Object.fromEntries(names.map((name) => [name, read(name, env)])) as Record<
    VariableName,
    unknown
  >;
  const authToken = asText(values.WS_AUTH_TOKEN);
  if (values.WS_AUTH_REQUIRED === true && authToken === undefined) {
    throw new ReferenceServerError(
      "invalid_configuration",
      "Failed to read WS_AUTH_TOKEN: WS_AUTH_REQUIRED is true and there is no token. Please set WS_AUTH_TOKEN.",
    );
  }
  return {
    host: String(values.HOST),
    port: Number(values.PORT),
    logLevel: String(values.LOG_LEVEL),
    rateTokensPerSecond: Number(values.WS_RATE_TOKENS_PER_SEC),
    rateBurst: Number(values.WS_RATE_BURST),
    authToken: values.WS_AUTH_REQUIRED === true ? authToken : undefined,
    allowedOrigins: readOrigins(asText(values.WS_ALLOWED_ORIGINS)),
    adminToken: asText(values.WS_ADMIN_TOKEN),
  };
}
