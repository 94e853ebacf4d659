import type { Bus, BusFrame } from "@hivewire/server";
import { describe, expect, it } from "vitest";

/** A bus under test, with a ring of three frames per topic. */
export interface BusFixture {
  readonly bus: Bus;
  readonly stop: () => Promise<void>;
}

const text = (value: number): string => JSON.stringify({ type: "x", value });
const values = (frames: readonly BusFrame[]): readonly number[] =>
  frames.map((frame) => JSON.parse(frame.text).value);

/** What every bus does. */
export function describeBus(name: string, create: () => Promise<BusFixture>): void {
  describe(`the bus ${name}`, () => {
    const withBus = (title: string, run: (bus: Bus) => Promise<void>): void => {
      it(title, async () => {
        const { bus, stop } = await create();
        try {
          await run(bus);
        } finally {
          await stop();
        }
      });
    };
    const publish = async (bus: Bus, topic: string, ...numbers: readonly number[]) => {
      let position = await bus.publish(topic, { type: "x", text: text(numbers[0] ?? 0) });
      for (const value of numbers.slice(1))
        position = await bus.publish(topic, { type: "x", text: text(value) });
      return position;
    };

    withBus("counts offsets by one per topic from 1 on, in one epoch", async (bus) => {
      const first = await publish(bus, "a", 1);
      await publish(bus, "b", 1);
      expect(await publish(bus, "a", 2)).toEqual({ epoch: first.epoch, offset: 2 });
      expect(first.offset).toBe(1);
    });

    withBus("hands each frame to every subscriber, in order, until it leaves", async (bus) => {
      const seen: [string, number][] = [];
      const stop = bus.subscribe((frame) => seen.push([frame.topic, frame.position.offset]));
      await publish(bus, "a", 1, 2);
      await publish(bus, "b", 1);
      stop();
      await publish(bus, "a", 3);
      expect(seen).toEqual([
        ["a", 1],
        ["a", 2],
        ["b", 1],
      ]);
    });

    withBus("tells where a topic is at", async (bus) => {
      const { epoch } = await publish(bus, "a", 1, 2);
      expect(bus.head("a")).toEqual({ epoch, offset: 2 });
      expect(bus.head("empty")).toEqual({ epoch, offset: 0 });
    });

    withBus("has what came after a position", async (bus) => {
      const { epoch } = await publish(bus, "a", 1, 2, 3);
      await publish(bus, "b", 9);
      const { frames, complete } = await bus.history("a", { epoch, offset: 1 });
      expect([values(frames), complete]).toEqual([[2, 3], true]);
      expect(frames.map(({ position }) => position.offset)).toEqual([2, 3]);
    });

    withBus("has all of a topic after offset 0, and nothing after the newest", async (bus) => {
      const { epoch } = await publish(bus, "a", 1, 2, 3);
      const all = await bus.history("a", { epoch, offset: 0 });
      expect([values(all.frames), all.complete]).toEqual([[1, 2, 3], true]);
      expect(await bus.history("a", { epoch, offset: 3 })).toEqual({ frames: [], complete: true });
    });

    withBus("says that frames are lost when the oldest are forgotten", async (bus) => {
      const { epoch } = await publish(bus, "a", 1, 2, 3, 4, 5);
      const { frames, complete } = await bus.history("a", { epoch, offset: 1 });
      expect([values(frames), complete]).toEqual([[3, 4, 5], false]);
      expect((await bus.history("a", { epoch, offset: 2 })).complete).toBe(true);
    });

    withBus("knows no position of another epoch, and none of the future", async (bus) => {
      const { epoch } = await publish(bus, "a", 1, 2);
      const other = await bus.history("a", { epoch: "another", offset: 1 });
      expect([values(other.frames), other.complete]).toEqual([[1, 2], false]);
      const future = await bus.history("a", { epoch, offset: 3 });
      expect([values(future.frames), future.complete]).toEqual([[1, 2], false]);
    });

    withBus("says how it is", async (bus) => {
      expect(bus.health()).toMatchObject({ status: "healthy", kind: expect.any(String) });
    });
  });
}
