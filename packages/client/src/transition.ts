import { failure } from "./client-error.js";
import { beat, probe } from "./heartbeat.js";
import { fail, lose, rest, stop, suspend } from "./loss.js";
import type { Machine, MachineEvent, Step, Surroundings } from "./machine.js";

/** Time between pings when the server says none, and the shortest that it can ask for, in milliseconds. */
const [defaultHeartbeatMs, minHeartbeatMs, maxHeartbeatMs] = [25_000, 1_000, 3_600_000];

function dial(machine: Machine, { nowMs, connectTimeoutMs }: Surroundings): Step {
  const { attempt } = machine;
  const dueMs = nowMs + connectTimeoutMs;
  return [{ ...machine, state: { status: "connecting", attempt }, hint: {}, notBeforeMs: 0, dueMs }, "dial"];
}

/** `1.2.3` → `1.2`: patch numbers do not count. */
function minor(version: string): string {
  return version.slice(0, version.lastIndexOf("."));
}

function establish(
  machine: Machine,
  [, connectionId, contractVersion, askedMs]: Extract<MachineEvent, readonly ["established", ...unknown[]]>,
  { supportedVersions, nowMs }: Surroundings,
): Step {
  if (!supportedVersions.some((version) => minor(version) === minor(contractVersion))) {
    const why = `the server speaks "${contractVersion}", this client ${supportedVersions.join(", ")}`;
    return stop(machine, failure("version-mismatch", "agree on a version", why, "update the older side"));
  }
  const heartbeatMs = Math.min(
    Math.max(Number(askedMs) || defaultHeartbeatMs, minHeartbeatMs),
    maxHeartbeatMs,
  );
  const state = { status: "ready", connectionId, contractVersion } as const;
  const dueMs = nowMs + heartbeatMs;
  return [{ ...machine, state, readySinceMs: nowMs, heartbeatMs, dueMs, probedMs: Infinity }, "greet"];
}

/**
 * The whole life of a connection. Pure; an event that means nothing in the present state changes
 * nothing, and `closed` is left by no event.
 */
export function transition(machine: Machine, event: MachineEvent, around: Surroundings): Step {
  const { state, attempt } = machine;
  const { status } = state;
  const { blocked, connectTimeoutMs } = around;
  const isDialling = status === "connecting" || status === "negotiating";
  const isLive = isDialling || status === "ready";
  const isResting = status === "waiting" || status === "suspended";
  switch (event[0]) {
    case "connect":
      if (status !== "idle") break;
      // A browser may be wrong about being offline, so the first attempt does not ask it.
      return blocked && blocked !== "offline" ? [rest(machine, around)] : dial(machine, around);
    case "reconnect":
      if (isResting || status === "idle") return dial(machine, around);
      break;
    case "opened":
      if (status === "connecting") return [{ ...machine, state: { status: "negotiating", attempt } }];
      break;
    case "established":
      if (status === "negotiating") return establish(machine, event, around);
      break;
    case "hinted":
      if (isLive) return [{ ...machine, hint: { ...machine.hint, ...event[1] } }];
      break;
    case "closed":
      if (isLive) return lose(machine, event[1], event[2], event[3], around);
      break;
    case "failed":
      if (isDialling) return fail(machine, event[1], around);
      break;
    case "stop":
      if (status !== "closed") return stop(machine, event[1]);
      break;
    case "page":
      if (isLive && blocked && blocked !== "hidden") return suspend(machine, around);
      if (status === "ready" && event[1] && !blocked) return probe(machine, true, around);
      if (!isResting) break;
      if (!blocked && around.nowMs >= machine.notBeforeMs) return dial(machine, around);
      // Nobody is told twice, and the timer is not started anew.
      if (status === "suspended" ? state.reason !== blocked : blocked) return [rest(machine, around)];
      break;
    case "tick":
      if (status === "ready") return beat(machine, around);
      if (isDialling) {
        const why = `no connection_established within ${connectTimeoutMs} ms`;
        return fail(
          machine,
          failure("connect-timeout", "connect", why, "check the URL and the server"),
          around,
        );
      }
      // While offline the timer tries now and then all the same: a browser may be wrong about it.
      if (isResting)
        return !blocked || blocked === "offline" ? dial(machine, around) : [rest(machine, around)];
  }
  return [machine];
}
