import { connectionQuality, type QualityLevel } from "@hivewire/client";
import { describe, expect, it, vi } from "vitest";
import { judgeQuality } from "../src/connection-quality.js";
import { createBench } from "./support/fake-transport.js";

describe("judgeQuality", () => {
  const rows: readonly [averageMs: number, jitterMs: number, before: QualityLevel, want: QualityLevel][] = [
    [20, 5, "offline", "excellent"],
    [100, 30, "excellent", "excellent"],
    [101, 5, "excellent", "good"],
    [20, 31, "excellent", "good"],
    [90, 5, "good", "good"],
    [80, 24, "good", "excellent"],
    [301, 5, "good", "poor"],
    [290, 5, "poor", "poor"],
    [240, 80, "poor", "good"],
    [90, 5, "poor", "good"],
    [20, 5, "poor", "excellent"],
  ];
  it.each(rows)("takes %s ms with %s ms jitter after %s for %s", (averageMs, jitterMs, before, want) => {
    expect(judgeQuality(averageMs, jitterMs, before)).toBe(want);
  });
});

describe("connectionQuality", () => {
  it("measures heartbeats and frames, and is offline without a connection", async () => {
    const { client, transport, environment, ready } = createBench();
    const watch = connectionQuality(client, environment.now);
    const changed = vi.fn();
    watch.subscribe(changed);
    expect(watch.getSnapshot().level).toBe("offline");
    await ready();
    expect(watch.getSnapshot().level).toBe("good");
    for (const latencyMs of [40, 60]) {
      for (let frame = 0; frame < 50; frame++) transport.receive({ type: "room_message", data: {} });
      environment.advance(environment.nextMs ?? 0);
      const ping = transport.sent.findLast(({ type }) => type === "ping");
      environment.advance(latencyMs);
      transport.receive({ type: "pong", correlation_id: ping?.correlation_id });
      environment.advance(environment.nextMs ?? 0);
    }
    expect(watch.getSnapshot()).toMatchObject({
      level: "excellent",
      latencyMs: 60,
      averageMs: 50,
      jitterMs: 20,
    });
    expect(watch.getSnapshot().framesPerSecond).toBeCloseTo(50 / 25, 0);
    expect(watch.getSnapshot()).toBe(watch.getSnapshot());
    const before = changed.mock.calls.length;
    transport.lose(1006);
    expect(watch.getSnapshot().level).toBe("offline");
    expect(changed.mock.calls.length).toBe(before + 1);
    watch.stop();
  });
});
