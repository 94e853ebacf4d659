import { createClient } from "@hivewire/client";
import {
  type AgentEvent,
  type AgentUpdate,
  type CustomUpdate,
  contract,
  type DataError,
  type DataResponse,
} from "@hivewire/contract";
import { describe, expectTypeOf, it } from "vitest";

const client = createClient(contract, { url: "ws://127.0.0.1:8000/api/dashboard/ws/dashboard" });

describe("a client of the generated contract", () => {
  it("narrows topics, types and replies", () => {
    client.subscribe("agents", (frame) => {
      expectTypeOf(frame).toEqualTypeOf<AgentUpdate | CustomUpdate | AgentEvent>();
      if (frame.type === "agent_update") expectTypeOf(frame).toEqualTypeOf<AgentUpdate>();
    });
    client.on("agent_update", (frame) => expectTypeOf(frame).toEqualTypeOf<AgentUpdate>());
    client.on("fleet_update", (frame) => expectTypeOf(frame).toEqualTypeOf<CustomUpdate>());
    expectTypeOf(client.request("request_data", { data_type: "system_health" })).resolves.toEqualTypeOf<
      DataResponse | DataError
    >();
  });

  it("refuses what the contract does not have", () => {
    // @ts-expect-error: no such topic
    client.subscribe("agent", () => {});
    // @ts-expect-error: data_type is a text
    client.request("request_data", { data_type: 7 });
    // @ts-expect-error: the client stamps it
    client.request("ping", { correlation_id: "mine" });
  });
});
