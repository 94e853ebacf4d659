/** The token of an `Authorization: Bearer …` header (RFC 6750 section 2.1); undefined when it holds none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

/** Names of the query parameters of the upgrade request (PROTOCOL.md, "Connecting"). */
export const handshakeParams = {
  /** Topics to start with, separated by commas. */
  subscriptions: "subscriptions",
  /** Contract versions that the client speaks, best first, separated by commas. */
  contractVersions: "contract_versions",
  /** Credentials, for browsers: they cannot set a header on an upgrade. Never logged. */
  accessToken: "access_token",
} as const;
