import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { announce, http, server } from "../src/serve.js";

it("serves the contract on a bare HTTP server", async () => {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const client = createClient(contract, { url: `ws://127.0.0.1:${port}/ws`, WebSocket });
  const update = new Promise<string | undefined>((resolve) => {
    client.on("agent_update", (frame) => resolve(frame.data.agents[0]?.id));
  });
  client.subscribe("agents", () => {});
  await client.connect();
  expect(await client.request("request_data", { data_type: "agent_status" })).toMatchObject({
    data: { agents: [] },
  });
  await announce("agent-7");
  expect(await update).toBe("agent-7");
  client.close();
  await server.close();
  http.close();
});
