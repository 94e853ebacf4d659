import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { attachWebSockets, createServer } from "@hivewire/server";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { clients } from "../support/transports.js";

const lifeMs = 100;

it.each(clients)("a hundred tokens are renewed in band without a drop, on %s", async (_name, make) => {
  let accepted = 0;
  const engine = createServer<DashboardTypes, { readonly endsMs: number }>({
    contract,
    validators,
    authenticate: (token) => {
      accepted++;
      return token === undefined ? undefined : { endsMs: Date.now() + lifeMs };
    },
    credentialsExpireAt: ({ endsMs }) => endsMs,
  }).handle({ request_data: ({ data_type }) => ({ type: "data_response", data_type, data: {} }) });
  const http = createHttpServer();
  attachWebSockets(engine, http, { routes: [{ path: "/ws", topics: [] }] });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws`;
  let tokens = 0;
  const client = make(contract, { url, WebSocket, accessToken: async () => `t${++tokens}` });
  const states: string[] = [];
  client.state.subscribe(() => states.push(client.state.getSnapshot().status));
  const renewed = new Promise<void>((resolve) => {
    let count = 0;
    client.on("authenticated", () => {
      if (++count === 100) resolve();
    });
  });
  await client.connect();
  await renewed;
  expect(states).toEqual(["connecting", "negotiating", "ready"]);
  expect(accepted).toBe(tokens);
  client.close();
  await engine.close(100);
  http.close();
});
