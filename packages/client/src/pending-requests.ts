import { ClientError } from "./client-error.js";
import type { Environment } from "./environment.js";
import { type Frame, readServerFault } from "./read-frame.js";

/** A request that goes out. */
export interface OutgoingRequest {
  /** Its `correlation_id`. */
  readonly id: string;
  /** Its type, for sentences. */
  readonly type: string;
  /** Types of the frames that answer it. */
  readonly replies: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

interface Entry {
  readonly request: OutgoingRequest;
  readonly answer: (reply: Frame) => void;
  readonly fail: (error: ClientError) => void;
}

/** Requests without an answer yet, by `correlation_id`. Each ends exactly once and leaves no timer. */
export class PendingRequests {
  readonly #entries = new Map<string, Entry>();
  readonly #schedule: Environment["schedule"];

  constructor(schedule: Environment["schedule"]) {
    this.#schedule = schedule;
  }

  /** Waits for the answer. Rejects on timeout, abort, refusal by the server, and `rejectAll`. */
  wait(request: OutgoingRequest): Promise<Frame> {
    const { id, type, timeoutMs, signal } = request;
    return new Promise((resolve, reject) => {
      const onTimeout = (): void => fail(timedOut(type, timeoutMs));
      const onAbort = (): void => fail(aborted(type, signal));
      const cancelTimer = this.#schedule(onTimeout, timeoutMs);
      const end = (): void => {
        this.#entries.delete(id);
        cancelTimer();
        signal?.removeEventListener("abort", onAbort);
      };
      const fail = (error: ClientError): void => {
        end();
        reject(error);
      };
      const answer = (reply: Frame): void => {
        end();
        resolve(reply);
      };
      signal?.addEventListener("abort", onAbort);
      this.#entries.set(id, { request, answer, fail });
    });
  }

  /** Ends the request that this frame answers, if it answers one. */
  settle(frame: Frame): void {
    const entry =
      typeof frame.correlation_id === "string" ? this.#entries.get(frame.correlation_id) : undefined;
    if (!entry) return;
    const server = readServerFault(frame);
    if (server) {
      const sentence = `Failed to get a reply to "${entry.request.type}": ${server.message}. Please check the request${server.hint ? ` (${server.hint})` : ""}.`;
      entry.fail(new ClientError("request-refused", sentence, { server }));
    } else if (entry.request.replies.includes(frame.type)) {
      entry.answer(frame);
    }
  }

  /** Ends one, if it is still open. */
  reject(id: string, error: ClientError): void {
    this.#entries.get(id)?.fail(error);
  }

  /** Ends all of them: nothing will be answered any more. */
  rejectAll(error: ClientError): void {
    for (const entry of this.#entries.values()) entry.fail(error);
  }
}

function timedOut(type: string, timeoutMs: number): ClientError {
  const sentence = `Failed to get a reply to "${type}": none came within ${timeoutMs} ms. Please try again or raise timeoutMs.`;
  return new ClientError("request-timeout", sentence);
}

/** The error of a request whose signal was aborted; `cause` is the signal's reason. */
export function aborted(type: string, signal: AbortSignal | undefined): ClientError {
  const sentence = `Failed to get a reply to "${type}": its signal was aborted. Please send it again if it is still needed.`;
  return new ClientError("aborted", sentence, { cause: signal?.reason });
}
