import type { Position } from "@hivewire/protocol";
import type { TopicPositions } from "./topic-positions.js";

/** A frame that changes what the server sends (PROTOCOL.md, "Client → server"). */
interface SubscriptionFrame {
  readonly type: "subscribe" | "unsubscribe";
  readonly subscriptions: readonly string[];
  /** Where to go on, by topic. */
  readonly resume?: Readonly<Record<string, Position>>;
}

/** What keeps the topics in line. */
export interface TopicSyncParts {
  /** Topics that have a handler now. */
  readonly wanted: () => ReadonlySet<string>;
  /** Whether the handshake is done. */
  readonly isReady: () => boolean;
  readonly positions: TopicPositions;
  readonly send: (frame: SubscriptionFrame) => void;
}

/** The topics of a client, on the server and here. */
export interface TopicSync {
  /** Topics to ask for with the upgrade: none when there is something to resume, which a `subscribe` has to say. */
  readonly first: () => readonly string[];
  /** Starts a connection: the server has these topics live. */
  readonly greet: (live: readonly string[]) => void;
  /** Notes that the wanted topics changed. */
  readonly changed: () => void;
}

/**
 * Keeps the server's topics equal to the wanted ones. Changes of one turn of the event loop leave as
 * one frame, and what cancels out (a component that remounts) as none. A topic that the server
 * refuses is asked for again on the next connection only.
 */
export function createTopicSync({ wanted, isReady, positions, send }: TopicSyncParts): TopicSync {
  let live: ReadonlySet<string> = new Set();
  const flush = (): void => {
    if (!isReady()) return;
    const topics = wanted();
    const without = (set: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] =>
      [...set].filter((topic) => !other.has(topic));
    const [gone, added] = [without(live, topics), without(topics, live)];
    live = topics;
    positions.keepOnly(topics);
    // Room is made before it is taken: the server bounds the number of topics.
    if (gone.length > 0) send({ type: "unsubscribe", subscriptions: gone });
    if (added.length > 0) {
      const resume = positions.known(added);
      positions.asked(added);
      send({ type: "subscribe", subscriptions: added, ...(Object.keys(resume).length > 0 && { resume }) });
    }
  };
  return {
    first: () => {
      const topics = [...wanted()];
      return Object.keys(positions.known(topics)).length > 0 ? [] : topics;
    },
    greet: (topics) => {
      live = new Set(topics);
      flush();
    },
    changed: () => queueMicrotask(flush),
  };
}
