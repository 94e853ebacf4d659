import { ClientError, failure } from "./client-error.js";
import type { Provider } from "./client-options.js";
import type { Environment } from "./environment.js";
import type { Frame } from "./read-frame.js";

/** What credentials need. */
export interface CredentialsParts {
  readonly accessToken: Provider | undefined;
  /** New credentials are fetched this long before the old ones end, in milliseconds. */
  readonly refreshMarginMs: number;
  readonly environment: Environment;
  /** Sends new credentials over the connection that is open. */
  readonly authenticate: (accessToken: string) => void;
  /** Told of a refresh that failed; it is tried again. */
  readonly report: (fault: ClientError) => void;
}

/** The application's token: asked for once at a time, and renewed on the open connection before it ends. */
export interface Credentials {
  /**
   * A token for a new connection.
   * @throws ClientError (as a rejection) `provider-failed`
   */
  readonly token: () => Promise<string | undefined>;
  /** Reads `expires_at` of a frame by the clock of the server that sent it. */
  readonly read: (frame: Frame) => void;
  /** The connection, or the attempt, is over: nothing is renewed, and a provider that hangs is not waited for. */
  readonly forget: () => void;
}

/** After a refresh that failed the next follows not sooner than this, in milliseconds. */
const retryMs = 1_000;

/** The longest that one timer runs, in milliseconds: a later moment is looked at again. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Asks a provider.
 * @throws ClientError (as a rejection) `provider-failed` when it throws or rejects
 */
export async function ask<P extends Provider | undefined>(
  name: string,
  provider: P,
): Promise<string | Exclude<P, Provider>> {
  try {
    const value = typeof provider === "function" ? await provider() : provider;
    return value as string | Exclude<P, Provider>;
  } catch (cause) {
    throw failure("provider-failed", "connect", `the function ${name} threw`, "see the cause", { cause });
  }
}

/** Makes the credentials of one client. */
export function createCredentials(parts: CredentialsParts): Credentials {
  const { accessToken, refreshMarginMs, environment } = parts;
  const { now, schedule } = environment;
  let inFlight: Promise<string | undefined> | undefined;
  let cancelTimer = (): void => {};
  let untilMs = 0;

  const token = (): Promise<string | undefined> => {
    const asked = inFlight ?? ask("accessToken", accessToken);
    const done = (): void => {
      if (inFlight === asked) inFlight = undefined;
    };
    if (asked !== inFlight) asked.then(done, done);
    inFlight = asked;
    return asked;
  };
  const wait = (dueMs: number): void => {
    cancelTimer();
    cancelTimer = schedule(
      () => (dueMs > now() + retryMs ? wait(dueMs) : void refresh()),
      Math.min(dueMs - now(), maxTimerMs),
    );
  };
  const refresh = async (): Promise<void> => {
    const ending = untilMs;
    try {
      const fresh = await token();
      if (ending === untilMs && fresh) parts.authenticate(fresh);
    } catch (error) {
      if (ending !== untilMs || !(error instanceof ClientError)) return;
      parts.report(error);
      wait(now() + Math.max((untilMs - now()) / 2, retryMs));
    }
  };
  return {
    token,
    read: ({ expires_at, timestamp }) => {
      const lifeMs = Date.parse(String(expires_at)) - Date.parse(String(timestamp));
      if (typeof accessToken !== "function" || !(lifeMs > 0)) return;
      untilMs = now() + lifeMs;
      wait(untilMs - Math.min(refreshMarginMs, lifeMs / 2));
    },
    forget: () => {
      inFlight = undefined;
      untilMs = 0;
      cancelTimer();
    },
  };
}
