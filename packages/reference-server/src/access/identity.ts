import type { JWTPayload } from "jose";
import { secretName } from "./secrets.js";

/** Who somebody is. */
export interface Identity {
  /** `sub` of a token; a digest of the token when it has none. */
  readonly subject: string;
  readonly roles: readonly string[];
  readonly isAdministrator: boolean;
  /** When the credentials end, in milliseconds since the Unix epoch; undefined: never. */
  readonly expiresAtMs: number | undefined;
}

/** Roles and letters that are read; tokens are small, and so are these. */
const maxRoles = 100;
const maxRoleLength = 256;

/** Somebody without a token, where none is required. */
export const anonymous: Identity = {
  subject: "anonymous",
  roles: [],
  isAdministrator: false,
  expiresAtMs: undefined,
};

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/**
 * The roles that a token names: a list of texts, or the words of one text (RFC 8693 section 4.2).
 * @param claim - its name; dots lead into objects where there is no claim of the whole name
 */
export function readRoles(payload: JWTPayload, claim: string): readonly string[] {
  const whole = member(payload, claim);
  const found = whole ?? claim.split(".").reduce<unknown>(member, payload);
  const names: readonly unknown[] =
    typeof found === "string" ? found.split(" ") : Array.isArray(found) ? found : [];
  return names
    .filter((name): name is string => typeof name === "string" && name !== "" && name.length <= maxRoleLength)
    .slice(0, maxRoles);
}

/** How a verified token becomes an identity. */
export interface IdentityRules {
  readonly rolesClaim: string;
  readonly adminRole: string;
  readonly clockSkewSeconds: number;
}

/**
 * The identity of a verified token. It ends when the token is no longer taken: at `exp` and the skew of clocks.
 * @param token - read only where the token has no `sub`
 */
export function identityOf(payload: JWTPayload, token: string, rules: IdentityRules): Identity {
  const roles = readRoles(payload, rules.rolesClaim);
  return {
    subject:
      payload.sub === undefined || payload.sub === ""
        ? `token ${secretName(token).slice(0, 16)}`
        : payload.sub,
    roles,
    isAdministrator: roles.includes(rules.adminRole),
    expiresAtMs: payload.exp === undefined ? undefined : (payload.exp + rules.clockSkewSeconds) * 1_000,
  };
}
