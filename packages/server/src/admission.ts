import type { Limits } from "@hivewire/protocol";
import { addressKey } from "./address.js";

/** An upgrade that is not let in: the HTTP status, and when to try again. */
export interface Refusal {
  readonly status: 429 | 503;
  readonly retryAfterMs: number;
}

/** An address, or everybody whose address is not known. */
export interface Visitor {
  connections: number;
  tokens: number;
  atMs: number;
}

/** Most addresses that are remembered; the one that was seen first is forgotten for a new one. */
const maxAddresses = 20_000;

/** How long a server that is full asks to wait, in milliseconds. */
const fullRetryMs = 5_000;

/** Decides who may connect: by the number of connections, by address and by how fast they come. No timers. */
export class Admission {
  readonly #limits: () => Limits;
  readonly #visitors = new Map<string, Visitor>();
  readonly #credentials = new Map<string, number>();
  readonly #unknown: Visitor = { connections: 0, tokens: 0, atMs: 0 };
  #connections = 0;

  constructor(limits: () => Limits) {
    this.#limits = limits;
  }

  /** Judges an upgrade from an address; undefined lets it in. Without an address only the total counts. */
  judge(address: string | undefined, nowMs: number): Refusal | undefined {
    const limits = this.#limits();
    if (this.#connections >= limits.maxConnections) return { status: 503, retryAfterMs: fullRetryMs };
    if (address === undefined) return undefined;
    const visitor = this.#visitor(addressKey(address), nowMs);
    const seconds = Math.max(0, nowMs - visitor.atMs) / 1_000;
    visitor.tokens = Math.min(limits.connectionBurst, visitor.tokens + seconds * limits.connectionsPerSecond);
    visitor.atMs = nowMs;
    if (visitor.connections >= limits.maxConnectionsPerAddress) {
      return { status: 429, retryAfterMs: fullRetryMs };
    }
    if (visitor.tokens < 1) {
      return {
        status: 429,
        retryAfterMs: Math.ceil(((1 - visitor.tokens) * 1_000) / limits.connectionsPerSecond),
      };
    }
    visitor.tokens--;
    return undefined;
  }

  /** Counts a connection; what it returns is for `leave`. */
  enter(address: string | undefined, nowMs: number): Visitor {
    this.#connections++;
    const visitor = address === undefined ? this.#unknown : this.#visitor(addressKey(address), nowMs);
    visitor.connections++;
    return visitor;
  }

  /** Takes a connection out again. */
  leave(visitor: Visitor): void {
    this.#connections--;
    visitor.connections--;
  }

  /** Counts a connection of a credential; false when it has too many. */
  enterAs(key: string): boolean {
    const count = this.#credentials.get(key) ?? 0;
    if (count >= this.#limits().maxConnectionsPerCredential) return false;
    this.#credentials.set(key, count + 1);
    return true;
  }

  /** Takes it out again. */
  leaveAs(key: string): void {
    const left = (this.#credentials.get(key) ?? 1) - 1;
    if (left > 0) this.#credentials.set(key, left);
    else this.#credentials.delete(key);
  }

  #visitor(key: string, nowMs: number): Visitor {
    const known = this.#visitors.get(key);
    if (known) return known;
    if (this.#visitors.size >= maxAddresses) this.#forgetOne();
    const visitor = { connections: 0, tokens: this.#limits().connectionBurst, atMs: nowMs };
    this.#visitors.set(key, visitor);
    return visitor;
  }

  /** Forgets the address that was seen first and has no connection. */
  #forgetOne(): void {
    for (const [key, { connections }] of this.#visitors) {
      if (connections > 0) continue;
      this.#visitors.delete(key);
      return;
    }
  }
}
