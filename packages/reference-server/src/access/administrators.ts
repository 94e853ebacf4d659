import { bearerToken } from "@hivewire/protocol";
import type { Access } from "./access.js";
import { isLoopback, type RequestOrigin } from "./loopback.js";
import { isSameSecret } from "./secrets.js";

/** A request for an administrators' route. */
export interface AdministratorRequest extends RequestOrigin {
  readonly authorization: string | undefined;
}

/** Who asks, or the HTTP status that refuses. */
export type AdministratorVerdict =
  | { readonly kind: "accepted"; readonly who: string }
  | { readonly kind: "refused"; readonly status: 401 | 403 | 503; readonly detail: string };

const refused = (status: 401 | 403 | 503, detail: string): AdministratorVerdict => ({
  kind: "refused",
  status,
  detail,
});

/**
 * Lets only administrators through: those with `WS_ADMIN_TOKEN`, those whose JSON Web Token has the role, and those on
 * this machine when no token is set.
 */
export async function judgeAdministrator(
  request: AdministratorRequest,
  adminToken: string | undefined,
  verify: Access["verify"],
): Promise<AdministratorVerdict> {
  const token = bearerToken(request.authorization);
  if (token !== undefined && adminToken !== undefined && isSameSecret(token, adminToken)) {
    return { kind: "accepted", who: "administrators' token" };
  }
  if (token !== undefined && verify) {
    const verdict = await verify(token);
    if (verdict.kind === "unavailable")
      return refused(503, "The keys of tokens cannot be fetched now. Please try again.");
    if (verdict.kind === "refused") return refused(401, "The token is not valid. Please send one that is.");
    if (verdict.identity.isAdministrator) return { kind: "accepted", who: verdict.identity.subject };
    return refused(403, "The token has no administrator's role.");
  }
  if (adminToken !== undefined) {
    return refused(401, "Please send the administrators' token as Authorization: Bearer.");
  }
  if (isLoopback(request)) return { kind: "accepted", who: "this machine" };
  if (verify) return refused(401, "Please send an administrator's token as Authorization: Bearer.");
  return refused(403, "Administrators are served on this machine only while WS_ADMIN_TOKEN is not set.");
}
