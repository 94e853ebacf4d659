import type { ConnectionState } from "./connection-state.js";
import type { Environment } from "./environment.js";
import { type Listener, Listeners } from "./listeners.js";
import type { Observable } from "./observable.js";
import {
  type Effect,
  initialMachine,
  type Machine,
  type MachineEvent,
  type Surroundings,
  transition,
} from "./transition.js";

/** An effect that is not a timer. */
export type OutsideEffect = Exclude<Effect, { readonly type: "arm" | "disarm" }>;

/** What a lifecycle is made of. */
export interface LifecycleParts {
  /** What does not change while it lives. */
  readonly fixed: Omit<Surroundings, "nowMs" | "random">;
  readonly environment: Environment;
  /** Does what a transition asks for. May dispatch. */
  readonly perform: (effect: OutsideEffect) => void;
  /** Called with what a state listener threw. */
  readonly report: (reason: unknown) => void;
}

/**
 * Runs the machine: owns its one timer, does its effects in order, tells the watchers last. An
 * event that is dispatched meanwhile changes the state at once; its effects wait for their turn.
 */
export class Lifecycle implements Observable<ConnectionState> {
  readonly #parts: LifecycleParts;
  readonly #watchers: Listeners<void>;
  readonly #todo: (() => void)[] = [];
  #machine: Machine = initialMachine;
  #cancelTimer: () => void = () => {};
  #working = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
    this.#watchers = new Listeners(parts.report);
  }

  getSnapshot(): ConnectionState {
    return this.#machine.state;
  }

  subscribe(listener: Listener<void>): () => void {
    return this.#watchers.add("", listener);
  }

  /** Lets an event happen. */
  dispatch(event: MachineEvent): void {
    const { fixed, environment } = this.#parts;
    const around = { ...fixed, nowMs: environment.now(), random: environment.random() };
    const before = this.#machine.state;
    const { machine, effects } = transition(this.#machine, event, around);
    this.#machine = machine;
    this.#todo.push(...effects.map((effect) => () => this.#do(effect)));
    if (machine.state !== before) this.#todo.push(() => this.#watchers.emit("", undefined));
    this.#work();
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let task = this.#todo.shift(); task; task = this.#todo.shift()) task();
    } finally {
      this.#working = false;
    }
  }

  #do(effect: Effect): void {
    if (effect.type !== "arm" && effect.type !== "disarm") {
      this.#parts.perform(effect);
      return;
    }
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (effect.type === "disarm") return;
    const { schedule } = this.#parts.environment;
    this.#cancelTimer = schedule(() => this.dispatch(effect.event), effect.delayMs);
  }
}
