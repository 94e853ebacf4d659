import {
  bearerToken,
  handshakeParams,
  type Negotiation,
  negotiateVersion,
  parseVersionOffer,
} from "@hivewire/protocol";
import type { Admission } from "./admission.js";
import type { Connection } from "./connection.js";
import type { ConnectionParts } from "./connection-parts.js";
import type { Upgrade } from "./socket.js";

/** What greeting a client needs. */
export interface GreetParts extends Pick<ConnectionParts, "authenticate" | "contract" | "metrics"> {
  readonly admission: Admission;
  /** Whether somebody decides about credentials. */
  readonly needsCredentials: boolean;
  /** What connections per credential are counted by. */
  readonly credentialKey: (identity: unknown) => string | undefined;
}

/** Longest URL of an upgrade request that is read, in characters; a longer one is answered with HTTP 414. */
export const maxUrlLength = 8_192;

/** What an upgrade request asks for. */
export interface Handshake {
  readonly negotiation: Negotiation;
  /** Topics to start with; undefined when the request leaves them to the route. */
  readonly topics: readonly string[] | undefined;
  /** Credentials of the request; never logged. */
  readonly accessToken: string | undefined;
}

/**
 * Reads an upgrade request (PROTOCOL.md, "Connecting"). The header wins over the query.
 * @param supportedVersions - newest first
 */
export function readHandshake(
  query: URLSearchParams,
  authorization: string | undefined,
  supportedVersions: readonly string[],
): Handshake {
  const asked = query.get(handshakeParams.subscriptions);
  const topics = asked?.split(",").map((topic) => topic.trim());
  return {
    negotiation: negotiateVersion(
      parseVersionOffer(query.get(handshakeParams.contractVersions)),
      supportedVersions,
    ),
    topics: topics?.filter((topic) => topic !== ""),
    accessToken: bearerToken(authorization) ?? query.get(handshakeParams.accessToken) ?? undefined,
  };
}

/** Makes the function that takes a new connection through its handshake: credentials first, then versions. */
export function createGreet(parts: GreetParts): (connection: Connection, upgrade: Upgrade) => Promise<void> {
  const { contract, metrics, admission, authenticate, needsCredentials, credentialKey } = parts;

  /** Whether the credentials let it in. */
  const identify = async (connection: Connection, accessToken: string | undefined): Promise<boolean> => {
    const outcome = await authenticate(accessToken);
    if (outcome.kind === "failed") {
      connection.refuse("internal", "internal_error");
      return false;
    }
    if (outcome.kind === "refused") {
      metrics.add("auth_denied_total");
      connection.refuse("unauthorized", "unauthorized");
      return false;
    }
    connection.identity = outcome.identity;
    const key = credentialKey(outcome.identity);
    // One that left meanwhile is not counted: nobody would take it out again.
    if (key === undefined || connection.isGone) return true;
    if (!admission.enterAs(key)) {
      metrics.add("connections_refused_total");
      connection.refuse("rate_limited", "flooding", { about: "too many connections with these credentials" });
      return false;
    }
    connection.credential = key;
    return true;
  };

  return async (connection, { query, authorization, defaultTopics }) => {
    const { negotiation, topics, accessToken } = readHandshake(
      query,
      authorization,
      contract.supportedVersions,
    );
    if (needsCredentials && !(await identify(connection, accessToken))) return;
    if (negotiation.agreed) {
      connection.open(negotiation.version, negotiation.answer, topics ?? defaultTopics);
      return;
    }
    const about = `this server speaks ${negotiation.supported.join(", ")}`;
    const detail = { about, supportedVersions: negotiation.supported };
    connection.refuse("unsupported_contract_version", "version_mismatch", detail);
  };
}
