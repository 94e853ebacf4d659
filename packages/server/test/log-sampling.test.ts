import { type LogLevel, type LogSamplingOptions, sampleLog } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { takeLine } from "../src/log-sampling.js";

/** A log that keeps its lines, with hand-driven time. */
function recording(options: Omit<LogSamplingOptions, "environment"> = {}) {
  const lines: { readonly level: LogLevel; readonly fields: object; readonly message: string }[] = [];
  const line = (level: LogLevel) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  const timers = new Set<() => void>();
  let nowMs = 0;
  const log = sampleLog(
    { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
    {
      ...options,
      environment: {
        elapsed: () => nowMs,
        repeat: (run) => {
          timers.add(run);
          return () => timers.delete(run);
        },
      },
    },
  );
  const advance = (ms: number): void => {
    nowMs += ms;
    for (const run of [...timers]) run();
  };
  return { log, lines, advance, timers };
}

describe("takeLine", () => {
  const rate = { linesPerSecond: 10, burst: 20 };
  const rows: readonly [
    title: string,
    tokens: number | undefined,
    passedMs: number,
    want: { readonly passes: boolean; readonly tokens: number; readonly leftOut: number },
  ][] = [
    ["starts with a full bucket", undefined, 0, { passes: true, tokens: 19, leftOut: 0 }],
    ["lets the last token pass", 1, 0, { passes: true, tokens: 0, leftOut: 3 }],
    ["leaves a line out when the bucket is empty", 0, 0, { passes: false, tokens: 0, leftOut: 4 }],
    ["refills ten a second", 0, 500, { passes: true, tokens: 4, leftOut: 3 }],
    ["holds a part of a token back", 0, 50, { passes: false, tokens: 0.5, leftOut: 4 }],
    ["fills up to the burst and no further", 0, 60_000, { passes: true, tokens: 19, leftOut: 3 }],
    ["takes a clock that goes back as no time", 0.5, -1_000, { passes: false, tokens: 0.5, leftOut: 4 }],
  ];
  it.each(rows)("%s", (_title, tokens, passedMs, { passes, ...want }) => {
    const bucket = tokens === undefined ? undefined : { tokens, atMs: 1_000, leftOut: 3 };
    const got = takeLine(bucket, 1_000 + passedMs, rate);
    expect(got).toMatchObject({ passes, bucket: want });
  });
});

describe("a sampled log", () => {
  it("passes a burst, then says once how many lines were left out", () => {
    const { log, lines, advance } = recording();
    for (let count = 0; count < 1_000; count++) log.warn({ count }, "a client floods");
    expect(lines).toHaveLength(20);
    expect(lines[19]).toEqual({ level: "warn", fields: { count: 19 }, message: "a client floods" });
    advance(1_000);
    expect(lines).toHaveLength(21);
    expect(lines[20]).toEqual({
      level: "warn",
      fields: { left_out: 980, line: "a client floods" },
      message: "lines were left out",
    });
  });

  it("writes ten lines a second of an endless flood, and one summary", () => {
    const { log, lines, advance } = recording();
    for (let tenth = 0; tenth < 100; tenth++) {
      for (let count = 0; count < 100; count++) log.error({}, "a handler failed");
      if (tenth % 10 === 9) advance(1_000);
    }
    const summaries = lines.filter(({ message }) => message === "lines were left out");
    expect(lines.length - summaries.length).toBe(20 + 9 * 10);
    expect(summaries).toHaveLength(10);
  });

  it("counts levels and messages apart", () => {
    const { log, lines } = recording({ burst: 1 });
    log.info({}, "a");
    log.warn({}, "a");
    log.info({}, "b");
    log.info({}, "b");
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual(["info a", "warn a", "info b"]);
  });

  it("keeps a bounded number of counts: further messages share one per level", () => {
    const { log, lines, advance } = recording({ burst: 1, maxKeys: 2 });
    for (let id = 0; id < 100_000; id++) log.info({}, `message ${id}`);
    expect(lines.map(({ message }) => message)).toEqual(["message 0", "message 1", "message 2"]);
    advance(1_000);
    expect(lines.at(-1)?.fields).toEqual({ left_out: 99_997, line: "other messages" });
  });

  it("never leaves out a message that always passes", () => {
    const { log, lines } = recording({ burst: 1, always: ["connection opened"] });
    for (let count = 0; count < 50; count++) log.info({}, "connection opened");
    expect(lines).toHaveLength(50);
  });

  it("neither counts nor writes lines below the level", () => {
    const { log, lines, timers } = recording({ burst: 1, isEnabled: (level) => level !== "debug" });
    for (let count = 0; count < 50; count++) log.debug({}, "detail");
    expect(lines).toEqual([]);
    expect(timers.size).toBe(0);
  });

  it("has a timer only while there is something to say", () => {
    const { log, advance, timers } = recording({ burst: 1 });
    log.info({}, "a");
    expect(timers.size).toBe(0);
    log.info({}, "a");
    expect(timers.size).toBe(1);
    advance(1_000);
    advance(1_000);
    expect(timers.size).toBe(0);
  });

  it("says what is still to be said when it is flushed", () => {
    const { log, lines, timers } = recording({ burst: 1 });
    log.info({}, "a");
    log.info({}, "a");
    log.flush();
    expect(lines.at(-1)?.fields).toEqual({ left_out: 1, line: "a" });
    expect(timers.size).toBe(0);
  });
});
