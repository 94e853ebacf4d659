/** What a span says beside its name: keys of the OpenTelemetry semantic conventions, or below `hivewire.`. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What a span is made of. */
export interface SpanStart {
  /** An operation and what it is about, from few values: `publish alerts`. */
  readonly name: string;
  /** The side of the span: what a peer asked for, what is sent on, what is handled, or work inside. */
  readonly kind: "server" | "producer" | "consumer" | "internal";
  readonly attributes: SpanAttributes;
  /**
   * `traceparent` of whoever caused the work (W3C Trace Context), as it came; what is none is ignored.
   * @default the span that is active
   */
  readonly traceparent?: unknown;
}

/**
 * Runs work inside spans. The engine has none unless one is handed in, and then makes neither spans nor their
 * attributes: `tracing ? tracing.run(publishSpan(…), work) : work()`.
 */
export interface Tracing {
  /**
   * Runs the work inside a span, and returns what it returns. The span ends when the work does; for a promise, when it
   * settles. Work that throws or rejects makes the span an error, and the error goes on to the caller.
   */
  run<Result>(start: SpanStart, work: () => Result): Result;
}

/** The span that a `traceparent` names. */
export interface TraceParent {
  /** 32 lowercase hexadecimal digits, not all zero. */
  readonly traceId: string;
  /** 16 lowercase hexadecimal digits, not all zero. */
  readonly spanId: string;
  /** Whether its maker records it. */
  readonly isSampled: boolean;
}

/** Longest `traceparent` that is read, in characters: those of later versions may be longer than 55. */
const maxTraceParentLength = 128;

const traceParentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads a `traceparent`, strictly: undefined for anything that the specification calls invalid.
 * Source: W3C Trace Context, section 3.2 (version 00, and the rules for later ones).
 */
export function parseTraceParent(text: unknown): TraceParent | undefined {
  if (typeof text !== "string" || text.length > maxTraceParentLength) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", more] = traceParentPattern.exec(text) ?? [];
  if (version === undefined || version === "ff") return undefined;
  if (version === "00" && more !== undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
