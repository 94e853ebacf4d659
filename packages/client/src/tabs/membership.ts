import type { Contract } from "@hivewire/protocol";
import { ClientError } from "../client-error.js";
import type { Environment } from "../environment.js";
import type { CreateOutbox } from "../outbox-types.js";
import { readFrame } from "../read-frame.js";
import type { WebSocketLike } from "../transport.js";
import { createHub, type Hub } from "./hub.js";
import type { TabEnvironment } from "./tab-environment.js";
import {
  type HubEvent,
  maxTabs,
  maxText,
  readTabMessage,
  type TabMessage,
  writeTabMessage,
} from "./tab-message.js";

/** What a membership is made of. */
export interface MembershipParts {
  readonly contract: Contract;
  readonly tabs: TabEnvironment;
  readonly environment: Environment;
  readonly outbox: CreateOutbox;
  /** Under this name the tabs find each other. */
  readonly name: string;
  /** Topics of this tab's handshake. */
  readonly topics: readonly string[];
  /** Opens the socket that this tab shares if it leads. May throw. */
  readonly openShared: () => WebSocketLike;
  /** Something happened on the shared connection. */
  readonly told: (event: HubEvent) => void;
  /** The tab that led is gone. */
  readonly orphaned: () => void;
  /** Sharing does not work here, or nobody answers: this tab needs a socket of its own. */
  readonly alone: () => void;
}

/** One tab's share in a connection. */
export interface Membership {
  readonly send: (text: string) => void;
  /** Gives everything back: locks, channel, and the socket if this tab leads. */
  readonly leave: () => void;
}

/** A tab that leads answers within this, in milliseconds; else it hangs, and this tab does without. */
const welcomeMs = 2_000;

/** Credentials stay in their tab: the connection lives on those of the tab that leads, which renews them itself. */
function isSecret(text: string): boolean {
  const frame = readFrame(text);
  return !(frame instanceof ClientError) && frame.type === "authenticate";
}

type Role =
  | { readonly name: "joining" }
  | { readonly name: "following"; readonly leader: string }
  | { readonly name: "leading"; readonly hub: Hub }
  | { readonly name: "gone" };

/**
 * Joins the tabs of a name. Whoever holds the lock of the name leads, the others wait for it: who gets it while it follows
 * knows that its leader is gone. Each tab also holds a lock of its own, by which the leader notices its end.
 */
export function joinTabs(parts: MembershipParts): Membership {
  const { contract, tabs, environment, name, topics, told } = parts;
  const { locks } = tabs;
  const me = environment.uuid();
  const leaving = new AbortController();
  const { signal } = leaving;
  const left = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  let role: Role = { name: "joining" };
  // Opened before anything is held: without a channel there is nothing to join.
  const channel = tabs.openChannel(name);
  const isGone = (): boolean => role.name === "gone";

  const post = (message: TabMessage): void => {
    if (!isGone()) channel.postMessage(writeTabMessage(message));
  };
  const hello = (): void => post({ kind: "hello", from: me, topics });
  const lockOf = (tab: string): string => `${name} tab ${tab}`;
  const leave = (): void => {
    if (isGone()) return;
    const { hub } = role.name === "leading" ? role : { hub: undefined };
    if (role.name === "following") post({ kind: "bye", from: me });
    role = { name: "gone" };
    cancelTimer();
    hub?.close();
    leaving.abort();
    channel.close();
  };
  const giveUp = (then: () => void): void => {
    if (isGone()) return;
    leave();
    then();
  };
  const tell = (to: readonly string[], event: HubEvent): void => {
    const others = to.filter((tab) => tab !== me);
    if (others.length > 0) post({ ...event, from: me, to: others });
    if (to.includes(me)) told(event);
  };
  const lead = (): void => {
    cancelTimer();
    try {
      const socket = parts.openShared();
      const hub = createHub({ contract, socket, outbox: parts.outbox, environment, tell });
      role = { name: "leading", hub };
      hub.add(me, topics);
      post({ kind: "leader", from: me });
    } catch {
      // The socket of its own is refused for the same reason, and says it.
      giveUp(parts.alone);
    }
  };
  const takeIn = (hub: Hub, tab: string, wanted: readonly string[]): void => {
    if (hub.tabs().includes(tab)) return;
    const isFull = hub.tabs().length >= maxTabs;
    post({ kind: isFull ? "full" : "welcome", from: me, to: [tab] });
    if (isFull) return;
    hub.add(tab, wanted);
    // Granted when the tab is gone, closed or crashed.
    locks.request(lockOf(tab), { signal }, async () => hub.remove(tab)).catch(() => {});
  };
  const hearAsLeader = (hub: Hub, message: TabMessage): void => {
    if (message.kind === "hello") takeIn(hub, message.from, message.topics);
    else if (message.kind === "bye") hub.remove(message.from);
    else if (message.kind === "send" && message.to.includes(me)) hub.receive(message.from, message.text);
  };
  const hearFrom = (leader: string | undefined, message: TabMessage): void => {
    const { kind, from } = message;
    if (kind === "leader") {
      if (leader === undefined) hello();
      else if (leader !== from) giveUp(parts.orphaned);
      return;
    }
    if (!("to" in message) || !message.to.includes(me)) return;
    if (leader === undefined) {
      if (kind === "full") giveUp(parts.alone);
      if (kind !== "welcome") return;
      cancelTimer();
      role = { name: "following", leader: from };
    } else if (from === leader && (kind === "open" || kind === "frame" || kind === "close")) told(message);
  };
  channel.addEventListener("message", ({ data }) => {
    const message = readTabMessage(data);
    if (!message || role.name === "gone") return;
    if (role.name === "leading") hearAsLeader(role.hub, message);
    else hearFrom(role.name === "following" ? role.leader : undefined, message);
  });
  const cancelTimer = environment.schedule(() => giveUp(parts.alone), welcomeMs);
  const failed = (): void => giveUp(parts.alone);
  const compete = (): void => {
    if (isGone()) return;
    hello();
    locks
      .request(name, { signal }, async () => {
        if (role.name === "following") giveUp(parts.orphaned);
        else if (role.name === "joining") lead();
        await (isGone() ? undefined : left);
      })
      .catch(failed);
  };
  locks
    .request(lockOf(me), { signal }, () => {
      compete();
      return left;
    })
    .catch(failed);
  return {
    send: (text) => {
      if (role.name === "leading") role.hub.receive(me, text);
      else if (role.name === "following" && !isSecret(text)) {
        if (text.length > maxText)
          told({ kind: "close", code: 1009, reason: "too large to share", chance: 0 });
        else post({ kind: "send", from: me, to: [role.leader], text });
      }
    },
    leave,
  };
}
