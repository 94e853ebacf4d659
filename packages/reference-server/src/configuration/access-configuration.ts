import { createPublicKey, type KeyObject } from "node:crypto";
import { isLoopbackHost } from "../access/loopback.js";
import { refuseVariable, type Values } from "./values.js";
import type { VariableName } from "./variables.js";

/** What signatures of JSON Web Tokens are checked with. */
export type JwtKey =
  | { readonly kind: "secret"; readonly secret: string }
  | { readonly kind: "public"; readonly key: KeyObject; readonly algorithm: "RS256" | "EdDSA" }
  | { readonly kind: "jwks"; readonly url: URL };

/** How JSON Web Tokens are judged. */
export interface JwtConfiguration {
  readonly mode: "jwt";
  /** False lets those in who have no token at all. */
  readonly isRequired: boolean;
  readonly key: JwtKey;
  /** Undefined takes any. */
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly clockSkewSeconds: number;
  readonly rolesClaim: string;
  readonly adminRole: string;
}

/** How clients get in. */
export type AccessConfiguration =
  | { readonly mode: "open" }
  | { readonly mode: "token"; readonly token: string }
  | JwtConfiguration;

const keyVariables = ["WS_JWT_SECRET", "WS_JWT_PUBLIC_KEY", "WS_JWKS_URL"] as const;
const jwtVariables = [
  ...keyVariables,
  "WS_JWT_ISSUER",
  "WS_JWT_AUDIENCE",
  "WS_JWT_CLOCK_SKEW_SECONDS",
  "WS_JWT_ROLES_CLAIM",
  "WS_JWT_ADMIN_ROLE",
] as const satisfies readonly VariableName[];

/** Shorter RSA keys are no longer secure (RFC 7518 section 3.3). */
const minRsaBits = 2_048;

function readPublicKey(pem: string): JwtKey {
  const please = "set the PEM of an RSA key of 2048 bits or more, or of an Ed25519 key";
  if (pem.includes("PRIVATE KEY")) throw refuseVariable("WS_JWT_PUBLIC_KEY", "it is a private key", please);
  let key: KeyObject;
  try {
    key = createPublicKey(pem.replaceAll("\\n", "\n"));
  } catch {
    throw refuseVariable("WS_JWT_PUBLIC_KEY", "it is no public key in PEM", please);
  }
  if (key.asymmetricKeyType === "ed25519") return { kind: "public", key, algorithm: "EdDSA" };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === "rsa" && bits >= minRsaBits)
    return { kind: "public", key, algorithm: "RS256" };
  const found = `it is an ${key.asymmetricKeyType} key${bits === 0 ? "" : ` of ${bits} bits`}`;
  throw refuseVariable("WS_JWT_PUBLIC_KEY", found, please);
}

function readJwksUrl(text: string): JwtKey {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.host));
  if (url && isSafe && url.username === "" && url.password === "") return { kind: "jwks", url };
  const please = "set an https URL without a password in it; http is taken for this machine only";
  throw refuseVariable("WS_JWKS_URL", "keys cannot be fetched there safely", please);
}

function readKey(values: Values): JwtKey {
  const [name, other] = keyVariables.filter((candidate) => values.isSet(candidate));
  if (name === undefined) {
    throw refuseVariable(
      "WS_AUTH_MODE",
      "it is jwt and there is no key",
      `set one of ${keyVariables.join(", ")}`,
    );
  }
  if (other !== undefined) {
    throw refuseVariable(other, `${name} is set as well, and one key decides`, "unset one of them");
  }
  const text = values.text(name) ?? "";
  if (name === "WS_JWT_SECRET") return { kind: "secret", secret: text };
  return name === "WS_JWKS_URL" ? readJwksUrl(text) : readPublicKey(text);
}

function readJwt(values: Values): JwtConfiguration {
  if (values.isSet("WS_AUTH_TOKEN")) {
    throw refuseVariable(
      "WS_AUTH_TOKEN",
      "WS_AUTH_MODE is jwt, which has no shared token",
      "unset one of them",
    );
  }
  return {
    mode: "jwt",
    isRequired: !values.isSet("WS_AUTH_REQUIRED") || values.flag("WS_AUTH_REQUIRED"),
    key: readKey(values),
    issuer: values.text("WS_JWT_ISSUER"),
    audience: values.text("WS_JWT_AUDIENCE"),
    clockSkewSeconds: values.number("WS_JWT_CLOCK_SKEW_SECONDS"),
    rolesClaim: values.text("WS_JWT_ROLES_CLAIM") ?? "",
    adminRole: values.text("WS_JWT_ADMIN_ROLE") ?? "",
  };
}

/**
 * Reads how clients get in. Variables that contradict each other are refused: who sets a key expects it to be asked for.
 * @throws ReferenceServerError `invalid_configuration`
 */
export function readAccess(values: Values): AccessConfiguration {
  const isRequired = values.flag("WS_AUTH_REQUIRED");
  if (values.text("WS_AUTH_MODE") === "jwt") return readJwt(values);
  const stray = jwtVariables.find((name) => values.isSet(name));
  if (stray !== undefined) {
    throw refuseVariable(
      stray,
      "WS_AUTH_MODE is not jwt, so that nothing reads it",
      "set WS_AUTH_MODE=jwt, or unset it",
    );
  }
  const token = values.text("WS_AUTH_TOKEN");
  if (!isRequired) return { mode: "open" };
  if (token !== undefined) return { mode: "token", token };
  throw refuseVariable(
    "WS_AUTH_TOKEN",
    "WS_AUTH_REQUIRED is true and there is no token",
    "set WS_AUTH_TOKEN",
  );
}
