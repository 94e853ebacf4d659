import { FakeSocket } from "./fake-socket.js";

/** Makes fake sockets for code that dials by itself, and hands each to the test. */
export class FakeNetwork {
  readonly #sockets: FakeSocket[] = [];
  readonly #waiting: ((socket: FakeSocket) => void)[] = [];
  #taken = 0;
  /** A class for the option or the global `WebSocket` of the code under test. */
  readonly WebSocket: typeof FakeSocket;

  constructor() {
    const dialled = (socket: FakeSocket): void => this.#dialled(socket);
    this.WebSocket = class extends FakeSocket {
      constructor(url: string | URL, protocols?: string | readonly string[]) {
        super(url, protocols);
        dialled(this);
      }
    };
  }

  /** Every socket that was made, oldest first. */
  get sockets(): readonly FakeSocket[] {
    return this.#sockets;
  }

  /** Resolves with the next socket that this method has not handed out, as soon as somebody dials it. */
  next(): Promise<FakeSocket> {
    const socket = this.#sockets[this.#taken++];
    return socket ? Promise.resolve(socket) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #dialled(socket: FakeSocket): void {
    this.#sockets.push(socket);
    this.#waiting.shift()?.(socket);
  }
}
