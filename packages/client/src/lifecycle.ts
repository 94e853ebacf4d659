import type { Environment } from "./environment.js";
import {
  type Effect,
  initialMachine,
  type Machine,
  type MachineEvent,
  type Surroundings,
} from "./machine.js";
import { transition } from "./transition.js";

/** What a lifecycle is made of. */
export interface LifecycleParts {
  /** What is around the machine now, save the clock and chance. */
  readonly around: () => Omit<Surroundings, "nowMs" | "random">;
  readonly environment: Environment;
  /** Does what a transition asks for. May dispatch. */
  readonly perform: (effect: Effect) => void;
  /** Called after each change of the state. */
  readonly changed: () => void;
}

/** The running machine. */
export interface Lifecycle {
  readonly machine: () => Machine;
  /** Lets an event happen. */
  readonly dispatch: (...event: MachineEvent) => void;
}

/**
 * Runs the machine: owns its one timer, does its effects in order, tells the watchers last. An
 * event that is dispatched meanwhile changes the state at once; its effects wait for their turn.
 */
export function createLifecycle({ around, environment, perform, changed }: LifecycleParts): Lifecycle {
  const { now, schedule, random } = environment;
  const todo: (() => void)[] = [];
  let machine = initialMachine;
  let isWorking = false;
  let armedMs = Infinity;
  let cancelTimer = (): void => {};

  const keepTime = (dueMs: number, nowMs: number): void => {
    if (dueMs === armedMs) return;
    cancelTimer();
    armedMs = dueMs;
    if (dueMs === Infinity) return;
    cancelTimer = schedule(
      () => {
        armedMs = Infinity;
        dispatch("tick");
      },
      Math.max(dueMs - nowMs, 0),
    );
  };

  const dispatch = (...event: MachineEvent): void => {
    const before = machine.state;
    const nowMs = now();
    const [next, ...effects] = transition(machine, event, { ...around(), nowMs, random: random() });
    machine = next;
    keepTime(next.dueMs, nowMs);
    for (const effect of effects) todo.push(() => perform(effect));
    if (next.state !== before) todo.push(changed);
    if (isWorking) return;
    isWorking = true;
    try {
      for (let task = todo.shift(); task; task = todo.shift()) task();
    } finally {
      isWorking = false;
    }
  };
  return { machine: () => machine, dispatch };
}
