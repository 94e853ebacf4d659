import { once } from "node:events";
import { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { startReferenceServer } from "@hivewire/reference-server";
import { startFaultProxy } from "@hivewire/testing/proxy";
import { expect, it } from "vitest";
import { WebSocket } from "ws";

it("comes back after the server was away", async () => {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const proxy = await startFaultProxy({ target: server.webSocketUrl });
  const reconnect = { firstSpreadMs: 0, minDelayMs: 0, maxDelayMs: 0 };
  const client = createClient(contract, { url: proxy.url, WebSocket, reconnect });
  await client.connect();

  const answered = once(proxy, "answered");
  await proxy.answer(503);
  await proxy.drop();
  await answered;
  await proxy.pass();

  await client.connect();
  expect(client.state.getSnapshot().status).toBe("ready");
  client.close();
  await proxy.stop();
  await server.close();
});
