import { handshakeParams } from "@hivewire/protocol";
import { ClientError } from "./client-error.js";

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
 * The URL of the upgrade request (PROTOCOL.md, "Connecting"). `http:` becomes `ws:`, a relative URL
 * is taken from the page's, other query parameters stay.
 * @throws ClientError `invalid-url`; its message leaves out the query, which may hold credentials
 */
export function handshakeUrl(base: string, handshake: Handshake): string {
  try {
    const url = new URL(base, globalThis.location?.href);
    url.protocol = url.protocol.replace(/^http/, "ws");
    url.hash = "";
    url.searchParams.set(handshakeParams.contractVersions, handshake.contractVersions.join());
    url.searchParams.set(handshakeParams.subscriptions, handshake.subscriptions.join());
    if (handshake.accessToken) url.searchParams.set(handshakeParams.accessToken, handshake.accessToken);
    return url.href;
  } catch {
    const shown = base.split("?", 1).join();
    throw new ClientError(
      "invalid-url",
      `Failed to read the URL "${shown}": it is not one. Please pass one such as "wss://example.org/ws".`,
    );
  }
}
