import { expect, it } from "vitest";
import { settled } from "./support/fake-environment.js";
import { createBench } from "./support/fake-transport.js";

it("knows where topics begin that were asked for one after the other in one turn", async () => {
  const { client, transport, ready } = createBench();
  await ready({ subscriptions: [] });
  client.subscribe("rooms", () => {});
  client.subscribe("people", () => {});
  await settled();
  const position = { epoch: "e", offset: 4 };
  const positions = { rooms: position, people: position };
  transport.receive({ type: "subscription_updated", subscriptions: ["people", "rooms"], positions });
  transport.lose(1006);
  client.reconnectNow();
  await settled();
  transport.greet({ subscriptions: [] });
  expect(transport.sent.at(-1)).toMatchObject({ type: "subscribe", resume: positions });
});
