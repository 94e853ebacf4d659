import { Socket } from "node:net";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LaneRule } from "../src/proxy/fault.js";
import { Lane } from "../src/proxy/lane.js";

/** What one lane did, on sockets that are connected to nothing. */
function bench(rule: LaneRule) {
  const source = new Socket();
  const sink = new Socket();
  const written: string[] = [];
  let hasRoom = true;
  vi.spyOn(sink, "write").mockImplementation((data: unknown) => {
    written.push(String(data));
    return hasRoom;
  });
  const timers: (() => void)[] = [];
  const schedule = (run: () => void): (() => void) => {
    timers.push(run);
    return () => timers.splice(timers.indexOf(run), 1);
  };
  const swallowed = vi.fn();
  const lane = new Lane({ source, sink, schedule, maxBufferBytes: 4, swallowed, cut: () => {} }, rule);
  return {
    ...{ lane, source, sink, written, timers, swallowed },
    arrive: (text: string) => source.emit("data", Buffer.from(text)),
    fill: () => {
      hasRoom = false;
    },
  };
}

describe("a lane", () => {
  let made: ReturnType<typeof bench>;
  beforeEach(() => {
    made = bench({ kind: "pass" });
  });

  it("stops reading while its sink has no room", () => {
    made.fill();
    made.arrive("abc");
    expect([made.written, made.source.isPaused()]).toEqual([["abc"], true]);
    made.sink.emit("drain");
    expect(made.source.isPaused()).toBe(false);
  });

  it("stops reading while as much waits for its delay as its bound says", () => {
    made = bench({ kind: "delay", delayMs: 5 });
    made.arrive("abc");
    expect(made.source.isPaused()).toBe(false);
    made.arrive("d");
    expect([made.written, made.source.isPaused()]).toEqual([[], true]);
    made.timers.shift()?.();
    expect([made.written, made.source.isPaused()]).toEqual([["abc"], false]);
  });

  it("knows that it lost bytes, an end, or its source", () => {
    const lost = (["bytes", "end", "source", "nothing"] as const).map((what) => {
      const { lane, source, arrive } = bench({ kind: "swallow" });
      if (what === "bytes") arrive("x");
      if (what === "end") source.emit("end");
      if (what === "source") lane.lose();
      return lane.hasLost;
    });
    expect(lost).toEqual([true, true, true, false]);
  });

  it("calls its timers off when it closes", () => {
    made = bench({ kind: "delay", delayMs: 5 });
    made.arrive("a");
    made.lane.close();
    expect(made.timers).toEqual([]);
  });
});
