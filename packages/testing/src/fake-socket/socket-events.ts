/** A message event, as far as it is read. */
export interface MessageEventLike extends Event {
  readonly data: unknown;
}

/** A close event: Node 20 has no class of that name. */
export interface CloseEventLike extends Event {
  /** 1006 when there was no close frame. */
  readonly code: number;
  readonly reason: string;
  /** Whether a close frame went both ways. */
  readonly wasClean: boolean;
}

/** Events of a WebSocket by name (https://websockets.spec.whatwg.org/#the-websocket-interface). */
export interface SocketEventMap {
  readonly open: Event;
  readonly message: MessageEventLike;
  readonly error: Event;
  readonly close: CloseEventLike;
}

type Listener<K extends keyof SocketEventMap> = (event: SocketEventMap[K]) => void;

/** The listeners of a fake socket. A listener that throws keeps no other from its event. */
export class SocketListeners {
  readonly #listeners: {
    readonly [K in keyof SocketEventMap]: Map<Listener<K>, { readonly once: boolean }>;
  } = { open: new Map(), message: new Map(), error: new Map(), close: new Map() };

  /** How many there are, of all events. */
  get size(): number {
    return Object.values(this.#listeners).reduce((sum, listeners) => sum + listeners.size, 0);
  }

  add<K extends keyof SocketEventMap>(type: K, listener: Listener<K>, once: boolean): void {
    if (!this.#listeners[type].has(listener)) this.#listeners[type].set(listener, { once });
  }

  delete<K extends keyof SocketEventMap>(type: K, listener: Listener<K>): void {
    this.#listeners[type].delete(listener);
  }

  /** Calls every listener, then throws what the first of them threw. */
  emit<K extends keyof SocketEventMap>(type: K, event: SocketEventMap[K], handler: Listener<K> | null): void {
    const faults: unknown[] = [];
    for (const [listener, { once }] of [[handler, { once: false }] as const, ...this.#listeners[type]]) {
      if (once && listener) this.#listeners[type].delete(listener);
      try {
        listener?.(event);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  }
}
