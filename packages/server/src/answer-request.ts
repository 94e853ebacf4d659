import { stamp } from "@hivewire/protocol";
import type { Connection } from "./connection.js";
import type { ConnectionParts } from "./connection-parts.js";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import { handlerSpan } from "./spans.js";
import type { SpanStart } from "./tracing.js";

/** A valid frame that the contract's handler has to answer. */
export interface HandledRequest {
  readonly messageType: string;
  readonly frame: IncomingFrame;
  readonly correlationId: string;
}

function spanOf({ messageType, frame, correlationId }: HandledRequest, connection: Connection): SpanStart {
  const { id: connectionId, version: contractVersion } = connection;
  const traceparent = typeof frame.traceparent === "string" ? frame.traceparent : undefined;
  return handlerSpan({ type: messageType, connectionId, contractVersion, correlationId, traceparent });
}

/**
 * Asks the contract's handler, and holds its answer against the contract. A handler that throws, or answers with
 * what breaks the contract, costs its caller an `internal` error: why is in the log under the `correlation_id`.
 */
export async function answerRequest(
  { messageType, frame, correlationId }: HandledRequest,
  connection: Connection,
  { handle, validateReply, environment, metrics, log, tracing }: ConnectionParts,
): Promise<OutgoingFrame | undefined> {
  const startMs = environment.elapsed();
  const failed = (fields: Readonly<Record<string, unknown>>): OutgoingFrame => {
    metrics.add("handler_failures_total");
    const about = { code: "internal", correlation_id: correlationId, type: messageType };
    log.error(
      { ...fields, ...about, subscription: undefined, connection_id: connection.id },
      "a handler failed",
    );
    return errorFrame("internal");
  };
  try {
    const reply = await (tracing
      ? tracing.run(spanOf({ messageType, frame, correlationId }, connection), () =>
          handle(messageType, frame, connection),
        )
      : handle(messageType, frame, connection));
    if (reply === undefined) return undefined;
    const result = validateReply(stamp(reply, environment, correlationId));
    return result.ok ? reply : failed({ pointer: result.issue.pointer, issue: result.issue.message });
  } catch (cause) {
    return failed({ err: cause });
  } finally {
    metrics.observe("handler_seconds", environment.elapsed() - startMs);
  }
}
