import type { WebSocketLike, WebSocketSource } from "@hivewire/client";
import { type AgentUpdate, contract, type DashboardTypes, type DataResponse } from "@hivewire/contract";
import { schema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import { createSamples, FakeNetwork, FakeSocket } from "@hivewire/testing";
import { linkContract, type MockHandlers } from "@hivewire/testing/msw";
import { describe, expectTypeOf, it } from "vitest";

const url = "wss://dashboard.test/ws";

describe("linkContract", () => {
  it("knows a request and its replies", () => {
    linkContract(contract, url, { validators }).handle({
      request_data: (message, { connectionId }) => {
        expectTypeOf(message.data_type).toEqualTypeOf<string>();
        return { type: "data_error", data_type: message.data_type, error: connectionId };
      },
    });
  });

  it("refuses a wrong reply, a frame of the server, and what the protocol answers itself", () => {
    const pong = { type: "pong" } as const;
    const lacking = { type: "data_error", data_type: "x" } as const;
    // @ts-expect-error a pong does not answer request_data
    expectTypeOf<MockHandlers<DashboardTypes>>({ request_data: () => pong });
    // @ts-expect-error the reply lacks its error
    expectTypeOf<MockHandlers<DashboardTypes>>({ request_data: () => lacking });
    // @ts-expect-error no client sends it
    expectTypeOf<MockHandlers<DashboardTypes>>({ agent_update: () => undefined });
    // @ts-expect-error ping is answered already
    expectTypeOf<MockHandlers<DashboardTypes>>({ ping: () => pong });
  });

  it("publishes frames of the topic only", () => {
    const link = linkContract(contract, url, { validators, schema });
    const data = { alerts: [], timestamp: "2026-01-01T00:00:00Z" };
    const alert = { type: "critical_alert", subscription: "alerts", data } as const;
    link.publish("alerts", alert);
    // @ts-expect-error the topic is not in the contract
    link.publish("weather", { type: "critical_alert" });
    // @ts-expect-error the frame is another topic's
    link.publish("agents", alert);
    // @ts-expect-error no client can subscribe to it
    link.subscribed("weather");
    // @ts-expect-error no close code is called so
    link.disconnect("nonsense");
  });
});

describe("createSamples", () => {
  const samples = createSamples({ contract, schema, validators });

  it("gives frames under their types", () => {
    expectTypeOf(samples.frame("agent_update")).toEqualTypeOf<AgentUpdate>();
    expectTypeOf(samples.frame("data_response")).toEqualTypeOf<DataResponse>();
    expectTypeOf(samples.frame("fleet_update").subscription).toEqualTypeOf<
      DashboardTypes["patterns"][`${string}_update`]["subscription"]
    >();
  });

  it("refuses a type and a field that are not in the contract", () => {
    // @ts-expect-error there is no such message
    samples.frame("weather");
    // @ts-expect-error the message has no such field
    samples.frame("ping", { fields: { weather: 1 } });
    // @ts-expect-error the field has another type
    samples.frame("data_response", { fields: { data_type: 1 } });
  });
});

describe("FakeSocket", () => {
  it("is what the client takes for a socket", () => {
    expectTypeOf<FakeSocket>().toExtend<WebSocketLike>();
    expectTypeOf<typeof FakeSocket>().toExtend<WebSocketSource>();
    expectTypeOf(new FakeNetwork().WebSocket).toExtend<WebSocketSource>();
  });

  it("knows what its events have", () => {
    const socket = new FakeSocket(url);
    socket.addEventListener("close", ({ code }) => expectTypeOf(code).toEqualTypeOf<number>());
    // @ts-expect-error there is no such event
    socket.addEventListener("drain", () => {});
    // @ts-expect-error an open event has no data
    socket.addEventListener("open", ({ data }) => data);
  });
});
