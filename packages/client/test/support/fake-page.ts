import type { PageEvents, SuspendReason } from "@hivewire/client";

/** A page whose browser is the test. */
export class FakePage implements PageEvents {
  reason: SuspendReason | undefined;
  readonly #listeners = new Set<(woke: boolean) => void>();

  readonly blocked = (): SuspendReason | undefined => this.reason;
  readonly watch = (listener: (woke: boolean) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Listeners that are still there. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Something about the page changes. */
  become(reason: SuspendReason | undefined): void {
    this.reason = reason;
    for (const listener of [...this.#listeners]) listener(reason === undefined);
  }
}
