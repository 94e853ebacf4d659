import { reconcile, type SubscriptionFrame } from "./subscriptions.js";

/** What keeps the topics in line. */
export interface TopicSyncParts {
  /** Topics that have a handler now. */
  readonly wanted: () => ReadonlySet<string>;
  /** Whether the handshake is done. */
  readonly isReady: () => boolean;
  readonly send: (frame: SubscriptionFrame) => void;
}

/**
 * Keeps the server's topics equal to the wanted ones. Changes of one turn of the event loop leave as
 * one frame, and what cancels out (a component that remounts) as none. A topic that the server
 * refuses is asked for again on the next connection only.
 */
export class TopicSync {
  readonly #parts: TopicSyncParts;
  #live: ReadonlySet<string> = new Set();

  constructor(parts: TopicSyncParts) {
    this.#parts = parts;
  }

  /** Starts a connection: the server has these topics live. */
  greet(live: readonly string[]): void {
    this.#live = new Set(live);
    this.#flush();
  }

  /** Notes that the wanted topics changed. */
  changed(): void {
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    if (!this.#parts.isReady()) return;
    const wanted = this.#parts.wanted();
    for (const frame of reconcile(wanted, this.#live)) this.#parts.send(frame);
    this.#live = wanted;
  }
}
