import { describe, expect, it } from "vitest";
import { maxWindowMs, nextWindowMs } from "../src/flush-window.js";
import { OutboundWindow } from "../src/outbound-window.js";

describe("nextWindowMs", () => {
  const rows: readonly [
    title: string,
    windowMs: number,
    utilization: number,
    want: (next: number) => boolean,
  ][] = [
    ["stays closed on an idle loop", 0, 0.1, (next) => next === 0],
    ["opens on a busy loop", 0, 0.9, (next) => next > 0],
    ["opens no further than ten milliseconds", maxWindowMs, 1, (next) => next === 10],
    ["narrows when there is time again", 5, 0.1, (next) => next < 5],
  ];
  it.each(rows)("%s", (_title, windowMs, utilization, want) => {
    expect(want(nextWindowMs(windowMs, utilization))).toBe(true);
  });
});

/** A window whose clock, load and timers are driven by hand. */
function createWindow() {
  const state = {
    nowMs: 0,
    busyMs: 0,
    soon: [] as (() => void)[],
    timers: [] as { run: () => void; delayMs: number }[],
  };
  const writes: (readonly string[])[] = [];
  const window = new OutboundWindow<string>(
    {
      elapsed: () => state.nowMs,
      busy: () => state.busyMs,
      soon: (run) => void state.soon.push(run),
      schedule: (run, delayMs) => {
        state.timers.push({ run, delayMs });
        return () => {};
      },
    },
    (items) => void writes.push(items),
  );
  return { state, writes, window };
}

/** Lets the loop be busy until the window is at its widest. */
function strain({ state, window }: ReturnType<typeof createWindow>): void {
  for (let round = 0; round < 5; round++) {
    state.nowMs += 100;
    state.busyMs += 100;
    window.add("strain");
    for (const run of state.soon.splice(0)) run();
    for (const { run } of state.timers.splice(0)) run();
  }
}

describe("OutboundWindow", () => {
  it("writes what came in one turn together, as soon as the turn is over", () => {
    const { state, writes, window } = createWindow();
    window.add("a");
    window.add("b");
    expect([writes, state.soon.length]).toEqual([[], 1]);
    for (const run of state.soon) run();
    expect(writes).toEqual([["a", "b"]]);
  });

  it("waits for the rest of the window on a busy loop", () => {
    const made = createWindow();
    strain(made);
    expect(made.window.windowMs).toBe(10);
    made.state.nowMs += 4;
    made.window.add("a");
    expect([made.state.timers.at(-1)?.delayMs, made.state.soon.length]).toEqual([6, 0]);
  });

  it("does not wait when the last write was a window ago", () => {
    const made = createWindow();
    strain(made);
    made.state.nowMs += 10;
    made.window.add("a");
    expect(made.state.soon.length).toBe(1);
  });

  it("writes at once when asked to, and then nothing twice", () => {
    const { state, writes, window } = createWindow();
    window.add("a");
    window.flush();
    window.flush();
    for (const run of state.soon) run();
    expect(writes).toEqual([["a"]]);
  });
});
