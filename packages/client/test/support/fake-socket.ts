import type { WebSocketLike } from "@hivewire/client";

type AnyEvent = Event & { data: unknown; code: number; reason: string };

/** A socket whose network is the test. */
export class FakeSocket implements WebSocketLike {
  readonly #target = new EventTarget();
  readyState = 0;
  binaryType = "";
  readonly sent: string[] = [];
  readonly closeCalls: (number | undefined)[] = [];

  addEventListener(type: string, listener: (event: AnyEvent) => void): void {
    this.#target.addEventListener(type, listener as EventListener);
  }
  removeEventListener(type: string, listener: EventListener): void {
    this.#target.removeEventListener(type, listener);
  }
  send(data: string): void {
    this.sent.push(data);
  }
  close(code?: number): void {
    this.closeCalls.push(code);
    if (this.readyState < 2) this.readyState = 2;
  }
  /** The server accepts. */
  accept(): void {
    this.readyState = 1;
    this.#target.dispatchEvent(new Event("open"));
  }
  /** Text arrives. */
  deliver(data: unknown): void {
    this.#target.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  /** The socket ends; `failed` adds the error event that a browser fires before it. */
  end(code: number, reason = "", failed = false): void {
    this.readyState = 3;
    if (failed) this.#target.dispatchEvent(Object.assign(new Event("error"), { message: "failed" }));
    this.#target.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}
