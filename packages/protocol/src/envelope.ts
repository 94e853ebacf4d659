/** What every frame from a server carries beside its own fields (PROTOCOL.md, "Frames"). */
export interface Envelope {
  /** When the server sent it: ISO 8601, UTC, milliseconds. */
  readonly timestamp: string;
  /** The request's when it answers one that had it, else a fresh UUID. */
  readonly correlation_id: string;
}

/** Longest `correlation_id` that is taken from a request; a longer one is replaced. */
export const maxCorrelationIdLength = 128;

/** Where stamps come from: handed in, so that tests decide. */
export interface StampSource {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** A fresh UUID. */
  readonly uuid: () => string;
}

/**
 * The frame with its envelope. `correlationId` is the request's, or undefined for a frame that
 * answers none. Fields of the same name in `frame` are replaced.
 */
export function stamp<F extends object>(frame: F, source: StampSource, correlationId?: string): F & Envelope {
  return {
    ...frame,
    timestamp: new Date(source.now()).toISOString(),
    correlation_id: correlationId ?? source.uuid(),
  };
}

/** The `correlation_id` of a request, when it is a string that may be echoed. */
export function correlationIdOf(request: object): string | undefined {
  const id: unknown = "correlation_id" in request ? request.correlation_id : undefined;
  return typeof id === "string" && id.length > 0 && id.length <= maxCorrelationIdLength ? id : undefined;
}
