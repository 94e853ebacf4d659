import { TestingError } from "../testing-error.js";
import {
  type CloseEventLike,
  type MessageEventLike,
  type SocketEventMap,
  SocketListeners,
} from "./socket-events.js";

/** What was passed to `close`. */
export interface CloseCall {
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

/** State of a socket, as `readyState` has it: connecting, open, closing, closed. */
export type SocketState = 0 | 1 | 2 | 3;

const stateNames = ["connecting", "open", "closing", "closed"] as const;

/**
 * A WebSocket whose network is the test: nothing opens, arrives or ends unless a method says so, and then at once. It has
 * no timers. What code under test may not do, it refuses as a browser does.
 */
export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  /** Subprotocols that were asked for. */
  readonly protocols: readonly string[];
  /** The subprotocol that the server chose: none. */
  readonly protocol = "";
  readonly extensions = "";
  binaryType: "blob" | "arraybuffer" = "blob";
  /** Bytes that wait to be sent: whatever the test sets. */
  bufferedAmount = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEventLike) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEventLike) => void) | null = null;
  readonly #listeners = new SocketListeners();
  readonly #sent: unknown[] = [];
  readonly #closeCalls: CloseCall[] = [];
  #readyState: SocketState = 0;

  constructor(url: string | URL, protocols: string | readonly string[] = []) {
    this.url = String(url);
    this.protocols = typeof protocols === "string" ? [protocols] : protocols;
  }

  get readyState(): SocketState {
    return this.#readyState;
  }

  /** Everything that was sent while open, oldest first. */
  get sent(): readonly unknown[] {
    return this.#sent;
  }

  /** The texts among it, parsed; what is no JSON throws a SyntaxError. */
  get sentFrames(): readonly unknown[] {
    return this.#sent.filter((data) => typeof data === "string").map((text): unknown => JSON.parse(text));
  }

  /** Every call of `close`, oldest first. */
  get closeCalls(): readonly CloseCall[] {
    return this.#closeCalls;
  }

  /** Listeners that were added and not removed, of all events. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  addEventListener<K extends keyof SocketEventMap>(
    type: K,
    listener: (event: SocketEventMap[K]) => void,
    options: { readonly once?: boolean } = {},
  ): void {
    this.#listeners.add(type, listener, options.once ?? false);
  }

  removeEventListener<K extends keyof SocketEventMap>(
    type: K,
    listener: (event: SocketEventMap[K]) => void,
  ): void {
    this.#listeners.delete(type, listener);
  }

  /** Keeps the data; once the socket closes, drops it without a word, as a browser does. */
  send(data: unknown): void {
    if (this.#readyState === 0) {
      throw new DOMException("Failed to send: the socket is still connecting.", "InvalidStateError");
    }
    if (this.#readyState === 1) this.#sent.push(data);
  }

  /** Begins to close; `end` completes it. */
  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      const sentence = `Failed to close: the code ${code} is neither 1000 nor 3000 to 4999.`;
      throw new DOMException(sentence, "InvalidAccessError");
    }
    this.#closeCalls.push({ code, reason });
    if (this.#readyState < 2) this.#readyState = 2;
  }

  /**
   * The server accepts.
   * @throws TestingError `socket_state` unless it is connecting
   */
  open(): void {
    this.#expect("open", 0);
    this.#readyState = 1;
    this.#listeners.emit("open", new Event("open"), this.onopen);
  }

  /**
   * Data arrives as it is: a text, or anything binary. Until the close is complete it still does, as in a browser.
   * @throws TestingError `socket_state` before `open` and after `end`
   */
  deliver(data: unknown): void {
    this.#expect("deliver data", 1, 2);
    this.#listeners.emit("message", Object.assign(new Event("message"), { data }), this.onmessage);
  }

  /** `deliver` of a frame as JSON. */
  deliverFrame(frame: object): void {
    this.deliver(JSON.stringify(frame));
  }

  /**
   * The connection fails: an `error` event, then a close with 1006. A refused upgrade looks the same.
   * @throws TestingError `socket_state` when it ended already
   */
  fail(): void {
    this.#expect("fail", 0, 1, 2);
    this.#readyState = 3;
    const error = (): void => this.#listeners.emit("error", new Event("error"), this.onerror);
    const end = (): void => this.#emitClose(1006, "", false);
    try {
      error();
    } finally {
      end();
    }
  }

  /**
   * The connection ends: by the server's close frame, or in answer to `close`.
   * @param code - @default what `close` was called with, else 1000; 1006 is not clean
   * @throws TestingError `socket_state` when it ended already
   */
  end(code?: number, reason?: string): void {
    this.#expect("end", 0, 1, 2);
    const asked = this.#closeCalls[0];
    const told = code ?? asked?.code ?? 1000;
    this.#readyState = 3;
    this.#emitClose(told, reason ?? asked?.reason ?? "", told !== 1006);
  }

  #emitClose(code: number, reason: string, wasClean: boolean): void {
    const event = Object.assign(new Event("close"), { code, reason, wasClean });
    this.#listeners.emit("close", event, this.onclose);
  }

  #expect(what: string, ...allowed: readonly SocketState[]): void {
    if (allowed.includes(this.#readyState)) return;
    const wanted = allowed.map((state) => stateNames[state]).join(" or ");
    throw new TestingError(
      "socket_state",
      `Failed to ${what}: the socket is ${stateNames[this.#readyState]}, not ${wanted}. Please drive it in that order.`,
    );
  }
}
