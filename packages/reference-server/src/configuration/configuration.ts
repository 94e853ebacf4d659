import type { Limits } from "@hivewire/protocol";
import { type AccessConfiguration, readAccess } from "./access-configuration.js";
import { readLimits } from "./limits-configuration.js";
import { refuseVariable, Values } from "./values.js";
import type { Variables } from "./variable.js";
import { variables } from "./variables.js";

/** What the server runs with. */
export interface Configuration {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where WebSockets and routes stand, without a slash at its end. */
  readonly basePath: string;
  /** Whether the last entry of `X-Forwarded-For` is the client's address. */
  readonly trustProxy: boolean;
  readonly logLevel: string;
  readonly limits: Limits;
  /** How clients get in. Holds secrets: never logged. */
  readonly access: AccessConfiguration;
  /** Origins that browsers may come from; undefined lets all come. */
  readonly allowedOrigins: readonly string[] | undefined;
  /** The token of administrators; undefined serves them on loopback only. Never logged. */
  readonly adminToken: string | undefined;
  /** Undefined sends frames as they are. */
  readonly compression: { readonly thresholdBytes: number } | undefined;
  readonly metricsPrefix: string;
  /** Clients spread their return over this time after a shutdown, in milliseconds. */
  readonly reconnectSpreadMs: number;
  /** Longest wait for clients to leave at a shutdown, in milliseconds. */
  readonly shutdownGraceMs: number;
  readonly isTracingEnabled: boolean;
}

/** Origins exactly as browsers send them (RFC 6454 section 6.2): others could never match. */
function readOrigins(text: string | undefined): readonly string[] | undefined {
  const origins = text?.split(",").map((origin) => origin.trim());
  const wrong = origins?.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong === undefined) return origins;
  const please = "write each as a browser sends it, such as https://app.example.com";
  throw refuseVariable("WS_ALLOWED_ORIGINS", `"${wrong.slice(0, 80)}" is no origin`, please);
}

/**
 * Reads flags and environment. A flag wins over its variable; an empty one counts as unset.
 * @param flags - flag without its dashes → text
 * @throws ReferenceServerError `invalid_configuration`, in one sentence that names the variable
 */
export function readConfiguration(env: Variables, flags: Variables = {}): Configuration {
  const values = new Values(env, flags);
  for (const name of Object.keys(variables)) values.read(name);
  const access = readAccess(values);
  const thresholdBytes = values.number("WS_COMPRESSION_THRESHOLD_BYTES");
  return {
    host: values.text("HOST") ?? "",
    port: values.number("PORT"),
    basePath: values.text("WS_BASE_PATH") ?? "",
    trustProxy: values.flag("WS_TRUST_PROXY"),
    logLevel: values.text("LOG_LEVEL") ?? "",
    limits: readLimits(values, access.mode === "token"),
    access,
    allowedOrigins: readOrigins(values.text("WS_ALLOWED_ORIGINS")),
    adminToken: values.text("WS_ADMIN_TOKEN"),
    compression: values.flag("WS_COMPRESSION_ENABLED") ? { thresholdBytes } : undefined,
    metricsPrefix: values.text("WS_METRICS_PREFIX") ?? "",
    reconnectSpreadMs: values.number("WS_RECONNECT_SPREAD_MS"),
    shutdownGraceMs: values.number("WS_SHUTDOWN_GRACE_MS"),
    isTracingEnabled: values.flag("WS_TRACING_ENABLED"),
  };
}
