import { startReferenceServer } from "@hivewire/reference-server";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parent = (spanId: string): string => `00-${traceId}-${spanId}-01`;
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

beforeAll(() => {
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(async () => {
  trace.disable();
  context.disable();
  await provider.shutdown();
});

/** Connects, asks for data and broadcasts; resolves to the spans of that. */
async function spansWith(env: Readonly<Record<string, string>>) {
  exporter.reset();
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent", ...env } });
  const peer = await openPeer(`${server.webSocketUrl}?subscriptions=tasks&contract_versions=1.1.0`, {
    traceparent: parent("00f067aa0ba902b1"),
  });
  await peer.next("connection_established");
  const request = {
    type: "request_data",
    data_type: "agent_status",
    traceparent: parent("00f067aa0ba902b2"),
  };
  peer.send(JSON.stringify(request));
  await peer.next("data_response");
  await fetch(`${server.url}/api/dashboard/websocket/broadcast?subscription=tasks&message_type=task_update`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"tasks":[]}',
  });
  await peer.next("task_update");
  await server.close();
  return exporter.getFinishedSpans();
}

describe("WS_TRACING_ENABLED", () => {
  it("makes spans of handshakes, handlers and publications, below what the client names", async () => {
    const spans = await spansWith({ WS_TRACING_ENABLED: "true" });
    const told = spans.map(({ name, parentSpanContext }) => [name, parentSpanContext?.spanId]);
    expect(told).toEqual([
      ["handshake", "00f067aa0ba902b1"],
      ["process request_data", "00f067aa0ba902b2"],
      ["publish tasks", undefined],
    ]);
    const [handshake, handler] = spans;
    expect(handshake?.spanContext().traceId).toBe(traceId);
    expect(handler?.attributes["hivewire.connection.id"]).toBe(
      handshake?.attributes["hivewire.connection.id"],
    );
  });

  it("makes none by default", async () => {
    expect(await spansWith({})).toEqual([]);
  });
});
