import { ClientError } from "./client-error.js";
import { type Listener, Listeners } from "./listeners.js";

function handlerFailed(reason: unknown): ClientError {
  const sentence = "Failed to run a handler: it threw. Please see the cause.";
  return new ClientError("handler-failed", sentence, { cause: reason });
}

/** Where faults of this side go: to the listeners, or to the console while there is none. */
export class Faults {
  readonly #listeners = new Listeners<ClientError>((reason) => console.error(handlerFailed(reason)));

  /** Adds a listener; the returned function removes it. */
  add(listener: Listener<ClientError>): () => void {
    return this.#listeners.add("", listener);
  }

  /** Tells a fault. Never throws. */
  readonly report = (fault: ClientError): void => {
    if (this.#listeners.has("")) this.#listeners.emit("", fault);
    else console.error(fault);
  };

  /** Tells that a handler threw this. */
  readonly reportThrown = (reason: unknown): void => this.report(handlerFailed(reason));
}
