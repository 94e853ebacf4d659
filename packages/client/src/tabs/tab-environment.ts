/** The part of Web Locks that is used (W3C Web Locks API, `LockManager.request`). */
export interface TabLocks {
  /** Waits for the lock, then holds it until the promise of `hold` settles. Rejects once the signal is aborted. */
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    hold: () => Promise<void>,
  ): Promise<unknown>;
}

/** The part of BroadcastChannel that is used (HTML, "Broadcasting to other browsing contexts"). */
export interface TabChannel {
  postMessage(message: unknown): void;
  close(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

/** How tabs find and hear each other, handed in so that a test is the browser. */
export interface TabEnvironment {
  readonly locks: TabLocks;
  /** Opens the channel of a name: what one end posts, all others of that name hear, in order. */
  readonly openChannel: (name: string) => TabChannel;
}

/**
 * What the browser has; undefined where tabs cannot share: a page without a secure context, an old browser, a server.
 * Touches nothing.
 */
export function browserTabs(): TabEnvironment | undefined {
  const locks = globalThis.navigator?.locks;
  if (!locks || !globalThis.BroadcastChannel) return undefined;
  return { locks, openChannel: (name) => new BroadcastChannel(name) };
}
