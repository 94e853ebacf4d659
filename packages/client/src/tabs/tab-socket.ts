import type { WebSocketLike } from "../transport.js";
import type { Membership, MembershipParts } from "./membership.js";
import { joinTabs } from "./membership.js";

/** What a socket of a tab needs beside what its membership needs. */
export interface TabSocketParts extends Omit<MembershipParts, "told" | "orphaned" | "alone"> {
  /** Opens a socket of this tab's own. May throw. */
  readonly openOwn: () => WebSocketLike;
  /** Whoever led is gone: the socket is of no use any more. Called once. */
  readonly orphaned: () => void;
  /** What spreads the next attempt; undefined once the connection is open. */
  readonly chance: (chance: number | undefined) => void;
}

const [connecting, open, closing, closed] = [0, 1, 2, 3];

/** What a socket that could not be made closes with: another attempt would end alike. */
const refused = 1008;

/**
 * A socket to the server through whichever tab leads; a real one of its own where tabs cannot share. For the code above it
 * there is no difference.
 */
export class TabSocket implements WebSocketLike {
  readonly #target = new EventTarget();
  readonly #parts: TabSocketParts;
  #membership: Membership | undefined;
  #own: WebSocketLike | undefined;
  #state = connecting;
  /** Set by reconnecting-websocket; frames are text. */
  binaryType = "";

  constructor(parts: TabSocketParts) {
    this.#parts = parts;
    try {
      this.#membership = joinTabs({
        ...parts,
        told: (event) => {
          if (event.kind === "open") this.#open();
          else if (event.kind === "frame") this.#receive(event.text);
          else this.#end(event.code, event.reason, event.chance);
        },
        alone: () => this.#goAlone(),
      });
    } catch {
      // No channel in this context; listeners are added after the constructor.
      queueMicrotask(() => this.#goAlone());
    }
  }

  get readyState(): number {
    return this.#state;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    // Events of a type carry its fields: `dispatch` below puts them on.
    this.#target.addEventListener(type, listener as unknown as EventListener);
  }

  removeEventListener(type: string, listener: (event: never) => void): void {
    this.#target.removeEventListener(type, listener as unknown as EventListener);
  }

  send(text: string): void {
    if (this.#own) this.#own.send(text);
    else this.#membership?.send(text);
  }

  close(code = 1000, reason = ""): void {
    if (this.#state >= closing) return;
    this.#state = closing;
    this.#own?.close(code);
    // At once: the page may be frozen or gone before anything else runs.
    this.#membership?.leave();
    queueMicrotask(() => this.#end(code, reason));
  }

  #dispatch(type: string, fields: object = {}): void {
    this.#target.dispatchEvent(Object.assign(new Event(type), fields));
  }

  #open(): void {
    if (this.#state !== connecting) return;
    this.#state = open;
    this.#parts.chance(undefined);
    this.#dispatch("open");
  }

  #receive(data: unknown): void {
    if (this.#state === open) this.#dispatch("message", { data });
  }

  #end(code: number, reason: string, chance?: number): void {
    if (this.#state === closed) return;
    this.#state = closed;
    this.#membership?.leave();
    this.#parts.chance(chance);
    this.#dispatch("close", { code, reason });
  }

  #goAlone(): void {
    if (this.#state !== connecting) return;
    try {
      const own = this.#parts.openOwn();
      this.#own = own;
      own.addEventListener("open", () => this.#open());
      own.addEventListener("message", ({ data }) => this.#receive(data));
      own.addEventListener("close", ({ code, reason }) => this.#end(code, reason));
      own.addEventListener("error", () => {});
    } catch (error) {
      this.#end(refused, error instanceof Error ? error.name : "refused");
    }
  }
}
