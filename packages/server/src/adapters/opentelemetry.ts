import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { parseTraceParent, type SpanStart, type Tracing } from "../tracing.js";

/** How spans are made. */
export interface OpenTelemetryOptions {
  /** @default the tracer `@hivewire/server` of the provider that the process has registered */
  readonly tracer?: Tracer | undefined;
}

const kinds: Readonly<Record<SpanStart["kind"], SpanKind>> = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

function parentOf(traceparent: unknown): Context {
  const parent = parseTraceParent(traceparent);
  if (!parent) return context.active();
  const { traceId, spanId, isSampled } = parent;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** The error's class alone (`error.type`): its words may carry what users sent, and the log has them. */
function fail(span: Span, cause: unknown): void {
  const type = cause instanceof Error ? cause.name : typeof cause;
  span.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

/**
 * Spans through OpenTelemetry. Where they go is decided by the SDK that the process registers; without one they cost a
 * call and go nowhere.
 */
export function openTelemetry({ tracer }: OpenTelemetryOptions = {}): Tracing {
  const spans = tracer ?? trace.getTracer("@hivewire/server");
  return {
    run: ({ name, kind, attributes, traceparent }, work) => {
      const parent = parentOf(traceparent);
      const span = spans.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, parent);
      try {
        const result = context.with(trace.setSpan(parent, span), work);
        if (!isPromise(result)) {
          span.end();
          return result;
        }
        const ended = (): void => span.end();
        // Registered before the caller's own reactions, so that the span has ended when they run.
        result.then(ended, (cause: unknown) => {
          fail(span, cause);
          ended();
        });
        return result;
      } catch (cause) {
        fail(span, cause);
        span.end();
        throw cause;
      }
    },
  };
}
