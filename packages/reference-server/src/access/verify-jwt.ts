import { createSecretKey } from "node:crypto";
import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import type { JwtConfiguration, JwtKey } from "../configuration/access-configuration.js";
import { ReferenceServerError } from "../reference-server-error.js";
import { type Identity, identityOf } from "./identity.js";
import { fetchedKeys, type KeySourceOptions } from "./key-source.js";

/** Longest token that is read, in characters. */
const maxTokenLength = 8_192;

/** What becomes of a token. */
export type JwtVerdict =
  | { readonly kind: "accepted"; readonly identity: Identity }
  /** `reason`: a code of jose, or `too_long`; never anything out of the token. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody can tell: the keys cannot be fetched. */
  | { readonly kind: "unavailable" };

/** What tokens are verified with, besides the configuration. */
export interface VerifyOptions extends KeySourceOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Failures of a key set rather than of the token. */
const keySetFailures: ReadonlySet<string> = new Set([
  "ERR_JWKS_TIMEOUT",
  "ERR_JWKS_INVALID",
  "ERR_JOSE_GENERIC",
]);

/** The one algorithm of a key: what a token's header asks for is never enough (RFC 8725 section 3.1). */
function keyOf(
  key: JwtKey,
  options: KeySourceOptions,
): { getKey: JWTVerifyGetKey; algorithms: ("HS256" | "RS256" | "EdDSA")[] } {
  if (key.kind === "jwks") return { getKey: fetchedKeys(key.url, options), algorithms: ["RS256", "EdDSA"] };
  if (key.kind === "public") return { getKey: async () => key.key, algorithms: [key.algorithm] };
  const secret = createSecretKey(key.secret, "utf8");
  return { getKey: async () => secret, algorithms: ["HS256"] };
}

/**
 * Makes the check of JSON Web Tokens (RFC 7519): signature, `exp`, which has to be there, `nbf`, issuer and audience.
 * It never throws.
 */
export function createJwtVerifier(
  configuration: JwtConfiguration,
  options: VerifyOptions,
): (token: string) => Promise<JwtVerdict> {
  const { getKey, algorithms } = keyOf(configuration.key, options);
  const { issuer, audience, clockSkewSeconds } = configuration;
  const rules: JWTVerifyOptions = {
    algorithms,
    clockTolerance: clockSkewSeconds,
    requiredClaims: ["exp"],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (token) => {
    if (token.length > maxTokenLength) return { kind: "refused", reason: "too_long" };
    try {
      const { payload } = await jwtVerify(token, getKey, { ...rules, currentDate: new Date(options.now()) });
      return { kind: "accepted", identity: identityOf(payload, token, configuration) };
    } catch (cause) {
      if (cause instanceof ReferenceServerError) return { kind: "unavailable" };
      const code = cause instanceof errors.JOSEError ? cause.code : "invalid";
      if (!keySetFailures.has(code)) return { kind: "refused", reason: code };
      options.failed(cause);
      return { kind: "unavailable" };
    }
  };
}
