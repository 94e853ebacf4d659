import imported from "reconnecting-websocket";
import { WebSocket } from "ws";
import type { Subject } from "./loss-scenario.js";

interface BareSocket {
  readonly readyState: number;
  addEventListener(type: "message", listener: (event: { readonly data: string }) => void): void;
  send(text: string): void;
  close(): void;
}

// Its declarations do not construct under NodeNext; see src/connection.ts.
const ReconnectingWebSocket = imported as unknown as new (
  url: string,
  protocols: undefined,
  options: object,
) => BareSocket;

/** What an application gets that uses reconnecting-websocket as it is. */
export function createBareSubject(url: string): Subject {
  const options = { WebSocket, minReconnectionDelay: 1, maxReconnectionDelay: 10 };
  const socket = new ReconnectingWebSocket(`${url}?subscriptions=tasks`, undefined, options);
  return {
    onNumber: (listener) =>
      socket.addEventListener("message", ({ data }) => {
        const frame: { readonly type?: string; readonly data?: { readonly n?: number } } = JSON.parse(data);
        if (frame.type === "numbered_update") listener(Number(frame.data?.n));
      }),
    send: (n) => {
      socket.send(JSON.stringify({ type: "request_data", data_type: "numbers", params: { n } }));
      return undefined;
    },
    settle: () => new Promise((resolve) => setTimeout(resolve, 100)),
    isReady: () => socket.readyState === 1,
    close: () => socket.close(),
  };
}
