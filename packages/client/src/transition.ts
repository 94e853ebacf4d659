import { closeCode, type Established, isSameVersion } from "@hivewire/protocol";
import { ClientError } from "./client-error.js";
import { judgeClose } from "./close-verdict.js";
import type { ConnectionState } from "./connection-state.js";
import { type ReconnectHint, type ReconnectPolicy, reconnectDelay } from "./reconnect-policy.js";

/** The public state and what has to be remembered beside it. */
export interface Machine {
  readonly state: ConnectionState;
  /** Retries since the last stable connection. */
  readonly attempt: number;
  /** Whether credentials were refreshed for a 4401 since the last stable connection. */
  readonly refreshed: boolean;
  /** What the server said on this connection about the next one. */
  readonly hint: ReconnectHint;
  /** When the connection became ready (Unix epoch, ms). */
  readonly readySinceMs: number | undefined;
}

/** What can happen to a connection. */
export type MachineEvent =
  | { readonly type: "connect" }
  | { readonly type: "opened" }
  | { readonly type: "established"; readonly established: Established }
  | { readonly type: "hinted"; readonly hint: ReconnectHint }
  | { readonly type: "closed"; readonly code: number; readonly reason: string }
  | { readonly type: "failed"; readonly error: ClientError }
  | { readonly type: "timed-out" }
  | { readonly type: "retry" }
  | { readonly type: "stop"; readonly error: ClientError };

/** What has to be done after a transition, in this order. */
export type Effect =
  /** Fetch credentials, make the URL, open a socket. */
  | { readonly type: "dial" }
  /** Close the socket and hear no more of it. */
  | { readonly type: "hang-up" }
  /** Start the one timer; the event follows when it fires. */
  | { readonly type: "arm"; readonly delayMs: number; readonly event: MachineEvent }
  /** Stop the one timer. */
  | { readonly type: "disarm" }
  /** The handshake is done: bring the subscriptions in line with what the server has. */
  | { readonly type: "greet"; readonly established: Established }
  /** Nothing that was requested will be answered any more. */
  | { readonly type: "give-up"; readonly error: ClientError };

/** What does not change while a client lives, and the two values that a transition may not fetch itself. */
export interface Surroundings {
  readonly supportedVersions: readonly string[];
  readonly policy: ReconnectPolicy;
  readonly connectTimeoutMs: number;
  /** Whether credentials come from a function that can be called again. */
  readonly canRefresh: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** The next machine and what has to be done. */
export interface Step {
  readonly machine: Machine;
  readonly effects: readonly Effect[];
}

/** A client that was just made. */
export const initialMachine: Machine = {
  state: { status: "idle" },
  attempt: 0,
  refreshed: false,
  hint: {},
  readySinceMs: undefined,
};

function dial(machine: Machine, { connectTimeoutMs }: Surroundings): Step {
  const state = { status: "connecting", attempt: machine.attempt } as const;
  const effects: Effect[] = [
    { type: "arm", delayMs: connectTimeoutMs, event: { type: "timed-out" } },
    { type: "dial" },
  ];
  return { machine: { ...machine, state, hint: {} }, effects };
}

function stop(machine: Machine, cause: ClientError): Step {
  const effects: Effect[] = [{ type: "disarm" }, { type: "hang-up" }, { type: "give-up", error: cause }];
  return { machine: { ...machine, state: { status: "closed", cause } }, effects };
}

function retry(machine: Machine, cause: ClientError, hint: ReconnectHint, around: Surroundings): Step {
  const attempt = machine.attempt + 1;
  const delayMs = reconnectDelay(around.policy, attempt, around.random, hint);
  const state = { status: "waiting", attempt, untilMs: around.nowMs + delayMs, cause } as const;
  const effects: Effect[] = [
    { type: "give-up", error: cause },
    { type: "arm", delayMs, event: { type: "retry" } },
  ];
  return { machine: { ...machine, state, attempt, hint: {}, readySinceMs: undefined }, effects };
}

/** Failures on this side: the socket, if there is one, has to go before the next attempt. */
function fail(machine: Machine, cause: ClientError, around: Surroundings): Step {
  const step = retry(machine, cause, machine.hint, around);
  return { machine: step.machine, effects: [{ type: "hang-up" }, ...step.effects] };
}

function establish(machine: Machine, established: Established, around: Surroundings): Step {
  const { connectionId, contractVersion } = established;
  if (!around.supportedVersions.some((version) => isSameVersion(version, contractVersion))) {
    const sentence = `Failed to agree on a contract version: the server speaks "${contractVersion}", this client ${around.supportedVersions.join(", ")}. Please update the older side.`;
    return stop(machine, new ClientError("version-mismatch", sentence));
  }
  const state = { status: "ready", connectionId, contractVersion } as const;
  const effects: Effect[] = [{ type: "disarm" }, { type: "greet", established }];
  return { machine: { ...machine, state, readySinceMs: around.nowMs }, effects };
}

function lose(machine: Machine, code: number, reason: string, around: Surroundings): Step {
  const { readySinceMs } = machine;
  const wasStable = readySinceMs !== undefined && around.nowMs - readySinceMs >= around.policy.stableMs;
  const since = wasStable ? { ...machine, attempt: 0, refreshed: false } : machine;
  const verdict = judgeClose(code, reason, around.canRefresh && !since.refreshed);
  if (verdict.next === "stop") return stop(since, verdict.error);
  // `retry_after_ms` also comes with single refused frames; only for a flood is it about the connection.
  const { floorMs, ...spread } = since.hint;
  const isFlood = code === closeCode("flooding") && floorMs !== undefined;
  const refreshed = since.refreshed || verdict.next === "refresh";
  return retry({ ...since, refreshed }, verdict.error, isFlood ? since.hint : spread, around);
}

function timeOut(connectTimeoutMs: number): ClientError {
  const sentence = `Failed to connect: no connection_established within ${connectTimeoutMs} ms. Please check that the URL is one of a hivewire server.`;
  return new ClientError("connect-timeout", sentence);
}

/**
 * The whole life of a connection. Pure; an event that means nothing in the present state changes
 * nothing, and `closed` is left by no event.
 */
export function transition(machine: Machine, event: MachineEvent, around: Surroundings): Step {
  const { status } = machine.state;
  const isDialling = status === "connecting" || status === "negotiating";
  const isLive = isDialling || status === "ready";
  const nothing: Step = { machine, effects: [] };
  switch (event.type) {
    case "connect":
      return status === "idle" ? dial(machine, around) : nothing;
    case "opened": {
      if (status !== "connecting") return nothing;
      const state = { status: "negotiating", attempt: machine.attempt } as const;
      return { machine: { ...machine, state }, effects: [] };
    }
    case "established":
      return status === "negotiating" ? establish(machine, event.established, around) : nothing;
    case "hinted":
      if (!isLive) return nothing;
      return { machine: { ...machine, hint: { ...machine.hint, ...event.hint } }, effects: [] };
    case "closed":
      return isLive ? lose(machine, event.code, event.reason, around) : nothing;
    case "failed":
      return isDialling ? fail(machine, event.error, around) : nothing;
    case "timed-out":
      return isDialling ? fail(machine, timeOut(around.connectTimeoutMs), around) : nothing;
    case "retry":
      return status === "waiting" ? dial(machine, around) : nothing;
    case "stop":
      return status === "closed" ? nothing : stop(machine, event.error);
  }
}
