export {
  ClientError,
  type ClientErrorCode,
  type ClientErrorDetails,
  type ServerFault,
} from "./client-error.js";
export type { ClientOptions, Provider } from "./client-options.js";
export type {
  Client,
  FrameOf,
  Outgoing,
  ReplyOf,
  RequestFields,
  RequestOptions,
  RequestType,
  SendOptions,
  SendResult,
  ServerType,
  TopicOf,
} from "./client-types.js";
export {
  type ConnectionQuality,
  connectionQuality,
  type QualityLevel,
  type QualityWatch,
} from "./connection-quality.js";
export type { ConnectionState, SuspendReason } from "./connection-state.js";
export type { Environment } from "./environment.js";
export type { Listener } from "./listeners.js";
export type { Observable } from "./observable.js";
export { type OutboxLimits, outbox } from "./outbox.js";
export type { CreateOutbox, Delivery, Outbox, OutboxParts, Parcel } from "./outbox-types.js";
export type { PageEvents } from "./page-events.js";
export type { ReconnectPolicy } from "./reconnect-policy.js";
export type { Gap } from "./topic-positions.js";
export type { WebSocketLike, WebSocketSource } from "./transport.js";
