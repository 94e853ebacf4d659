import { type ClientError, failure, type ServerFault } from "./client-error.js";
import { judgeClose } from "./close-verdict.js";
import type { Machine, Step, Surroundings } from "./machine.js";
import { type ReconnectHint, reconnectDelay } from "./reconnect-policy.js";

/** While the browser says that it is offline, an attempt is made this often all the same, in milliseconds. */
const offlineRetryMs = 60_000;

/** The close code of a client that kept flooding. */
const flooding = 4429;

function away(): ClientError {
  return failure("suspended", "stay connected", "the page was away or offline", "wait until it is back");
}

/** Waits for the next attempt, or for the page to come back. */
export function rest(machine: Machine, { blocked, nowMs }: Surroundings): Machine {
  const { attempt, notBeforeMs, cause = away() } = machine;
  return blocked
    ? {
        ...machine,
        state: { status: "suspended", reason: blocked },
        dueMs: blocked === "offline" ? nowMs + offlineRetryMs : Infinity,
      }
    : { ...machine, state: { status: "waiting", attempt, untilMs: notBeforeMs, cause }, dueMs: notBeforeMs };
}

/** A connection that was ready for long enough lets the counting begin anew. */
function settled(machine: Machine, { nowMs, policy }: Surroundings): Machine {
  const wasStable = nowMs - machine.readySinceMs >= policy.stableMs;
  return { ...machine, readySinceMs: Infinity, ...(wasStable && { attempt: 0, refreshed: false }) };
}

/** Another attempt after the spread delay. */
function retry(machine: Machine, cause: ClientError, around: Surroundings, hint: ReconnectHint): Machine {
  const since = settled(machine, around);
  const attempt = since.attempt + 1;
  const notBeforeMs = around.nowMs + reconnectDelay(around.policy, attempt, around.random, hint);
  return rest({ ...since, attempt, notBeforeMs, cause }, around);
}

/** The end. */
export function stop(machine: Machine, cause: ClientError): Step {
  return [{ ...machine, state: { status: "closed", cause }, cause, dueMs: Infinity }, "hang-up", "give-up"];
}

/** A failure on this side: the socket, if there is one, goes before the next attempt. */
export function fail(machine: Machine, cause: ClientError, around: Surroundings): Step {
  return [retry(machine, cause, around, machine.hint), "hang-up", "give-up"];
}

/** No connection while the page is away. */
export function suspend(machine: Machine, around: Surroundings): Step {
  const lost = { ...settled(machine, around), notBeforeMs: 0, cause: away() };
  return [rest(lost, around), "hang-up", "give-up"];
}

/** The socket closed: the table of close codes decides. */
export function lose(
  machine: Machine,
  code: number,
  reason: string,
  server: ServerFault | undefined,
  around: Surroundings,
): Step {
  const since = settled(machine, around);
  const { next, error } = judgeClose(code, reason, server, around.canRefresh && !since.refreshed);
  if (next === "stop") return stop(since, error);
  const refreshed = since.refreshed || next === "refresh";
  // `retry_after_ms` also comes with single refused frames; only for a flood is it about the connection.
  const { floorMs: _floorMs, ...spread } = since.hint;
  const hint = code === flooding ? since.hint : spread;
  return [retry({ ...since, refreshed }, error, around, hint), "give-up"];
}
