import type { Environment } from "./environment.js";

/** Shortest time between two looks at who may be read again, in milliseconds. */
const stepMs = 25;

/** Who is not read for a while. One timer for all of them, and none while nobody waits. */
export class Pauses<Member> {
  readonly #environment: Pick<Environment, "elapsed" | "schedule">;
  readonly #over: (member: Member) => void;
  readonly #until = new Map<Member, number>();
  #callOff: (() => void) | undefined;

  /** @param over - called for a member whose time is over */
  constructor(environment: Pick<Environment, "elapsed" | "schedule">, over: (member: Member) => void) {
    this.#environment = environment;
    this.#over = over;
  }

  /** Number of members that wait. */
  get size(): number {
    return this.#until.size;
  }

  /** Lets a member wait for that long from now. */
  add(member: Member, forMs: number): void {
    this.#until.set(member, this.#environment.elapsed() + forMs);
    this.#plan();
  }

  /** Forgets a member. */
  delete(member: Member): void {
    this.#until.delete(member);
    if (this.#until.size > 0) return;
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #plan(): void {
    if (this.#callOff || this.#until.size === 0) return;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const untilMs of this.#until.values()) firstMs = Math.min(firstMs, untilMs);
    const nextMs = firstMs - this.#environment.elapsed();
    this.#callOff = this.#environment.schedule(
      () => {
        this.#callOff = undefined;
        this.#release();
        this.#plan();
      },
      Math.max(stepMs, nextMs),
    );
  }

  #release(): void {
    const nowMs = this.#environment.elapsed();
    const due = [...this.#until].filter(([, untilMs]) => untilMs <= nowMs);
    for (const [member] of due) {
      this.#until.delete(member);
      this.#over(member);
    }
  }
}
