import { contract, type DashboardTypes } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { startReferenceServer } from "@hivewire/reference-server";
import { linkContract, type MockHandlers } from "@hivewire/testing/msw";
import { setupServer } from "msw/node";
import { WebSocket } from "ws";

/** A server of the dashboard contract, real or mocked. */
export interface Backend {
  readonly url: string;
  publish(topic: string, type: string, data: object): Promise<void>;
  /** Ends one connection as an administrator does. */
  disconnect(connectionId: string): Promise<void>;
  close(): Promise<void>;
}

/** What the reference server answers, as far as the tests look. */
const handlers: MockHandlers<DashboardTypes> = {
  request_data: ({ data_type }) =>
    data_type === "system_health"
      ? { type: "data_response", data_type, data: { overall_status: "healthy", components: {} } }
      : { type: "data_error", data_type, error: `Unknown data type: ${data_type}` },
};

/** Node 20 has no WebSocket: each backend puts one in its place, and the one of before back. */
function withWebSocket(): () => void {
  const before = globalThis.WebSocket;
  Object.assign(globalThis, { WebSocket });
  return () => Object.assign(globalThis, { WebSocket: before });
}

async function startMsw(): Promise<Backend> {
  const restore = withWebSocket();
  const url = "ws://dashboard.test/api/dashboard/ws/dashboard";
  const link = linkContract(contract, url, { validators }).handle(handlers);
  const server = setupServer(link.handler);
  server.listen({ onUnhandledRequest: "error" });
  return {
    url,
    publish: async (topic, type, data) => {
      link.publishUnknown(topic, { type, subscription: topic, data });
    },
    disconnect: async (connectionId) => {
      link.disconnect("replaced", { connectionId, notice: "test" });
    },
    close: async () => {
      server.close();
      restore();
    },
  };
}

async function startReference(): Promise<Backend> {
  const restore = withWebSocket();
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${server.url}/api/dashboard/websocket/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    url: server.webSocketUrl,
    publish: (topic, type, data) => post(`broadcast?subscription=${topic}&message_type=${type}`, data),
    disconnect: (connectionId) => post(`disconnect/${connectionId}?reason=test`, {}),
    close: async () => {
      await server.close();
      restore();
    },
  };
}

/** The servers that one file of tests is run against. */
export const backends: readonly { readonly name: string; readonly start: () => Promise<Backend> }[] = [
  { name: "msw", start: startMsw },
  { name: "the reference server", start: startReference },
];
