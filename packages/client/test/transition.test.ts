import { describe, expect, it } from "vitest";
import { ClientError } from "../src/client-error.js";
import type { ConnectionState, SuspendReason } from "../src/connection-state.js";
import {
  initialMachine,
  type Machine,
  type MachineEvent,
  type Step,
  type Surroundings,
} from "../src/machine.js";
import { defaultReconnectPolicy } from "../src/reconnect-policy.js";
import { transition } from "../src/transition.js";

const nowMs = 1_000_000;
const around: Surroundings = {
  supportedVersions: ["2.1.0", "2.0.0"],
  policy: defaultReconnectPolicy,
  connectTimeoutMs: 10_000,
  pongTimeoutMs: 10_000,
  canRefresh: true,
  nowMs,
  random: 0.5,
  blocked: undefined,
  heardMs: 0,
  pongMs: 0,
};
const cause = new ClientError("connection-lost", "Failed for the test.");
const states = {
  idle: { status: "idle" },
  connecting: { status: "connecting", attempt: 0 },
  negotiating: { status: "negotiating", attempt: 0 },
  ready: { status: "ready", connectionId: "c", contractVersion: "2.1.0" },
  waiting: { status: "waiting", attempt: 1, untilMs: nowMs + 5, cause },
  suspended: { status: "suspended", reason: "hidden" },
  closed: { status: "closed", cause },
} as const satisfies Record<string, ConnectionState>;
type Status = keyof typeof states;

function machineIn(status: Status, more: Partial<Machine> = {}): Machine {
  const readySinceMs = status === "ready" ? nowMs - 1_000 : Infinity;
  const notBeforeMs = status === "waiting" ? nowMs + 5 : 0;
  return {
    ...initialMachine,
    state: states[status],
    readySinceMs,
    notBeforeMs,
    dueMs: nowMs,
    cause,
    ...more,
  };
}

function established(version: string): MachineEvent {
  return ["established", "c", version, undefined];
}

function closed(code: number): MachineEvent {
  return ["closed", code, ""];
}

/** Status, the reason or the code of its cause, and the effects: what a row of a table can hold. */
function outline([{ state }, ...effects]: Step): string {
  const why = "cause" in state ? `(${state.cause.code})` : "reason" in state ? `(${state.reason})` : "";
  return [`${state.status}${why}`, ...effects].join(" ");
}

const stop: MachineEvent = ["stop", new ClientError("closed", "Failed for the test.")];
const failed: MachineEvent = ["failed", new ClientError("provider-failed", "Failed for the test.")];
const over = "hang-up give-up";

describe("transition", () => {
  const rows: readonly [status: Status, event: MachineEvent, want: string][] = [
    ["idle", ["connect"], "connecting dial"],
    ["idle", ["reconnect"], "connecting dial"],
    ["idle", stop, `closed(closed) ${over}`],
    ["connecting", ["opened"], "negotiating"],
    ["connecting", failed, `waiting(provider-failed) ${over}`],
    ["connecting", ["tick"], `waiting(connect-timeout) ${over}`],
    ["connecting", closed(1006), "waiting(connection-lost) give-up"],
    ["connecting", stop, `closed(closed) ${over}`],
    ["negotiating", established("2.1.0"), "ready greet"],
    ["negotiating", established("2.0.0"), "ready greet"],
    ["negotiating", established("2.1.4"), "ready greet"],
    ["negotiating", established("2.2.0"), `closed(version-mismatch) ${over}`],
    ["negotiating", established("9.0.0"), `closed(version-mismatch) ${over}`],
    ["negotiating", ["tick"], `waiting(connect-timeout) ${over}`],
    ["negotiating", closed(4406), `closed(version-mismatch) ${over}`],
    ["negotiating", closed(4401), "waiting(connection-lost) give-up"],
    ["negotiating", stop, `closed(closed) ${over}`],
    ["ready", closed(1000), `closed(server-closed) ${over}`],
    ["ready", closed(1001), "waiting(connection-lost) give-up"],
    ["ready", closed(1008), `closed(server-closed) ${over}`],
    ["ready", closed(1012), "waiting(connection-lost) give-up"],
    ["ready", closed(4403), `closed(server-closed) ${over}`],
    ["ready", closed(4409), `closed(server-closed) ${over}`],
    ["ready", closed(4422), `closed(server-closed) ${over}`],
    ["ready", closed(4430), "waiting(connection-lost) give-up"],
    ["ready", closed(4999), "waiting(connection-lost) give-up"],
    ["ready", ["page", true], "ready ping"],
    ["ready", ["tick"], "ready ping"],
    ["ready", stop, `closed(closed) ${over}`],
    ["waiting", ["tick"], "connecting dial"],
    ["waiting", ["reconnect"], "connecting dial"],
    ["waiting", stop, `closed(closed) ${over}`],
    ["suspended", ["page", true], "connecting dial"],
    ["suspended", ["tick"], "connecting dial"],
    ["suspended", ["reconnect"], "connecting dial"],
    ["suspended", stop, `closed(closed) ${over}`],
  ];
  it.each(rows)("goes from %s on %o to %s", (status, event, want) => {
    expect(outline(transition(machineIn(status), event, around))).toBe(want);
  });

  const events: readonly MachineEvent[] = [
    ["connect"],
    ["reconnect"],
    ["opened"],
    established("2.1.0"),
    ["hinted", { spreadMs: 1 }],
    closed(1006),
    failed,
    ["page", true],
    ["tick"],
    stop,
  ];
  const meaningless: Readonly<Record<Status, readonly MachineEvent[0][]>> = {
    idle: ["opened", "established", "hinted", "closed", "failed", "page", "tick"],
    connecting: ["connect", "reconnect", "established", "page"],
    negotiating: ["connect", "reconnect", "opened", "page"],
    ready: ["connect", "reconnect", "opened", "established", "failed"],
    waiting: ["connect", "opened", "established", "hinted", "closed", "failed", "page"],
    suspended: ["connect", "opened", "established", "hinted", "closed", "failed"],
    closed: events.map(([type]) => type),
  };
  const ignored = Object.entries(meaningless).flatMap(([status, types]) =>
    events
      .filter(([type]) => types.includes(type))
      .map((event) => [status, event[0], event] as [Status, string, MachineEvent]),
  );
  it.each(ignored)("stays %s on %s", (status, _type, event) => {
    const machine = machineIn(status);
    const [next, ...effects] = transition(machine, event, around);
    expect(next).toBe(machine);
    expect(effects).toEqual([]);
  });

  const pages: readonly [status: Status, event: MachineEvent, blocked: SuspendReason, want: string][] = [
    ["idle", ["connect"], "hidden", "suspended(hidden)"],
    ["idle", ["connect"], "frozen", "suspended(frozen)"],
    ["idle", ["connect"], "offline", "connecting dial"],
    ["connecting", ["page", false], "hidden", "connecting"],
    ["connecting", ["page", false], "offline", `suspended(offline) ${over}`],
    ["connecting", closed(1006), "offline", "suspended(offline) give-up"],
    ["negotiating", ["page", false], "frozen", `suspended(frozen) ${over}`],
    ["ready", ["page", false], "hidden", "ready"],
    ["ready", ["page", false], "frozen", `suspended(frozen) ${over}`],
    ["ready", ["page", false], "offline", `suspended(offline) ${over}`],
    ["ready", closed(1006), "hidden", "suspended(hidden) give-up"],
    ["waiting", ["page", false], "hidden", "suspended(hidden)"],
    ["waiting", ["tick"], "hidden", "suspended(hidden)"],
    ["waiting", ["reconnect"], "hidden", "connecting dial"],
    ["suspended", ["page", false], "hidden", "suspended(hidden)"],
    ["suspended", ["page", false], "offline", "suspended(offline)"],
    ["suspended", ["tick"], "offline", "connecting dial"],
    ["suspended", ["reconnect"], "frozen", "connecting dial"],
    ["closed", ["page", true], "hidden", "closed(connection-lost)"],
  ];
  it.each(pages)("goes from %s on %o while %s to %s", (status, event, blocked, want) => {
    expect(outline(transition(machineIn(status), event, { ...around, blocked }))).toBe(want);
  });

  it("goes on with the wait of before once the page is back, for the server does not know of it", () => {
    const [lost] = transition(machineIn("ready"), closed(1012), { ...around, blocked: "hidden" });
    expect(lost.state).toEqual({ status: "suspended", reason: "hidden" });
    const [back] = transition(lost, ["page", true], { ...around, nowMs: nowMs + 1_000 });
    expect(back.state).toMatchObject({ status: "waiting", attempt: 1, untilMs: nowMs + 2_500 });
    const [late] = transition(lost, ["page", true], { ...around, nowMs: nowMs + 2_500 });
    expect(late.state).toEqual({ status: "connecting", attempt: 1 });
  });

  it("dials at once after a suspension that began on this side", () => {
    const [gone] = transition(machineIn("ready"), ["page", false], { ...around, blocked: "frozen" });
    const step = transition(gone, ["page", true], around);
    expect(outline(step)).toBe("connecting dial");
    expect(gone.attempt).toBe(0);
  });

  const beats: readonly [
    title: string,
    machine: Partial<Machine>,
    around: Partial<Surroundings>,
    want: string,
  ][] = [
    ["pings when nothing was asked yet", {}, {}, "ready ping"],
    ["rests when a frame came after the ping", { probedMs: nowMs - 10_000 }, { heardMs: nowMs }, "ready"],
    ["gives a silent connection up", { probedMs: nowMs - 10_000 }, {}, `waiting(no-pong) ${over}`],
    [
      "asks again when the timer itself slept",
      { probedMs: nowMs - 90_000, dueMs: nowMs - 80_000 },
      {},
      "ready ping",
    ],
    [
      "takes older frames for no answer after a sleep",
      { probedMs: nowMs - 1_500, isWaking: true },
      { heardMs: nowMs },
      `waiting(no-pong) ${over}`,
    ],
    [
      "takes the pong for an answer after a sleep",
      { probedMs: nowMs - 1_500, isWaking: true },
      { pongMs: nowMs - 1_000 },
      "ready",
    ],
  ];
  it.each(beats)("%s", (_title, more, then, want) => {
    const ready = machineIn("ready", { heartbeatMs: 25_000, ...more });
    expect(outline(transition(ready, ["tick"], { ...around, ...then }))).toBe(want);
  });

  it("waits 1.5 s for the answer to a ping after waking, and the pong timeout else", () => {
    const [woken] = transition(machineIn("ready"), ["page", true], around);
    expect(woken).toMatchObject({ isWaking: true, dueMs: nowMs + 1_500 });
    const [asked] = transition(machineIn("ready"), ["tick"], around);
    expect(asked).toMatchObject({ isWaking: false, dueMs: nowMs + 10_000 });
  });

  const heartbeats: readonly [askedMs: number | undefined, wantMs: number][] = [
    [undefined, 25_000],
    [5_000, 5_000],
    [0.001, 1_000],
    [Number.NaN, 25_000],
    [1e12, 3_600_000],
  ];
  it.each(heartbeats)("takes the heartbeat %s of a server for %s ms", (askedMs, wantMs) => {
    const [ready] = transition(machineIn("negotiating"), ["established", "c", "2.1.0", askedMs], around);
    expect(ready).toMatchObject({ heartbeatMs: wantMs, dueMs: nowMs + wantMs });
  });

  const delays: readonly [title: string, machine: Partial<Machine>, code: number, wantMs: number][] = [
    ["spreads the first attempt", {}, 1006, 2_500],
    ["backs off after a connection that was ready only shortly", { attempt: 3 }, 1006, 6_000],
    ["starts over after a stable minute", { attempt: 3, readySinceMs: nowMs - 60_000 }, 1006, 2_500],
    ["takes the server's spread", { hint: { spreadMs: 20_000 } }, 1012, 10_000],
    ["waits for the floor after a flood", { hint: { floorMs: 7_000 } }, 4429, 9_500],
    ["ignores the floor of a single refused frame", { hint: { floorMs: 7_000 } }, 1006, 2_500],
  ];
  it.each(delays)("%s", (_title, more, code, wantMs) => {
    const [machine] = transition(machineIn("ready", more), closed(code), around);
    expect(machine.dueMs).toBe(nowMs + wantMs);
    expect(machine.state).toMatchObject({ status: "waiting", untilMs: nowMs + wantMs });
  });

  it("forgets a hint once it was used", () => {
    const [lost] = transition(machineIn("ready", { hint: { spreadMs: 9_000 } }), closed(1012), around);
    const [dialled] = transition(lost, ["tick"], around);
    expect(dialled.hint).toEqual({});
  });

  it("collects what the server says about the next connection", () => {
    const [first] = transition(machineIn("ready"), ["hinted", { spreadMs: 1 }], around);
    const [second] = transition(first, ["hinted", { floorMs: 2 }], around);
    expect(second.hint).toEqual({ spreadMs: 1, floorMs: 2 });
    expect(second.state).toBe(states.ready);
  });

  const refreshes: readonly [title: string, machine: Partial<Machine>, canRefresh: boolean, want: string][] =
    [
      ["fetches credentials again after the first 4401", {}, true, "waiting(connection-lost)"],
      ["stops at the second 4401", { refreshed: true }, true, "closed(unauthorized)"],
      ["stops at once when credentials cannot change", {}, false, "closed(unauthorized)"],
      [
        "takes a 4401 after a stable minute for the first",
        { refreshed: true, readySinceMs: nowMs - 60_000 },
        true,
        "waiting(connection-lost)",
      ],
    ];
  it.each(refreshes)("%s", (_title, more, canRefresh, want) => {
    const step = transition(machineIn("ready", more), closed(4401), { ...around, canRefresh });
    expect(outline(step).split(" ")[0]).toBe(want);
  });

  it("arms the connect timeout for the whole attempt", () => {
    const [machine] = transition(machineIn("idle"), ["connect"], around);
    expect(machine.dueMs).toBe(nowMs + 10_000);
  });

  it("tries once a minute while a browser says that it is offline", () => {
    const [machine] = transition(machineIn("ready"), ["page", false], { ...around, blocked: "offline" });
    expect(machine.dueMs).toBe(nowMs + 60_000);
  });
});
