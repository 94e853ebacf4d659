import type { PageEvents } from "../page-events.js";

/** A page that can also lose the tab whose connection it shares. */
export interface HandoverPage {
  readonly page: PageEvents;
  /** The connection goes, for a cause on this side, and the next is made at once. */
  readonly handOver: () => void;
}

/**
 * Puts a handover among the events of a page: the client suspends for it and comes back in the same turn, without a delay,
 * for no other browser loses its connection at this moment.
 */
export function withHandover(page: PageEvents): HandoverPage {
  const listeners = new Set<(woke: boolean) => void>();
  let isHandingOver = false;
  const tell = (woke: boolean): void => {
    for (const listener of [...listeners]) listener(woke);
  };
  return {
    page: {
      blocked: () => (isHandingOver ? "handover" : page.blocked()),
      watch: (listener) => {
        const stop = page.watch(listener);
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          stop();
        };
      },
    },
    handOver: () => {
      isHandingOver = true;
      tell(false);
      isHandingOver = false;
      tell(true);
    },
  };
}
