import type { SuspendReason } from "./connection-state.js";

/** What a page tells about itself. Handed in, so that a test is the browser; on a server there is none. */
export interface PageEvents {
  /** Why a connection cannot be made, or kept, now; undefined when nothing is in its way. */
  readonly blocked: () => SuspendReason | undefined;
  /**
   * Calls the listener after each change, with true when the page came back: became visible, thawed, returned from the
   * back/forward cache, or is online again. The returned function ends that.
   */
  readonly watch: (listener: (woke: boolean) => void) => () => void;
}

/** Events of `document` and `window` (HTML, Page Lifecycle): whether the page freezes with them. */
const events = {
  freeze: true,
  pagehide: true,
  resume: false,
  pageshow: false,
  visibilitychange: false,
  online: false,
  offline: false,
} as const;

/**
 * The page this code runs in. Touches nothing before `watch`; where there are no such events (Node.js) nothing is ever
 * in the way.
 */
export function browserPage(): PageEvents {
  let isFrozen = false;
  const isHidden = (): boolean => globalThis.document?.visibilityState === "hidden";
  return {
    blocked: () => {
      if (isFrozen) return "frozen";
      if (globalThis.navigator?.onLine === false) return "offline";
      return isHidden() ? "hidden" : undefined;
    },
    watch: (listener) => {
      const { addEventListener: add, removeEventListener: remove } = globalThis;
      if (!add) return () => {};
      const hear = ({ type }: { readonly type: string }): void => {
        const freezes = events[type as keyof typeof events];
        // A page that is left is told that it is hidden after it was told to freeze.
        const thaws = type === "visibilitychange" ? !isHidden() : type !== "offline";
        if (freezes || thaws) isFrozen = freezes;
        listener(!isFrozen && thaws && !isHidden());
      };
      // Caught on the way down: events of the document that do not bubble come by as well.
      for (const type in events) add(type, hear, true);
      return () => {
        for (const type in events) remove(type, hear, true);
      };
    },
  };
}
