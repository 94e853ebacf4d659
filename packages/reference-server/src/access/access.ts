import type { Log } from "@hivewire/server";
import type { AccessConfiguration, JwtConfiguration } from "../configuration/access-configuration.js";
import { anonymous, type Identity } from "./identity.js";
import { keysUnavailable } from "./keys-unavailable.js";
import { isSameSecret, secretName } from "./secrets.js";
import type { JwtVerdict } from "./verify-jwt.js";

/** What decides who gets in. Routes ask the same one. */
export interface Access {
  /**
   * Undefined lets everybody in. A token that is refused resolves to undefined.
   * @throws ReferenceServerError (as a rejection) `keys_unavailable`: nobody can tell
   */
  readonly authenticate: ((token: string | undefined) => Promise<Identity | undefined>) | undefined;
  /** Judges a JSON Web Token; undefined unless the mode is `jwt`. */
  readonly verify: ((token: string) => Promise<JwtVerdict>) | undefined;
  readonly authorizeTopic: ((identity: Identity | undefined, topic: string) => boolean) | undefined;
  readonly credentialKey: ((identity: Identity) => string | undefined) | undefined;
}

/** Clocks of access. */
export interface AccessClock {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
}

/** The real ones. */
const realClock: AccessClock = { now: () => Date.now(), elapsed: () => performance.now() };

const open: Access = {
  authenticate: undefined,
  verify: undefined,
  authorizeTopic: undefined,
  credentialKey: undefined,
};

/** Who has the shared token may do what clients may; administrators have a token of their own. */
function byToken(secret: string): Access {
  const subject = secretName(secret);
  const identity: Identity = { subject, roles: [], isAdministrator: false, expiresAtMs: undefined };
  return {
    ...open,
    authenticate: async (token) =>
      token !== undefined && isSameSecret(token, secret) ? identity : undefined,
    credentialKey: () => subject,
  };
}

async function byJwt(configuration: JwtConfiguration, log: Log, clock: AccessClock): Promise<Access> {
  const { createJwtVerifier } = await import("./verify-jwt.js");
  const verify = createJwtVerifier(configuration, {
    ...clock,
    failed: (cause) => log.error({ err: cause }, "the keys of tokens cannot be fetched"),
  });
  return {
    verify,
    authenticate: async (token) => {
      if (token === undefined) return configuration.isRequired ? undefined : anonymous;
      const verdict = await verify(token);
      if (verdict.kind === "accepted") return verdict.identity;
      if (verdict.kind === "unavailable") throw keysUnavailable();
      log.info({ reason: verdict.reason }, "a token was refused");
      return undefined;
    },
    authorizeTopic: (identity, topic) => topic !== "alerts" || identity?.isAdministrator === true,
    credentialKey: (identity) => (identity === anonymous ? undefined : identity.subject),
  };
}

/** Makes what decides who gets in. The library for JSON Web Tokens is loaded only where it is needed. */
export async function createAccess(
  configuration: AccessConfiguration,
  log: Log,
  clock: AccessClock = realClock,
): Promise<Access> {
  if (configuration.mode === "jwt") return byJwt(configuration, log, clock);
  return configuration.mode === "token" ? byToken(configuration.token) : open;
}
