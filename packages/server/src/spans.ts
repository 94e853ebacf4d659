import type { SpanStart } from "./tracing.js";

/** What all spans say. Source: OpenTelemetry semantic conventions, messaging and network. */
const common = { "messaging.system": "hivewire", "network.protocol.name": "websocket" } as const;

/** A frame whose handler runs. */
export interface HandledFrame {
  /** Its type: one of the contract's, so that span names are few. */
  readonly type: string;
  readonly connectionId: string;
  readonly contractVersion: string;
  readonly correlationId?: string | undefined;
  /** `traceparent` of the frame, as it came. */
  readonly traceparent?: unknown;
}

/** The span of a handler. */
export function handlerSpan(frame: HandledFrame): SpanStart {
  const { type, connectionId, contractVersion, correlationId, traceparent } = frame;
  return {
    name: `process ${type}`,
    kind: "consumer",
    attributes: {
      ...common,
      "messaging.operation.name": "process",
      "messaging.operation.type": "process",
      "hivewire.message.type": type,
      "hivewire.connection.id": connectionId,
      "hivewire.contract.version": contractVersion,
      ...(correlationId === undefined ? {} : { "messaging.message.conversation_id": correlationId }),
    },
    traceparent,
  };
}

/** The span of a publication. */
export function publishSpan(topic: string, type: string): SpanStart {
  return {
    name: `publish ${topic}`,
    kind: "producer",
    attributes: {
      ...common,
      "messaging.operation.name": "publish",
      "messaging.operation.type": "send",
      "messaging.destination.name": topic,
      "hivewire.message.type": type,
    },
  };
}

/** The span of a handshake, from the upgrade to the first frame. `traceparent` is the header of the upgrade request. */
export function handshakeSpan(connectionId: string, traceparent: unknown): SpanStart {
  return {
    name: "handshake",
    kind: "server",
    attributes: { ...common, "hivewire.connection.id": connectionId },
    traceparent,
  };
}
