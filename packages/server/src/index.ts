export {
  type AttachOptions,
  attachWebSockets,
  type CompressionOptions,
  type WebSocketRoute,
} from "./adapters/ws.js";
export type { Refusal } from "./admission.js";
export type { Bus, BusFrame, BusHealth, History, TopicFrame } from "./bus.js";
export { createServer } from "./create-server.js";
export type { Environment } from "./environment.js";
export type { OutgoingFrame } from "./frames.js";
export type { Log, LogFields } from "./log.js";
export { type LogLevel, type LogSamplingOptions, type SampledLog, sampleLog } from "./log-sampling.js";
export { MemoryBus, type MemoryBusOptions } from "./memory-bus.js";
export {
  type Counts,
  type GaugeName,
  type Gauges,
  gaugeTable,
  type HistogramName,
  type HistogramSnapshot,
  type Histograms,
  histogramTable,
  type MetricName,
  metricTable,
} from "./metrics.js";
export type { FrameBatch } from "./outbound-frame.js";
export { ServerError, type ServerErrorCode } from "./server-error.js";
export type {
  ConnectionInfo,
  HandledType,
  HandlerContext,
  HandlerResult,
  Handlers,
  Published,
  Server,
  ServerOptions,
  ServerSetup,
  ServerStats,
  TopicOf,
} from "./server-types.js";
export type { Socket, SocketEvents, Upgrade } from "./socket.js";
export {
  parseTraceParent,
  type SpanAttributes,
  type SpanStart,
  type TraceParent,
  type Tracing,
} from "./tracing.js";
