import { parseTraceParent } from "@hivewire/server";
import { openTelemetry } from "@hivewire/server/opentelemetry";
import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { handlerSpan, handshakeSpan, publishSpan } from "../src/spans.js";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";
const valid = `00-${traceId}-${spanId}-01`;

describe("parseTraceParent", () => {
  const rows: readonly [title: string, text: unknown, want: boolean | undefined][] = [
    ["reads a sampled parent", valid, true],
    ["reads one that is not sampled", `00-${traceId}-${spanId}-00`, false],
    ["reads the sampled bit among others", `00-${traceId}-${spanId}-ff`, true],
    ["reads a later version", `cc-${traceId}-${spanId}-01`, true],
    ["reads a later version that says more", `cc-${traceId}-${spanId}-01-what-the-future-brings`, true],
    ["refuses version 00 that says more", `${valid}-more`, undefined],
    ["refuses a later version that says more without a dash", `cc-${traceId}-${spanId}-01.more`, undefined],
    ["refuses version ff", `ff-${traceId}-${spanId}-01`, undefined],
    ["refuses a trace id of zeros", `00-${"0".repeat(32)}-${spanId}-01`, undefined],
    ["refuses a span id of zeros", `00-${traceId}-${"0".repeat(16)}-01`, undefined],
    ["refuses capital letters", `00-${traceId.toUpperCase()}-${spanId}-01`, undefined],
    ["refuses a short trace id", `00-${traceId.slice(1)}-${spanId}-01`, undefined],
    ["refuses a long span id", `00-${traceId}-${spanId}0-01`, undefined],
    ["refuses space around it", ` ${valid}`, undefined],
    ["refuses a line break after it", `${valid}\n`, undefined],
    ["refuses flags of one digit", `00-${traceId}-${spanId}-1`, undefined],
    ["refuses a text without end", `cc-${traceId}-${spanId}-01-${"x".repeat(100_000)}`, undefined],
    ["refuses an empty text", "", undefined],
    ["refuses what is no text", { traceId, spanId }, undefined],
  ];
  it.each(rows)("%s", (_title, text, isSampled) => {
    expect(parseTraceParent(text)).toEqual(
      isSampled === undefined ? undefined : { traceId, spanId, isSampled },
    );
  });
});

describe("openTelemetry", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracing = openTelemetry({ tracer: provider.getTracer("test") });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  beforeEach(() => exporter.reset());
  afterAll(() => {
    context.disable();
    return provider.shutdown();
  });

  it("makes a span of a handler, below the parent that the frame names", async () => {
    const handled = {
      type: "request_data",
      connectionId: "c-1",
      contractVersion: "1.1.0",
      correlationId: "id-1",
      traceparent: valid,
    };
    await expect(tracing.run(handlerSpan(handled), async () => "reply")).resolves.toBe("reply");
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      name: "process request_data",
      kind: SpanKind.CONSUMER,
      status: { code: SpanStatusCode.UNSET },
      parentSpanContext: { traceId, spanId, isRemote: true },
      attributes: {
        "messaging.system": "hivewire",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.message.conversation_id": "id-1",
        "hivewire.message.type": "request_data",
        "hivewire.connection.id": "c-1",
        "hivewire.contract.version": "1.1.0",
      },
    });
    expect(span?.spanContext().traceId).toBe(traceId);
  });

  it("makes a publication within a handler its child, across promises", async () => {
    const handled = { type: "request_data", connectionId: "c-1", contractVersion: "1.1.0" };
    await tracing.run(handlerSpan(handled), async () => {
      await Promise.resolve();
      tracing.run(publishSpan("alerts", "critical_alert"), () => undefined);
    });
    const [publish, handler] = exporter.getFinishedSpans();
    expect([publish?.name, handler?.name]).toEqual(["publish alerts", "process request_data"]);
    expect(publish?.kind).toBe(SpanKind.PRODUCER);
    expect(publish?.attributes["messaging.destination.name"]).toBe("alerts");
    expect(publish?.parentSpanContext?.spanId).toBe(handler?.spanContext().spanId);
  });

  it("starts a trace of its own when the parent is malformed", () => {
    tracing.run(handshakeSpan("c-1", "00-nonsense"), () => undefined);
    expect(exporter.getFinishedSpans()).toMatchObject([{ name: "handshake", kind: SpanKind.SERVER }]);
    expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
  });

  it("takes nothing from the span that is active when a frame names its own parent", () => {
    const around = propagation.setBaggage(
      context.active(),
      propagation.createBaggage({ tenant: { value: "another" } }),
    );
    context.with(around, () => {
      const handled = { type: "say", connectionId: "c-1", contractVersion: "1.1.0", traceparent: valid };
      tracing.run(handlerSpan(handled), () => {
        expect(propagation.getActiveBaggage()).toBeUndefined();
      });
    });
    expect(exporter.getFinishedSpans()).toMatchObject([{ parentSpanContext: { traceId, spanId } }]);
  });

  it("ends the span of a promise when it settles, not before", async () => {
    let settle = (): void => {};
    const running = tracing.run(publishSpan("alerts", "critical_alert"), () => {
      return new Promise<void>((resolve) => {
        settle = resolve;
      });
    });
    expect(exporter.getFinishedSpans()).toEqual([]);
    settle();
    await running;
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  const failures: readonly [title: string, work: () => unknown][] = [
    [
      "throws",
      () => {
        throw new TypeError("a secret of the caller");
      },
    ],
    ["rejects", () => Promise.reject(new TypeError("a secret of the caller"))],
  ];
  it.each(failures)(
    "names the kind of error of work that %s, and nothing of its words",
    async (_title, work) => {
      await expect(async () => tracing.run(publishSpan("alerts", "x"), work)).rejects.toThrow(TypeError);
      const [span] = exporter.getFinishedSpans();
      expect(span?.status.code).toBe(SpanStatusCode.ERROR);
      expect(span?.attributes["error.type"]).toBe("TypeError");
      expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain("secret");
    },
  );

  it("makes no span while no provider is registered, and runs the work", () => {
    expect(openTelemetry().run(publishSpan("alerts", "x"), () => 7)).toBe(7);
    expect(trace.getActiveSpan()).toBeUndefined();
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
