import type { ConnectionInbox } from "./connection-inbox.js";
import type { ConnectionParts } from "./connection-parts.js";
import { errorFrame, type OutgoingFrame } from "./frames.js";
import type { SessionEvent } from "./session-types.js";

/** Whose credentials they are. */
export interface CredentialsOwner {
  identity: unknown;
  send(frame: OutgoingFrame, correlationId?: string): void;
  dispatch(event: SessionEvent): void;
}

/** A moment of the clock as monotonic time. */
export function monotonic(
  { elapsed, now }: ConnectionParts["environment"],
  epochMs: number | undefined,
): number | undefined {
  return epochMs === undefined ? undefined : elapsed() + epochMs - now();
}

/**
 * Judges credentials that came in band, while nothing else of the client is taken. Refused ones end the connection;
 * where nobody can tell, it keeps what it had.
 */
export async function renewCredentials(
  accessToken: string,
  correlationId: string | undefined,
  owner: CredentialsOwner,
  { authenticate, credentialsEndAt, environment, metrics }: ConnectionParts,
  inbox: ConnectionInbox,
): Promise<void> {
  inbox.hold();
  const outcome = await authenticate(accessToken);
  if (outcome.kind === "refused") {
    metrics.add("auth_denied_total");
    owner.send(errorFrame("unauthorized"), correlationId);
    owner.dispatch({ type: "end", close: "unauthorized" });
    return;
  }
  if (outcome.kind === "failed") {
    owner.send(errorFrame("internal"), correlationId);
  } else {
    owner.identity = outcome.identity;
    const endsAt = credentialsEndAt(outcome.identity);
    const told = endsAt === undefined ? {} : { expires_at: new Date(endsAt).toISOString() };
    owner.send({ type: "authenticated", ...told }, correlationId);
    owner.dispatch({ type: "rights", credentialsEndAtMs: monotonic(environment, endsAt) });
  }
  inbox.free();
}
