import { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { schema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import { createSamples } from "@hivewire/testing";
import { linkContract } from "@hivewire/testing/msw";
import { setupServer } from "msw/node";
import { expect, it } from "vitest";
import { WebSocket } from "ws";

const url = "wss://dashboard.example.org/ws";
const samples = createSamples({ contract, schema, validators });
const link = linkContract(contract, url, { validators, schema }).handle({
  request_data: ({ data_type }) => ({ type: "data_error", data_type, error: "not today" }),
});
// Node 20 has no WebSocket: msw replaces the one that it finds here.
Object.assign(globalThis, { WebSocket });
setupServer(link.handler).listen();

it("shows agents as they come", async () => {
  const client = createClient(contract, { url });
  const shown = new Promise((resolve) => client.subscribe("agents", resolve));
  await client.connect();
  link.publish("agents", samples.frame("agent_update", { seed: 7 }));
  expect(await shown).toMatchObject({ type: "agent_update", position: { offset: 1 } });
  const reply = await client.request("request_data", { data_type: "weather" });
  expect(reply).toMatchObject({ type: "data_error", error: "not today" });
  client.close();
});
