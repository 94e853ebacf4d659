import type { Environment } from "./environment.js";
import type { Log } from "./log.js";

/** What became of credentials. */
export type Authentication =
  | { readonly kind: "accepted"; readonly identity: unknown }
  | { readonly kind: "refused" }
  /** Nobody can tell: what decides failed. */
  | { readonly kind: "failed" };

/** What decides about credentials. */
export interface AuthenticateOptions {
  readonly authenticate?: ((accessToken: string | undefined) => unknown) | undefined;
  readonly authenticateTimeoutMs?: number | undefined;
}

/**
 * Asks the application about credentials. What takes too long counts as refused, and what throws or rejects as failed:
 * an outage signs nobody out. The log says why, without the token.
 */
export function createAuthenticate(
  { authenticate, authenticateTimeoutMs = 5_000 }: AuthenticateOptions,
  environment: Environment,
  log: Log,
): (accessToken: string | undefined) => Promise<Authentication> {
  if (!authenticate) return async () => ({ kind: "accepted", identity: undefined });
  return (accessToken) =>
    new Promise((resolve) => {
      const callOff = environment.schedule(() => {
        log.warn({ timeout_ms: authenticateTimeoutMs }, "authentication took too long");
        resolve({ kind: "refused" });
      }, authenticateTimeoutMs);
      const ask = async (): Promise<Authentication> => {
        const identity = await authenticate(accessToken);
        return identity === undefined ? { kind: "refused" } : { kind: "accepted", identity };
      };
      ask()
        .catch((cause: unknown): Authentication => {
          log.error({ err: cause }, "authentication failed");
          return { kind: "failed" };
        })
        .then((outcome) => {
          callOff();
          resolve(outcome);
        });
    });
}
