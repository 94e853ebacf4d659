import { failure } from "./client-error.js";
import { fail } from "./loss.js";
import type { Machine, Step, Surroundings } from "./machine.js";

/** After a sleep the answer has to come in this time, in milliseconds: a dead socket is found within 2 s of waking. */
const wakeProbeMs = 1_500;

/** A timer that fires this much later than it is due was asleep, in milliseconds. */
const sleptMs = 1_000;

/** Sends a ping and waits for a sign of life: after a sleep shortly, and for the pong itself. */
export function probe(machine: Machine, isWaking: boolean, { nowMs, pongTimeoutMs }: Surroundings): Step {
  const delayMs = isWaking ? Math.min(wakeProbeMs, pongTimeoutMs) : pongTimeoutMs;
  return [{ ...machine, probedMs: nowMs, dueMs: nowMs + delayMs, isWaking }, "ping"];
}

/**
 * The timer fired: time for a ping, or for the answer to the last one. Deadlines are compared with the clock: a timer
 * of a hidden or sleeping page fires late, and that says nothing about the server.
 */
export function beat(machine: Machine, around: Surroundings): Step {
  const { nowMs, pongTimeoutMs } = around;
  const { probedMs, isWaking, heartbeatMs } = machine;
  const hasSlept = nowMs - machine.dueMs > sleptMs;
  if (probedMs === Infinity) return probe(machine, hasSlept, around);
  if ((isWaking ? around.pongMs : around.heardMs) >= probedMs) {
    return [{ ...machine, probedMs: Infinity, dueMs: nowMs + Math.max(heartbeatMs - pongTimeoutMs, 1) }];
  }
  if (hasSlept) return probe(machine, true, around);
  return fail(
    machine,
    failure("no-pong", "stay connected", "no answer to a ping", "wait for the next attempt"),
    around,
  );
}
