import type { TabChannel, TabEnvironment } from "@hivewire/client/tabs";

interface Holder {
  readonly tab: FakeTab;
  readonly release: () => void;
}

interface Waiting {
  readonly tab: FakeTab;
  readonly grant: () => void;
  isOver: boolean;
}

/** A browser of many tabs: locks and channels as Web Locks and BroadcastChannel have them, in memory. */
export class FakeBrowser {
  readonly #holders = new Map<string, Holder>();
  readonly #waiting = new Map<string, Waiting[]>();
  readonly channels = new Map<string, Set<FakeChannel>>();
  /** Everything that was posted. */
  readonly posted: unknown[] = [];

  openTab(): FakeTab {
    return new FakeTab(this);
  }

  /** Names of locks that are held. */
  get held(): readonly string[] {
    return [...this.#holders.keys()];
  }

  /** Channels that are open. */
  get openChannels(): number {
    return [...this.channels.values()].reduce((sum, set) => sum + set.size, 0);
  }

  /** The tab that holds the lock of a name, the leader's. */
  get leader(): FakeTab | undefined {
    const name = this.held.find((lock) => !lock.includes(" tab "));
    return name === undefined ? undefined : this.#holders.get(name)?.tab;
  }

  request(tab: FakeTab, name: string, signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      // The page is gone: nobody waits any more.
      if (!tab.isAlive) return;
      const abort = (): void => {
        if (waiting.isOver) return;
        waiting.isOver = true;
        reject(signal.reason);
      };
      const waiting: Waiting = {
        tab,
        isOver: false,
        grant: () => {
          if (waiting.isOver) return this.#next(name);
          waiting.isOver = true;
          signal.removeEventListener("abort", abort);
          const release = (): void => {
            if (this.#holders.get(name) !== holder) return;
            this.#holders.delete(name);
            this.#next(name);
          };
          const holder: Holder = { tab, release };
          this.#holders.set(name, holder);
          queueMicrotask(() => {
            if (!tab.isAlive) return;
            hold().then(
              () => {
                release();
                resolve();
              },
              (error) => {
                release();
                reject(error);
              },
            );
          });
        },
      };
      signal.addEventListener("abort", abort);
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), waiting]);
      if (!this.#holders.has(name)) this.#next(name);
    });
  }

  #next(name: string): void {
    const [first, ...rest] = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, rest);
    first?.grant();
  }

  /** What the browser does when a tab is gone. */
  bury(tab: FakeTab): void {
    for (const list of this.#waiting.values()) for (const row of list) if (row.tab === tab) row.isOver = true;
    for (const holder of [...this.#holders.values()]) if (holder.tab === tab) holder.release();
  }
}

class FakeChannel implements TabChannel {
  readonly #tab: FakeTab;
  readonly #peers: Set<FakeChannel>;
  readonly #listeners: ((event: { readonly data: unknown }) => void)[] = [];

  constructor(tab: FakeTab, peers: Set<FakeChannel>) {
    this.#tab = tab;
    this.#peers = peers;
    peers.add(this);
  }

  addEventListener(_type: "message", listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners.push(listener);
  }

  postMessage(message: unknown): void {
    if (!this.#tab.isAlive) return;
    this.#tab.browser.posted.push(message);
    for (const peer of this.#peers) if (peer !== this) peer.#hear(structuredClone(message));
  }

  #hear(data: unknown): void {
    queueMicrotask(() => {
      if (!this.#tab.isAlive || this.#tab.isHanging || !this.#peers.has(this)) return;
      for (const listener of this.#listeners) listener({ data });
    });
  }

  isOf(tab: FakeTab): boolean {
    return tab === this.#tab;
  }

  close(): void {
    this.#peers.delete(this);
  }
}

/** One tab of a `FakeBrowser`. */
export class FakeTab implements TabEnvironment {
  readonly browser: FakeBrowser;
  isAlive = true;
  /** Whether its script stands still: it holds its locks and answers nobody. */
  isHanging = false;

  constructor(browser: FakeBrowser) {
    this.browser = browser;
  }

  readonly locks: TabEnvironment["locks"] = {
    request: (name, { signal }, hold) => this.browser.request(this, name, signal, hold),
  };

  readonly openChannel = (name: string): TabChannel => {
    const peers = this.browser.channels.get(name) ?? new Set<FakeChannel>();
    this.browser.channels.set(name, peers);
    return new FakeChannel(this, peers);
  };

  /** Ends it without a word. */
  crash(): void {
    this.isAlive = false;
    for (const peers of this.browser.channels.values())
      for (const channel of peers) if (channel.isOf(this)) channel.close();
    this.browser.bury(this);
  }
}
