import { failure } from "./client-error.js";
import type { WebSocketLike, WebSocketSource } from "./transport.js";

type SocketClass = new (url: string) => WebSocketLike;

/** Arrow functions have no prototype; any other function yields its socket under `new` as well. */
function isClass(source: WebSocketSource): source is SocketClass {
  return source.prototype !== undefined;
}

/**
 * Makes sockets from the option, else from the global of the moment: test tools replace it.
 * @throws ClientError `no-websocket` when there is neither
 */
export function socketFactory(option: WebSocketSource | undefined): (url: string) => WebSocketLike {
  const source: WebSocketSource | undefined = option ?? globalThis.WebSocket;
  if (source) return (url) => (isClass(source) ? new source(url) : source(url));
  const advice = 'pass one as the option WebSocket, such as the class of "ws"';
  throw failure("no-websocket", "connect", "this runtime has no WebSocket", advice);
}
