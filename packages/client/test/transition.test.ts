import { describe, expect, it } from "vitest";
import { ClientError } from "../src/client-error.js";
import type { ConnectionState } from "../src/connection-state.js";
import { defaultReconnectPolicy } from "../src/reconnect-policy.js";
import {
  initialMachine,
  type Machine,
  type MachineEvent,
  type Step,
  type Surroundings,
  transition,
} from "../src/transition.js";

const nowMs = 1_000_000;
const around: Surroundings = {
  supportedVersions: ["2.1.0", "2.0.0"],
  policy: defaultReconnectPolicy,
  connectTimeoutMs: 10_000,
  canRefresh: true,
  nowMs,
  random: 0.5,
};
const cause = new ClientError("connection-lost", "Failed for the test.");
const states = {
  idle: { status: "idle" },
  connecting: { status: "connecting", attempt: 0 },
  negotiating: { status: "negotiating", attempt: 0 },
  ready: { status: "ready", connectionId: "c", contractVersion: "2.1.0" },
  waiting: { status: "waiting", attempt: 1, untilMs: nowMs + 5, cause },
  closed: { status: "closed", cause },
} as const satisfies Record<string, ConnectionState>;
type Status = keyof typeof states;

function machineIn(status: Status, more: Partial<Machine> = {}): Machine {
  const readySinceMs = status === "ready" ? nowMs - 1_000 : undefined;
  return { ...initialMachine, state: states[status], readySinceMs, ...more };
}

function established(contractVersion: string): MachineEvent {
  const heartbeatMs = undefined;
  return {
    type: "established",
    established: { connectionId: "c", contractVersion, subscriptions: ["rooms"], heartbeatMs },
  };
}

function closed(code: number): MachineEvent {
  return { type: "closed", code, reason: "" };
}

/** Status, the code of its cause, and the effects: what a row of a table can hold. */
function outline({ machine, effects }: Step): string {
  const { state } = machine;
  const why = "cause" in state ? `(${state.cause.code})` : "";
  return [`${state.status}${why}`, ...effects.map(({ type }) => type)].join(" ");
}

const stop: MachineEvent = { type: "stop", error: new ClientError("closed", "Failed for the test.") };
const failed: MachineEvent = {
  type: "failed",
  error: new ClientError("provider-failed", "Failed for the test."),
};

describe("transition", () => {
  const rows: readonly [status: Status, event: MachineEvent, want: string][] = [
    ["idle", { type: "connect" }, "connecting arm dial"],
    ["idle", stop, "closed(closed) disarm hang-up give-up"],
    ["connecting", { type: "opened" }, "negotiating"],
    ["connecting", failed, "waiting(provider-failed) hang-up give-up arm"],
    ["connecting", { type: "timed-out" }, "waiting(connect-timeout) hang-up give-up arm"],
    ["connecting", closed(1006), "waiting(connection-lost) give-up arm"],
    ["connecting", stop, "closed(closed) disarm hang-up give-up"],
    ["negotiating", established("2.1.0"), "ready disarm greet"],
    ["negotiating", established("2.0.0"), "ready disarm greet"],
    ["negotiating", established("2.1.4"), "ready disarm greet"],
    ["negotiating", established("2.2.0"), "closed(version-mismatch) disarm hang-up give-up"],
    ["negotiating", established("9.0.0"), "closed(version-mismatch) disarm hang-up give-up"],
    ["negotiating", { type: "timed-out" }, "waiting(connect-timeout) hang-up give-up arm"],
    ["negotiating", closed(4406), "closed(version-mismatch) disarm hang-up give-up"],
    ["negotiating", closed(4401), "waiting(connection-lost) give-up arm"],
    ["negotiating", stop, "closed(closed) disarm hang-up give-up"],
    ["ready", closed(1000), "closed(server-closed) disarm hang-up give-up"],
    ["ready", closed(1001), "waiting(connection-lost) give-up arm"],
    ["ready", closed(1008), "closed(server-closed) disarm hang-up give-up"],
    ["ready", closed(1012), "waiting(connection-lost) give-up arm"],
    ["ready", closed(4403), "closed(server-closed) disarm hang-up give-up"],
    ["ready", closed(4409), "closed(server-closed) disarm hang-up give-up"],
    ["ready", closed(4422), "closed(server-closed) disarm hang-up give-up"],
    ["ready", closed(4430), "waiting(connection-lost) give-up arm"],
    ["ready", closed(4999), "waiting(connection-lost) give-up arm"],
    ["ready", stop, "closed(closed) disarm hang-up give-up"],
    ["waiting", { type: "retry" }, "connecting arm dial"],
    ["waiting", stop, "closed(closed) disarm hang-up give-up"],
  ];
  it.each(rows)("goes from %s on %o to %s", (status, event, want) => {
    expect(outline(transition(machineIn(status), event, around))).toBe(want);
  });

  const events: readonly MachineEvent[] = [
    { type: "connect" },
    { type: "opened" },
    established("2.1.0"),
    { type: "hinted", hint: { spreadMs: 1 } },
    closed(1006),
    failed,
    { type: "timed-out" },
    { type: "retry" },
    stop,
  ];
  const meaningless: Readonly<Record<Status, readonly MachineEvent["type"][]>> = {
    idle: ["opened", "established", "hinted", "closed", "failed", "timed-out", "retry"],
    connecting: ["connect", "established", "retry"],
    negotiating: ["connect", "opened", "retry"],
    ready: ["connect", "opened", "established", "failed", "timed-out", "retry"],
    waiting: ["connect", "opened", "established", "hinted", "closed", "failed", "timed-out"],
    closed: events.map(({ type }) => type),
  };
  const ignored = Object.entries(meaningless).flatMap(([status, types]) =>
    events
      .filter(({ type }) => types.includes(type))
      .map((event) => [status, event.type, event] as [Status, string, MachineEvent]),
  );
  it.each(ignored)("stays %s on %s", (status, _type, event) => {
    const machine = machineIn(status);
    const step = transition(machine, event, around);
    expect(step.machine).toBe(machine);
    expect(step.effects).toEqual([]);
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
    const { machine, effects } = transition(machineIn("ready", more), closed(code), around);
    expect(effects).toContainEqual({ type: "arm", delayMs: wantMs, event: { type: "retry" } });
    expect(machine.state).toMatchObject({ status: "waiting", untilMs: nowMs + wantMs });
  });

  it("forgets a hint once it was used", () => {
    const { machine } = transition(machineIn("ready", { hint: { spreadMs: 9_000 } }), closed(1012), around);
    expect(machine.hint).toEqual({});
  });

  it("collects what the server says about the next connection", () => {
    const first = transition(machineIn("ready"), { type: "hinted", hint: { spreadMs: 1 } }, around);
    const second = transition(first.machine, { type: "hinted", hint: { floorMs: 2 } }, around);
    expect(second.machine.hint).toEqual({ spreadMs: 1, floorMs: 2 });
    expect(second.machine.state).toBe(states.ready);
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
    const { effects } = transition(machineIn("idle"), { type: "connect" }, around);
    expect(effects[0]).toEqual({ type: "arm", delayMs: 10_000, event: { type: "timed-out" } });
  });
});
