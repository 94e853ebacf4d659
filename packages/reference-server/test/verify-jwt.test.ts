import { describe, expect, it } from "vitest";
import { createJwtVerifier } from "../src/access/verify-jwt.js";
import { readConfiguration } from "../src/configuration/configuration.js";
import { hs256, keys, pemOf, signers, token } from "./support/tokens.js";

/** The clock of all rows, in seconds. */
const nowSeconds = 1_800_000_000;
const good = { sub: "ada", exp: nowSeconds + 60, iss: "me", aud: "dashboards", roles: ["admin"] };

function verifier(env: Record<string, string>) {
  const { access } = readConfiguration({ WS_AUTH_MODE: "jwt", ...env });
  if (access.mode !== "jwt") throw new Error("no JWT configuration");
  return createJwtVerifier(access, {
    now: () => nowSeconds * 1_000,
    elapsed: () => 0,
    failed: () => {},
  });
}

const secretEnv = { WS_JWT_SECRET: keys.secret, WS_JWT_ISSUER: "me", WS_JWT_AUDIENCE: "dashboards" };
const rsaEnv = { WS_JWT_PUBLIC_KEY: pemOf(keys.rsa.publicKey) };
const edEnv = { WS_JWT_PUBLIC_KEY: pemOf(keys.ed25519.publicKey) };
const withRsa = (payload: object): string =>
  token({ alg: "RS256" }, payload, signers.rsa(keys.rsa.privateKey));

describe("a token is accepted", () => {
  const rows: readonly [title: string, env: Record<string, string>, given: string][] = [
    ["when it is signed with the secret", secretEnv, hs256(good)],
    ["when it is one audience of many", secretEnv, hs256({ ...good, aud: ["others", "dashboards"] })],
    ["when it is signed with the RSA key", rsaEnv, withRsa(good)],
    [
      "when it is signed with the Ed25519 key",
      edEnv,
      token({ alg: "EdDSA" }, good, signers.ed25519(keys.ed25519.privateKey)),
    ],
    ["within the skew after exp", secretEnv, hs256({ ...good, exp: nowSeconds - 29 })],
    ["within the skew before nbf", secretEnv, hs256({ ...good, nbf: nowSeconds + 29 })],
  ];
  it.each(rows)("%s", async (_title, env, given) => {
    expect(await verifier(env)(given)).toMatchObject({
      kind: "accepted",
      identity: { subject: "ada", isAdministrator: true },
    });
  });
});

describe("a token is refused", () => {
  const { exp: _, ...endless } = good;
  const pem = pemOf(keys.rsa.publicKey);
  const rows: readonly [title: string, env: Record<string, string>, given: string, reason: string][] = [
    [
      "without a signature",
      secretEnv,
      token({ alg: "none" }, good, signers.none),
      "ERR_JOSE_ALG_NOT_ALLOWED",
    ],
    ["with alg None", secretEnv, token({ alg: "None" }, good, signers.none), "ERR_JOSE_ALG_NOT_ALLOWED"],
    [
      "signed with the public key as if it were a secret",
      rsaEnv,
      token({ alg: "HS256" }, good, signers.hmac(pem)),
      "ERR_JOSE_ALG_NOT_ALLOWED",
    ],
    [
      "of another algorithm with the same secret",
      secretEnv,
      token({ alg: "HS512" }, good, signers.hmac(keys.secret)),
      "ERR_JOSE_ALG_NOT_ALLOWED",
    ],
    [
      "signed with another secret",
      secretEnv,
      hs256(good, "another-secret-of-32-bytes-or-more-x"),
      "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
    ],
    [
      "signed with another key",
      rsaEnv,
      token({ alg: "RS256" }, good, signers.rsa(keys.otherRsa.privateKey)),
      "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
    ],
    [
      "that brings its own key",
      rsaEnv,
      token(
        { alg: "RS256", jwk: keys.otherRsa.publicKey.export({ format: "jwk" }) },
        good,
        signers.rsa(keys.otherRsa.privateKey),
      ),
      "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
    ],
    ["that never ends", secretEnv, hs256(endless), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
    ["that has ended", secretEnv, hs256({ ...good, exp: nowSeconds - 31 }), "ERR_JWT_EXPIRED"],
    [
      "that has not begun",
      secretEnv,
      hs256({ ...good, nbf: nowSeconds + 31 }),
      "ERR_JWT_CLAIM_VALIDATION_FAILED",
    ],
    ["of another issuer", secretEnv, hs256({ ...good, iss: "you" }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
    ["for another audience", secretEnv, hs256({ ...good, aud: "shops" }), "ERR_JWT_CLAIM_VALIDATION_FAILED"],
    [
      "with an end that is a text",
      secretEnv,
      hs256({ ...good, exp: "never" }),
      "ERR_JWT_CLAIM_VALIDATION_FAILED",
    ],
    [
      "with a critical header that nobody knows",
      secretEnv,
      token({ alg: "HS256", crit: ["x"], x: 1 }, good, signers.hmac(keys.secret)),
      "ERR_JOSE_NOT_SUPPORTED",
    ],
    ["over 8,192 characters", secretEnv, hs256({ ...good, x: "x".repeat(8_192) }), "too_long"],
    ["that is none", secretEnv, "hello", "ERR_JWS_INVALID"],
    ["that is empty", secretEnv, "", "ERR_JWS_INVALID"],
  ];
  it.each(rows)("%s", async (_title, env, given, reason) => {
    expect(await verifier(env)(given)).toEqual({ kind: "refused", reason });
  });
});
