import { MemoryBus } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { describeBus } from "./support/bus-behaviour.js";

describeBus("in memory", async () => ({ bus: new MemoryBus({ maxFrames: 3 }), stop: async () => {} }));

describe("MemoryBus", () => {
  const text = JSON.stringify({ type: "x", pad: "é".repeat(20) });
  const kept = async (bus: MemoryBus): Promise<readonly number[]> => {
    const { frames } = await bus.history("a", { epoch: "e", offset: 0 });
    return frames.map(({ position }) => position.offset);
  };
  const fill = async (bus: MemoryBus, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) await bus.publish("a", { type: "x", text });
  };

  it("forgets what is over the bound of bytes", async () => {
    const bus = new MemoryBus({ epoch: "e", maxBytes: 2 * Buffer.byteLength(text) });
    await fill(bus, 5);
    expect(await kept(bus)).toEqual([4, 5]);
  });

  it("forgets what is over the bound of age, also when nothing new comes", async () => {
    let nowMs = 0;
    const bus = new MemoryBus({ epoch: "e", maxAgeMs: 100, elapsed: () => nowMs });
    await fill(bus, 1);
    nowMs = 60;
    await fill(bus, 1);
    nowMs = 130;
    expect(await kept(bus)).toEqual([2]);
  });

  it("keeps the newest thousand by default, in order", async () => {
    const bus = new MemoryBus({ epoch: "e" });
    await fill(bus, 2_500);
    const offsets = await kept(bus);
    expect([offsets.length, offsets[0], offsets.at(-1)]).toEqual([1_000, 1_501, 2_500]);
    expect(offsets.every((offset, index) => offset === 1_501 + index)).toBe(true);
  });

  it("refuses a bound below zero", () => {
    expect(() => new MemoryBus({ maxFrames: -1 })).toThrow(
      "[invalid_option] Failed to make a MemoryBus: maxFrames is -1",
    );
  });
});
