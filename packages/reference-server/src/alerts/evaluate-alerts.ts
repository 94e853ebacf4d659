import type { AlertRule } from "./alert-rules.js";
import type { Sample } from "./alert-sample.js";

/** Where an alert is. All times are monotonic, in milliseconds. */
export type AlertPhase =
  | { readonly phase: "clear" }
  /** Above the bound, not for long enough. */
  | { readonly phase: "pending"; readonly aboveSinceMs: number }
  | { readonly phase: "firing"; readonly sinceMs: number }
  /** Still fires; below the lower bound, not for long enough. */
  | { readonly phase: "resolving"; readonly sinceMs: number; readonly belowSinceMs: number };

/** Phases by the name of the alert; one that is missing is clear. */
export type AlertStates = Readonly<Record<string, AlertPhase>>;

/** An alert with its figure at one moment. */
export interface AlertNow {
  readonly rule: AlertRule;
  readonly value: number;
  /** When it began to fire. */
  readonly sinceMs: number;
}

/** An alert that began or ceased to fire. */
export interface AlertChange extends AlertNow {
  readonly state: "firing" | "resolved";
}

/** What an evaluation comes to. */
export interface Evaluation {
  readonly states: AlertStates;
  readonly changes: readonly AlertChange[];
  /** Every alert that fires now, those that began to included. */
  readonly firing: readonly AlertNow[];
}

const clear: AlertPhase = { phase: "clear" };

/** The next phase of one alert. Pure, and the whole of hysteresis and hold times. */
export function nextPhase(before: AlertPhase, value: number, nowMs: number, rule: AlertRule): AlertPhase {
  if (before.phase === "clear" || before.phase === "pending") {
    if (!(value > rule.fireAbove)) return clear;
    const aboveSinceMs = before.phase === "pending" ? before.aboveSinceMs : nowMs;
    const isHeld = nowMs - aboveSinceMs >= rule.fireAfterMs;
    return isHeld ? { phase: "firing", sinceMs: nowMs } : { phase: "pending", aboveSinceMs };
  }
  const { sinceMs } = before;
  if (value > rule.clearBelow) return { phase: "firing", sinceMs };
  const belowSinceMs = before.phase === "resolving" ? before.belowSinceMs : nowMs;
  const isHeld = nowMs - belowSinceMs >= rule.clearAfterMs;
  return isHeld ? clear : { phase: "resolving", sinceMs, belowSinceMs };
}

const firingSince = (phase: AlertPhase): number | undefined =>
  "sinceMs" in phase ? phase.sinceMs : undefined;

/** Judges all rules by a sample. */
export function evaluateAlerts(
  before: AlertStates,
  sample: Sample,
  nowMs: number,
  rules: readonly AlertRule[],
): Evaluation {
  const judged = rules.map((rule) => {
    const value = rule.measure(sample);
    const was = before[rule.name] ?? clear;
    return { rule, value, was: firingSince(was), next: nextPhase(was, value, nowMs, rule) };
  });
  return {
    states: Object.fromEntries(judged.map(({ rule, next }) => [rule.name, next])),
    changes: judged.flatMap(({ rule, value, was, next }): AlertChange[] => {
      const sinceMs = firingSince(next);
      if (was === undefined && sinceMs !== undefined) return [{ rule, value, sinceMs, state: "firing" }];
      if (was !== undefined && sinceMs === undefined)
        return [{ rule, value, sinceMs: was, state: "resolved" }];
      return [];
    }),
    firing: judged.flatMap(({ rule, value, next }) => {
      const sinceMs = firingSince(next);
      return sinceMs === undefined ? [] : [{ rule, value, sinceMs }];
    }),
  };
}
