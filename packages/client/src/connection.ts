import imported from "reconnecting-websocket";
import type { CreateTransport, Transport, TransportEvents, WebSocketLike } from "./transport.js";

/** The part of reconnecting-websocket 4.4.0 that is used. */
interface Loop {
  close(): void;
}

type LoopConstructor = new (
  url: () => Promise<string>,
  protocols: undefined,
  options: Readonly<Record<string, unknown>>,
) => Loop;

// Its declarations describe a module whose default is a namespace under NodeNext
// (pladaria/reconnecting-websocket#196); at run time the default is the class.
const ReconnectingWebSocket = imported as unknown as LoopConstructor;

/** The largest delay of `setTimeout`, in milliseconds: a longer one fires at once. */
const never = 2 ** 31 - 1;

const openState = 1;

const loopOptions = {
  minReconnectionDelay: 0,
  maxReconnectionDelay: 0,
  reconnectionDelayGrowFactor: 1,
  minUptime: 0,
  // In Node its own timeout ends in an uncaught exception (#183); the owner hangs up instead.
  connectionTimeout: never,
  maxEnqueuedMessages: 0,
};

/**
 * The transport on reconnecting-websocket: after a loss the library comes back for the next URL by
 * itself, and its URL provider waits until `dial` allows the attempt, so that delays, credentials and
 * stopping stay outside. A loop that was closed is never used again (#125, #165).
 */
class Connection implements Transport {
  readonly #createSocket: (url: string) => WebSocketLike;
  readonly #events: TransportEvents;
  #loop: Loop | undefined;
  #socket: WebSocketLike | undefined;
  /** Whether the loop listens to the socket; until then it would not notice its end. */
  #isAdopted = false;
  /** The URL that `dial` allowed and that no loop has taken yet. */
  #allowed: string | undefined;
  /** The loop's request for a URL that `dial` has not allowed yet. */
  #resolve: ((url: string) => void) | undefined;

  constructor(createSocket: (url: string) => WebSocketLike, events: TransportEvents) {
    this.#createSocket = createSocket;
    this.#events = events;
  }

  dial(url: string): void {
    this.#allowed = url;
    this.#loop ??= this.#startLoop();
    this.#proceed();
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== openState) return false;
    this.#socket.send(text);
    return true;
  }

  hangUp(): void {
    const [loop, socket] = [this.#loop, this.#socket];
    this.#loop = this.#socket = this.#allowed = this.#resolve = undefined;
    loop?.close();
    socket?.close(1000);
  }

  #startLoop(): Loop {
    const prepared = (): WebSocketLike | undefined => {
      this.#isAdopted = true;
      return this.#socket;
    };
    // Called with `new`; it returns an object, which `new` then yields instead of `this`.
    function PreparedSocket(): WebSocketLike | undefined {
      return prepared();
    }
    // The provider never rejects: after one rejection the library never connects again (#134).
    const provideUrl = (): Promise<string> =>
      new Promise((resolve) => {
        // A closed loop may still ask once; its question must not take the place of the new loop's.
        if (loop !== this.#loop) return;
        this.#resolve = resolve;
        this.#proceed();
      });
    const loop = new ReconnectingWebSocket(provideUrl, undefined, {
      ...loopOptions,
      WebSocket: Object.assign(PreparedSocket, { CLOSING: 2 }),
    });
    return loop;
  }

  /** Makes the socket once a URL is allowed and the loop asks for one; the loop then adopts it. */
  #proceed(): void {
    const [url, resolve] = [this.#allowed, this.#resolve];
    if (url === undefined || resolve === undefined) return;
    this.#allowed = this.#resolve = undefined;
    this.#isAdopted = false;
    try {
      this.#listenTo(this.#createSocket(url));
    } catch (error) {
      this.#events.refused(error);
      return;
    }
    resolve(url);
  }

  /** Listens to the raw socket: the library reports 1000 where a failed upgrade closed with 1006. */
  #listenTo(socket: WebSocketLike): void {
    const isCurrent = (): boolean => socket === this.#socket;
    this.#socket = socket;
    socket.addEventListener("open", () => isCurrent() && this.#events.opened());
    socket.addEventListener("message", ({ data }) => isCurrent() && this.#events.received(data));
    socket.addEventListener("close", ({ code, reason }) => {
      if (!isCurrent()) return;
      if (this.#isAdopted) this.#socket = undefined;
      else this.hangUp();
      this.#events.closed(code, reason);
    });
    // The package `ws` throws when an error finds no listener; a close always follows.
    socket.addEventListener("error", () => {});
  }
}

/** Makes the transport on reconnecting-websocket. */
export const createConnection: CreateTransport = (createSocket, events) =>
  new Connection(createSocket, events);
