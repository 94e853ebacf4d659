import type { Contract } from "@hivewire/protocol";
import { fill, refuseOption } from "../check-options.js";
import type { ClientOptions } from "../client-options.js";
import { realEnvironment } from "../environment.js";
import { outbox } from "../outbox.js";
import { browserPage } from "../page-events.js";
import { socketFactory } from "../socket-source.js";
import type { WebSocketLike } from "../transport.js";
import { withHandover } from "./handover-page.js";
import { sharingName } from "./sharing-name.js";
import { browserTabs, type TabEnvironment } from "./tab-environment.js";
import { TabSocket } from "./tab-socket.js";

/** With whom a tab shares. */
export interface Sharing {
  /**
   * Whose credentials the connection has, such as the identifier of the user: only tabs of the same scope share, for what
   * one is sent all may be sent. No secret: other scripts of the origin can read it. Required when there is an
   * `accessToken`; with cookies, pass what changes when another user signs in. @default ""
   */
  readonly scope?: string | undefined;
  /** How tabs find each other, for tests. @default the browser's Web Locks and BroadcastChannel */
  readonly tabs?: TabEnvironment | undefined;
}

/** Most characters of a scope. */
const maxScope = 256;

/**
 * Options for a client that shares one connection with the other tabs of its origin:
 * `createClient(contract, shareAcrossTabs(contract, { url }))`. One tab leads and holds the socket; when it is closed or
 * crashes another one follows at once, and every client resumes where it was. A tab that cannot share (no Web Locks, no
 * BroadcastChannel, a server, a leader that hangs) has a connection of its own. So has each with a ticket of its own in
 * the URL: hand tickets in as `accessToken`. Starts nothing: tabs join when the
 * client connects, and leave when it closes or its page is frozen.
 * @throws ClientError `invalid-option`
 */
export function shareAcrossTabs(
  contract: Contract,
  options: ClientOptions,
  { scope, tabs }: Sharing = {},
): ClientOptions {
  if (options.accessToken !== undefined && scope === undefined) {
    refuseOption("scope", scope, "a text that names whose the accessToken is");
  }
  if ((scope !== undefined && typeof scope !== "string") || (scope ?? "").length > maxScope) {
    refuseOption("scope", `a ${typeof scope}`, `a text of at most ${maxScope} characters`);
  }
  const environment = fill(realEnvironment, options.environment);
  const { page, handOver } = withHandover(options.pageEvents ?? browserPage());
  let shared: number | undefined;

  const open = (url: string): WebSocketLike => {
    const make = socketFactory(options.WebSocket);
    const openOwn = (): WebSocketLike => make(url);
    const environmentOfTabs = tabs ?? browserTabs();
    if (!environmentOfTabs) return openOwn();
    const params = new URL(url).searchParams;
    return new TabSocket({
      contract,
      environment,
      tabs: environmentOfTabs,
      outbox: options.outbox ?? outbox(),
      name: sharingName(contract, scope ?? "", url),
      topics: (params.get("subscriptions") ?? "").split(",").filter(Boolean),
      openShared: () => {
        const target = new URL(url);
        target.searchParams.set("subscriptions", "");
        return make(target.href);
      },
      openOwn,
      orphaned: handOver,
      chance: (chance) => {
        shared = chance;
      },
    });
  };
  return {
    ...options,
    WebSocket: open,
    pageEvents: page,
    // Tabs that lose one connection together come back together, as one client among many.
    environment: { ...options.environment, random: () => shared ?? environment.random() },
  };
}
