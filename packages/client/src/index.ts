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
  SendResult,
  ServerType,
  TopicOf,
} from "./client-types.js";
export type { ConnectionState } from "./connection-state.js";
export { createClient } from "./create-client.js";
export type { Environment } from "./environment.js";
export type { Listener } from "./listeners.js";
export type { Observable } from "./observable.js";
export type { ReconnectPolicy } from "./reconnect-policy.js";
export type { WebSocketLike, WebSocketSource } from "./transport.js";
