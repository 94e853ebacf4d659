import type { Subscriber } from "./broadcast.js";
import type { BusFrame } from "./bus.js";
import type { ConnectionInbox } from "./connection-inbox.js";
import type { ConnectionOutlet } from "./connection-outlet.js";
import type { ConnectionParts } from "./connection-parts.js";
import { type OutgoingFrame, subscriptionUpdated } from "./frames.js";
import { positionsOf } from "./greeting.js";
import { type EncodedFrame, encodeBusFrame } from "./outbound-encode.js";
import { readHistories } from "./read-histories.js";
import { Backlog } from "./replay.js";
import type { SessionEffect } from "./session-types.js";

/** Whose topics they are. */
export interface TopicOwner extends Subscriber {
  readonly id: string;
  /** Topics of the session; undefined unless it is open. */
  readonly topics: readonly string[] | undefined;
  send(frame: OutgoingFrame, correlationId?: string): void;
}

/**
 * The topics of one client: live, or held back while it is sent what it missed and what is published meanwhile, as
 * fast as it reads (PROTOCOL.md, "Resume").
 */
export class ConnectionTopics {
  readonly #owner: TopicOwner;
  readonly #parts: ConnectionParts;
  readonly #inbox: ConnectionInbox;
  readonly #outlet: ConnectionOutlet;
  #backlog: Backlog | undefined;

  constructor(owner: TopicOwner, parts: ConnectionParts, inbox: ConnectionInbox, outlet: ConnectionOutlet) {
    this.#owner = owner;
    this.#parts = parts;
    this.#inbox = inbox;
    this.#outlet = outlet;
  }

  /** Makes the session's topics live, except those that a replay still holds back. */
  update(): void {
    const { topics } = this.#owner;
    if (!topics) return;
    this.#backlog?.keepOnly(topics);
    const live = topics.filter((topic) => !this.#backlog?.has(topic));
    this.#parts.broadcast.setTopics(this.#owner, this.#outlet.version, live);
  }

  /** Makes topics live that a request asked for, and tells so; with positions, after what the client missed. */
  subscribe(request: Extract<SessionEffect, { readonly type: "subscribe" }>): void {
    // A send before this may have ended the session.
    if (!this.#owner.topics) return;
    if (Object.keys(request.resume).length > 0) {
      void this.#resume(request);
      return;
    }
    this.update();
    const positions = positionsOf(request.added, this.#parts.head);
    this.#owner.send(subscriptionUpdated(request.topics, positions), request.correlationId);
  }

  /** Lets a published frame wait behind the replay; false when too many do. */
  hold(frame: BusFrame, encoded: EncodedFrame): boolean {
    return this.#backlog?.hold(frame, encoded) ?? true;
  }

  /** Goes on with a replay as far as there is room; at its end the topics are live. */
  pump(): void {
    const backlog = this.#backlog;
    const { queue, version } = this.#outlet;
    while (backlog?.isReady && queue.level === "free") {
      const { texts, replayed, isLast } = backlog.take(version);
      this.#parts.metrics.add("messages_replayed_total", replayed);
      if (texts.length > 0) queue.answer(...texts);
      this.#outlet.delivered(this.#parts.environment.elapsed());
      if (!isLast) continue;
      this.#parts.broadcast.setHolding(this.#owner, false);
      this.#backlog = undefined;
      this.update();
      this.#inbox.free();
      return;
    }
    if (backlog) this.#outlet.judge();
  }

  /** Ends all of them. */
  close(): void {
    this.#backlog = undefined;
    this.#parts.broadcast.setHolding(this.#owner, false);
    this.#parts.broadcast.setTopics(this.#owner, this.#outlet.version, []);
  }

  async #resume({
    topics,
    added,
    resume,
    correlationId,
  }: Extract<SessionEffect, { readonly type: "subscribe" }>): Promise<void> {
    const { broadcast, limits, head, encodeRules } = this.#parts;
    const backlog = new Backlog(Object.keys(resume), Math.max(1, limits().replayMessages));
    this.#inbox.hold();
    this.#backlog = backlog;
    broadcast.setHolding(this.#owner, true);
    this.update();
    const live = added.filter((topic) => !backlog.has(topic));
    const positions = positionsOf(live, head);
    const { frames, recovered } = await readHistories(resume, this.#parts, this.#owner.id);
    this.#owner.send(subscriptionUpdated(topics, positions, recovered), correlationId);
    backlog.replay(frames, (frame) => encodeBusFrame(frame, encodeRules));
    this.pump();
  }
}
