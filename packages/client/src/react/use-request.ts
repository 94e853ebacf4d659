import type { ContractTypes } from "@hivewire/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { ClientError } from "../client-error.js";
import type { Client, ReplyOf, RequestFields, RequestOptions, RequestType } from "../client-types.js";
import { whenReady } from "./when-ready.js";

/** How a request is made. */
export interface UseRequestOptions extends Pick<RequestOptions, "timeoutMs"> {
  /** Whether to ask at all. @default true */
  readonly enabled?: boolean | undefined;
}

/** Where a request stands. */
export type RequestState<Reply> =
  /** Not enabled. */
  (
    | { readonly status: "off"; readonly data: undefined; readonly error: undefined }
    /** Waits for a connection or for the reply; `data` is the last reply to the same request. */
    | { readonly status: "pending"; readonly data: Reply | undefined; readonly error: undefined }
    | { readonly status: "done"; readonly data: Reply; readonly error: undefined }
    /** `data` is the last reply to the same request. */
    | { readonly status: "failed"; readonly data: Reply | undefined; readonly error: ClientError }
  ) & {
    /** Asks again; the reply that is still awaited is then of no interest. */
    readonly refetch: () => void;
  };

/** The last outcome, and what was asked for. */
interface Outcome<Reply> {
  readonly of: object;
  readonly question: string;
  readonly round: number;
  readonly data: Reply | undefined;
  readonly error: ClientError | undefined;
}

/** The outcome, if it is of this question. */
function sameQuestion<Reply>(
  outcome: Outcome<Reply> | undefined,
  client: object,
  question: string,
): Outcome<Reply> | undefined {
  return outcome?.of === client && outcome.question === question ? outcome : undefined;
}

/** A text that is equal for equal fields. What is no JSON is refused when it is sent. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/**
 * Asks the server when the client is ready, again when `type` or the content of `fields` changes, and never by itself: a
 * connection that dies meanwhile is a failure with its cause, for the server may have acted on the request. An unmount
 * aborts. On a server nothing is asked.
 */
export function useRequest<Types extends ContractTypes, K extends RequestType<Types>>(
  client: Client<Types>,
  type: K,
  fields: RequestFields<Types, K>,
  { enabled = true, timeoutMs }: UseRequestOptions = {},
): RequestState<ReplyOf<Types, K>> {
  const [round, setRound] = useState(0);
  const [outcome, setOutcome] = useState<Outcome<ReplyOf<Types, K>>>();
  const question = textOf([type, fields]);
  const latest = useRef({ fields, timeoutMs });
  useEffect(() => {
    latest.current = { fields, timeoutMs };
  });
  const refetch = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    if (!enabled) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async (): Promise<void> => {
      try {
        // StrictMode mounts twice in one turn: after this turn an unmounted one is aborted, and not sent.
        await whenReady(client, signal);
        const data = await client.request(type, latest.current.fields, {
          signal,
          timeoutMs: latest.current.timeoutMs,
        });
        if (!signal.aborted) setOutcome({ of: client, question, round, data, error: undefined });
      } catch (reason) {
        if (signal.aborted) return;
        const error = ClientError.from(
          reason,
          "invalid-frame",
          "Failed to ask: see the cause. Please mend it.",
        );
        setOutcome((before) => ({
          of: client,
          question,
          round,
          data: sameQuestion(before, client, question)?.data,
          error,
        }));
      }
    };
    void ask();
    return () => controller.abort();
  }, [client, type, question, enabled, round]);

  if (!enabled) return { status: "off", data: undefined, error: undefined, refetch };
  const last = sameQuestion(outcome, client, question);
  const { data, error } = last ?? {};
  if (last?.round !== round) return { status: "pending", data, error: undefined, refetch };
  if (error) return { status: "failed", data, error, refetch };
  return data === undefined
    ? { status: "pending", data, error: undefined, refetch }
    : { status: "done", data, error: undefined, refetch };
}
