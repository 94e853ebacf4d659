import type {
  AgentUpdate,
  ClientMessage,
  CustomUpdate,
  DashboardTypes,
  ServerMessage,
} from "@hivewire/contract";
import { contract } from "@hivewire/contract";
import { isPing, validators } from "@hivewire/contract/validators";
import type { Contract, ContractTypes, Sendable, TypesOf } from "@hivewire/protocol";
import { describe, expectTypeOf, it } from "vitest";

declare const frame: ServerMessage;
declare const value: unknown;

describe("the contract", () => {
  it("is a contract of its own types", () => {
    expectTypeOf(contract).toExtend<Contract<ContractTypes>>();
    expectTypeOf<TypesOf<typeof contract>>().toEqualTypeOf<DashboardTypes>();
  });

  it("narrows by one if, beside a pattern that matches the constant", () => {
    if (frame.type === "agent_update") expectTypeOf(frame).toEqualTypeOf<AgentUpdate>();
    if (frame.type === "error") expectTypeOf(frame.message).toEqualTypeOf<string>();
  });

  it("leaves the pattern message when all constants are handled", () => {
    expectTypeOf<CustomUpdate["type"]>().toExtend<`${string}_update`>();
  });

  it("lets code send what a pattern recognises", () => {
    expectTypeOf<{
      type: "fleet_update";
      subscription: "agents";
      data: object;
    }>().not.toExtend<CustomUpdate>();
    expectTypeOf<{
      type: "fleet_update";
      subscription: "agents";
      data: { [k: string]: unknown };
    }>().toExtend<Sendable<CustomUpdate>>();
  });

  it("leaves out of a frame to send what the server stamps", () => {
    expectTypeOf<Sendable<AgentUpdate>>().not.toHaveProperty("correlation_id");
    expectTypeOf<Sendable<AgentUpdate>>().toHaveProperty("data");
  });

  it("types guards and validators", () => {
    if (isPing(value)) expectTypeOf(value.type).toEqualTypeOf<"ping">();
    const result = validators.client(value);
    if (result.ok) expectTypeOf(result.value).toEqualTypeOf<ClientMessage>();
  });

  it("refuses a frame with a wrong field", () => {
    // @ts-expect-error: message is a text
    const wrong: Sendable<Extract<ServerMessage, { type: "error" }>> = { type: "error", message: 5 };
    expectTypeOf(wrong).toBeObject();
  });
});
