import { createServer as createHttpServer } from "node:http";
import { contract } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { attachWebSockets, createServer } from "@hivewire/server";

export const http = createHttpServer();

export const server = createServer({ contract, validators }).handle({
  request_data: ({ data_type }) =>
    data_type === "agent_status"
      ? { type: "data_response", data_type, data: { agents: [] } }
      : { type: "data_error", data_type, error: `Unknown data type: ${data_type}` },
});

attachWebSockets(server, http, { routes: [{ path: "/ws", topics: ["agents"] }] });

export function announce(id: string): Promise<unknown> {
  const data = { agents: [{ id, status: "idle" as const }] };
  return server.publish("agents", { type: "agent_update", subscription: "agents", data });
}
