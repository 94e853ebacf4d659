import { ClientError, failure } from "./client-error.js";
import type { SendOptions } from "./client-types.js";
import type { Delivery, Parcel } from "./outbox-types.js";
import type { Session } from "./session.js";

/** A frame that is on its way. */
export interface Posted {
  readonly status: "sent" | "queued";
  /** Takes it back, if it still waits. */
  readonly cancel: () => void;
}

/** Puts a frame on its way, or says why it cannot go. Never throws. */
export function post(
  { lifecycle, outbox }: Session,
  frame: object,
  { queue = true }: SendOptions,
  settle: (delivery: Delivery) => void,
  id?: string,
): Posted | ClientError {
  const { state, cause } = lifecycle.machine();
  if (state.status === "closed") return state.cause;
  let text: string;
  try {
    text = JSON.stringify(frame);
  } catch (error) {
    const advice = "take cycles and bigints out";
    return failure("invalid-frame", "send", "the frame is no JSON", advice, { cause: error });
  }
  const parcel: Parcel = { text, settle, id };
  const status = outbox.add(parcel);
  const cancel = (): void => outbox.cancel(parcel);
  if (status === "sent" || (status === "queued" && queue)) return { status, cancel };
  cancel();
  const why = `the client is ${state.status}`;
  const code = status === "queued" ? "not-ready" : status;
  return failure(code, "send", code === "not-ready" ? why : "too much is on its way", "try again later", {
    cause,
  });
}

/** Sends a request and waits for the frame that answers it. Ends exactly once, and leaves no timer. */
export function request(
  session: Session,
  frame: { readonly type: string },
  replies: readonly string[],
  id: string,
  timeoutMs: number,
  options: SendOptions & { readonly signal?: AbortSignal | undefined },
  schedule: (run: () => void, delayMs: number) => () => void,
): Promise<object> {
  const { requests } = session;
  const { signal } = options;
  const action = `get a reply to "${frame.type}"`;
  return new Promise((resolve, reject) => {
    let cancel = (): void => {};
    const end = (): void => {
      requests.delete(id);
      cancelTimer();
      cancel();
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error: ClientError): void => {
      end();
      reject(error);
    };
    const abort = (): void =>
      fail(
        failure("aborted", action, "its signal was aborted", "try again if needed", {
          cause: signal?.reason,
        }),
      );
    const cancelTimer = schedule(
      () => fail(failure("request-timeout", action, `none came within ${timeoutMs} ms`, "try again")),
      timeoutMs,
    );
    let isRead = false;
    requests.set(id, (reply) => {
      if (reply instanceof ClientError) {
        if (isRead) fail(reply);
      } else if (reply.type === "error") {
        const { message = "", hint = "check the request" } = reply;
        fail(failure("request-refused", action, message, hint, { server: { ...reply, message } }));
      } else if (replies.includes(reply.type)) {
        end();
        resolve(reply);
      }
    });
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) {
      abort();
      return;
    }
    // The server may still answer a request of which it only said that it may have dropped it.
    const settle = (delivery: Delivery): void => {
      isRead = delivery.status === "delivered";
      if (delivery.status === "delivered" || !delivery.cause) return;
      if (delivery.cause.code !== "rate-limited") fail(delivery.cause);
    };
    const posted = post(session, frame, options, settle, id);
    if (posted instanceof ClientError) fail(posted);
    else cancel = posted.cancel;
  });
}
