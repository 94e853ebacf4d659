import { failure } from "./client-error.js";

/** What the upgrade request carries. */
export interface Handshake {
  /** Contract versions that the client speaks, best first. */
  readonly contractVersions: readonly string[];
  /** Topics wanted now. An empty list is sent too: left out, the server would take its defaults. */
  readonly subscriptions: readonly string[];
  /** Credentials; an empty one is not sent. */
  readonly accessToken: string | undefined;
}

/**
 * The URL of the upgrade request (PROTOCOL.md, "Connecting"; the names are `handshakeParams` of the protocol, written
 * out for small bundles). `http:` becomes `ws:`, a relative URL is taken from the page's, other query parameters stay.
 * @throws ClientError `invalid-url`; its message leaves out the query, which may hold credentials
 */
export function handshakeUrl(base: string, handshake: Handshake): string {
  try {
    const url = new URL(base, globalThis.location?.href);
    const params = url.searchParams;
    url.protocol = url.protocol.replace(/^http/, "ws");
    url.hash = "";
    params.set("contract_versions", handshake.contractVersions.join());
    params.set("subscriptions", handshake.subscriptions.join());
    if (handshake.accessToken) params.set("access_token", handshake.accessToken);
    return url.href;
  } catch {
    const shown = base.split("?", 1).join();
    throw failure(
      "invalid-url",
      "connect",
      `"${shown}" is no URL`,
      'pass one such as "wss://example.org/ws"',
    );
  }
}
