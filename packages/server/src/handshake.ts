import {
  bearerToken,
  handshakeParams,
  type Negotiation,
  negotiateVersion,
  parseVersionOffer,
} from "@hivewire/protocol";

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
