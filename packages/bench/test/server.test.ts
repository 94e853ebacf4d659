import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { textOf } from "../src/result.mjs";
import { type Histogram, percentileMs, total } from "../src/server/histogram.mjs";
import { argsOf } from "../src/server/load.mjs";
import { cpuMsOf, megabytesOf, waitedMsOf } from "../src/server/proc.mjs";
import { heaviest } from "../src/server/profile.mjs";
import { disturbance, interleave, isDisturbed, middle, sum } from "../src/server/rounds.mjs";

describe("percentileMs", () => {
  const even: Histogram = Array.from({ length: 100 }, (_, index) => [index + 1, 1] as const);

  it.each([
    { title: "half of a hundred", histogram: even, share: 0.5, want: 0.05 },
    { title: "95 of a hundred", histogram: even, share: 0.95, want: 0.095 },
    { title: "all of a hundred", histogram: even, share: 1, want: 0.1 },
    { title: "the least one", histogram: even, share: 0, want: 0.001 },
    { title: "a heavy bucket", histogram: [[10, 99] as const, [5_000, 1] as const], share: 0.99, want: 0.01 },
    { title: "past it", histogram: [[10, 98] as const, [5_000, 2] as const], share: 0.99, want: 5 },
    { title: "nothing", histogram: [], share: 0.5, want: Number.NaN },
  ])("finds $title", ({ histogram, share, want }) => {
    expect(percentileMs(histogram, share)).toBe(want);
  });

  it("counts every latency", () => {
    expect(total([[1, 2] as const, [7, 40] as const])).toBe(42);
  });
});

describe("/proc", () => {
  const fields = "S 1 7 7 0 -1 4194560 900 0 0 0 123 45 6 7 20 0 11 0 500 1000000 2000";

  it.each([
    { title: "a plain name", given: `7 (node) ${fields}`, want: 1_680 },
    { title: "a name with a space and a parenthesis", given: `7 (a) b (c) ${fields}`, want: 1_680 },
  ])("reads user and system time beside $title, without that of children", ({ given, want }) => {
    expect(cpuMsOf(given)).toBe(want);
  });

  it("reads how long a thread waited for its core", () => {
    expect(waitedMsOf("5000000 2500000 17\n")).toBe(2.5);
  });

  const status =
    "Name:\tnode\nVmPeak:\t  900000 kB\nVmHWM:\t   90000 kB\nVmRSS:\t   70000 kB\nThreads:\t11\n";

  it.each([
    { name: "VmRSS", want: 71.68 },
    { name: "VmHWM", want: 92.16 },
  ] as const)("reads $name in MB of 1,000,000 bytes", ({ name, want }) => {
    expect(megabytesOf(status, name)).toBeCloseTo(want, 9);
  });

  it("has no figure for a process that left", () => {
    expect(megabytesOf("Name:\tnode\nState:\tZ (zombie)\n", "VmRSS")).toBeNaN();
  });
});

describe("rounds", () => {
  it("measures every subject once per round", async () => {
    const order: string[] = [];
    const found = await interleave(["a", "b"], 2, async (subject, round) => {
      order.push(`${subject}${round}`);
      return round;
    });
    expect(order).toEqual(["a0", "b0", "a1", "b1"]);
    expect([...found]).toEqual([
      ["a", [0, 1]],
      ["b", [0, 1]],
    ]);
  });

  it("takes the median of figures and the sum of losses", () => {
    const rounds = [{ lost: 0 }, { lost: 9 }, { lost: 1 }];
    expect(middle(rounds, ({ lost }) => lost)).toBe(1);
    expect(sum(rounds, ({ lost }) => lost)).toBe(10);
  });
});

describe("disturbance", () => {
  it.each([
    { shares: [0, 0.009, 0.5], want: {} },
    { shares: [0, 0.02, 0.5], want: { note: "disturbed: it waited for its core 2.0 % of the time" } },
    { shares: [], want: {} },
  ])("of rounds that waited $shares is $want", ({ shares, want }) => {
    const found = disturbance(shares.map((waitShare) => ({ waitShare })));
    expect(found).toEqual(want);
    expect(isDisturbed(found)).toBe("note" in want);
  });
});

describe("argsOf", () => {
  it("writes each value under its name", () => {
    expect(argsOf({ port: 80, path: "/a?b=c" })).toEqual(["port=80", "path=/a?b=c"]);
  });
});

describe("heaviest", () => {
  const call = (functionName: string, url: string) => ({ functionName, url, lineNumber: 11 });
  const profile = {
    nodes: [
      { id: 1, callFrame: call("send", "file:///w/packages/server/dist/index.js") },
      { id: 2, callFrame: call("writeBuffer", "") },
      { id: 3, callFrame: call("send", "file:///w/packages/server/dist/index.js") },
      { id: 4, callFrame: call("(idle)", "") },
    ],
    samples: [1, 2, 3, 4],
    timeDeltas: [1_000, 5_000, 2_000, 92_000],
  };

  it.each([
    { most: 2, lastUs: 1e6, want: ["writeBuffer", "send server/dist/index.js:12"] },
    { most: 1, lastUs: 1e6, want: ["writeBuffer"] },
    { most: 2, lastUs: 94_000, want: ["send server/dist/index.js:12"] },
  ])(
    "names $most functions that took most of the last $lastUs µs, idling left out",
    ({ most, lastUs, want }) => {
      expect(heaviest(profile, most, lastUs).map(({ name }) => name)).toEqual(want);
    },
  );

  it("says which share of the busy time each took", () => {
    expect(heaviest(profile, 2, 1e6).map(({ share }) => share)).toEqual([5 / 8, 3 / 8]);
  });
});

describe("a section of several units", () => {
  it("shows each column in its own", () => {
    const text = textOf({
      suite: "server",
      about: [],
      bars: [],
      sections: [
        {
          title: "echo",
          unit: ["ms", "share", "MB", "us", "count"],
          columns: ["p95", "CPU", "RSS", "each", "lost"],
          rows: [{ title: "ours", values: [0.254, 0.213, 71.68, 4.571, Number.NaN] }],
        },
      ],
    });
    expect(text).toMatch(/ours\s+0\.25 ms\s+21\.3 %\s+71\.7 MB\s+4\.57 µs\s+–/);
  });
});

describe("the command line", () => {
  const main = fileURLToPath(new URL("../src/main.mjs", import.meta.url));

  it.each([
    { title: "an unknown suite", args: ["servers"], want: 'There is no suite "servers"' },
    { title: "a scenario without its suite", args: ["echo"], want: 'There is no suite "echo"' },
    {
      title: "an unknown scenario",
      args: ["server", "echos"],
      want: "validators, sizes, cold, compat, server, echo",
    },
  ])("refuses $title and names what there is", ({ args, want }) => {
    const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
    expect(stderr).toContain(want);
    expect(status).toBe(2);
  });
});
