import type { Environment } from "./environment.js";
import type { Log } from "./log.js";

/** Who somebody is; undefined when the credentials are refused. */
export type Accepted = { readonly identity: unknown } | undefined;

/** What decides about credentials. */
export interface AuthenticateOptions {
  readonly authenticate?: ((accessToken: string | undefined) => unknown) | undefined;
  readonly authenticateTimeoutMs?: number | undefined;
}

/**
 * Asks the application about credentials. What throws, rejects or takes too long counts as refused; the
 * log says why, without the token.
 */
export function createAuthenticate(
  { authenticate, authenticateTimeoutMs = 5_000 }: AuthenticateOptions,
  environment: Environment,
  log: Log,
): (accessToken: string | undefined) => Promise<Accepted> {
  if (!authenticate) return async () => ({ identity: undefined });
  return (accessToken) =>
    new Promise((resolve) => {
      const callOff = environment.schedule(() => {
        log.warn({ timeout_ms: authenticateTimeoutMs }, "authentication took too long");
        resolve(undefined);
      }, authenticateTimeoutMs);
      const ask = async (): Promise<Accepted> => {
        const identity = await authenticate(accessToken);
        return identity === undefined ? undefined : { identity };
      };
      ask()
        .catch((cause: unknown) => {
          log.error({ err: cause }, "authentication failed");
          return undefined;
        })
        .then((accepted) => {
          callOff();
          resolve(accepted);
        });
    });
}
