import { contract } from "@hivewire/contract";
import { schema as ownSchema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import { createSamples, sampleFrame, sampleFrames } from "@hivewire/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contractFiles, generated, guardOf, run } from "../../codegen/test/contracts/contracts.js";

const variants = ["minimal", "full"] as const;

/** Samples that are drawn of each contract. */
const numRuns = 25;

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** What the generated validators say about each message, in the order of the schema. */
const contracts = await Promise.all(
  contractFiles.map(async (file) => {
    const contract = await generated(file);
    const schema: unknown = Reflect.get(run(contract, "schema.ts"), "schema");
    if (!isSchema(schema)) throw new TypeError(`${file} has no schema.`);
    const module = run(contract, "validators.ts");
    const guards = contract.model.messages.map(({ name, sender }) => {
      const isOwn = guardOf(module, name);
      const isAny = guardOf(module, sender === "client" ? "ClientMessage" : "ServerMessage");
      return (value: unknown) => isOwn(value) && isAny(value);
    });
    return { file, schema, guards };
  }),
);

describe.each(contracts)("samples of $file", ({ schema, guards }) => {
  it.each(variants)("are valid for every message and any seed (%s)", (variant) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const frames = Object.values(sampleFrames(schema, { seed, variant }));
        expect(frames).toHaveLength(guards.length);
        expect(frames.filter((frame, index) => !guards[index]?.(frame))).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe("samples of the dashboard contract", () => {
  const samples = createSamples({ contract, schema: ownSchema, validators });
  const types = Object.keys(contract.messages);

  it.each(variants)("are valid for every message and any seed (%s)", (variant) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const type of types) {
          const frame = sampleFrame(ownSchema, type, { seed, variant });
          const isOfClient = contract.messages[type]?.sender === "client";
          const { ok } = isOfClient ? validators.client(frame) : validators.server(frame);
          expect({ type, ok, frame }).toMatchObject({ ok: true, frame: { type } });
        }
        expect(Object.keys(sampleFrames(ownSchema, { seed, variant }))).toHaveLength(types.length + 1);
      }),
      { numRuns },
    );
  });

  it("are the same for the same seed, and others for another", () => {
    const [first, again, other] = [7, 7, 8].map((seed) => sampleFrames(ownSchema, { seed }));
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
  });

  it("have only required properties in the minimal variant, and all in the full one", () => {
    const minimal = samples.frame("ping", { variant: "minimal" });
    const full = samples.frame("ping", { variant: "full" });
    expect([Object.keys(minimal), Object.keys(full).sort()]).toEqual([
      ["type"],
      ["correlation_id", "timestamp", "type"],
    ]);
  });

  it("have the fields that are asked for", () => {
    const frame = samples.frame("data_response", { fields: { data_type: "system_health" } });
    expect(frame).toMatchObject({ type: "data_response", data_type: "system_health" });
    expect(samples.frame("subscribe", { fields: { subscriptions: ["agents"] } }).subscriptions).toEqual([
      "agents",
    ]);
  });

  it("go by the name of a definition, a constant or a pattern", () => {
    expect(sampleFrame(ownSchema, "AgentUpdate")).toMatchObject({ type: "agent_update" });
    expect(sampleFrame(ownSchema, "fleet_update")).toMatchObject({ type: "fleet_update" });
  });

  const faults = [
    {
      title: "a message that is not there, with the nearest name",
      make: () => sampleFrame(ownSchema, "agent_updates"),
      want: { code: "unknown_message", message: expect.stringContaining('Did you mean "agent_update"?') },
    },
    {
      title: "fields that no frame has",
      make: () => sampleFrame(ownSchema, "agent_update", { fields: { subscription: "tasks" } }),
      want: { code: "no_sample" },
    },
    {
      title: "validators of another contract",
      make: () => {
        const client = () => validators.client({});
        const mixed = { client, server: validators.server };
        return createSamples({ contract, schema: ownSchema, validators: mixed }).frame("ping");
      },
      want: { code: "no_sample", message: expect.stringContaining("the validators refuse it") },
    },
    {
      title: "a contract whose messages no property tells apart",
      make: () =>
        createSamples({ contract: { ...contract, discriminator: null }, schema: ownSchema, validators }),
      want: { code: "unsupported_contract" },
    },
  ];
  it.each(faults)("refuse $title", ({ make, want }) => {
    expect(make).toThrow(expect.objectContaining({ name: "TestingError", ...want }));
  });
});
