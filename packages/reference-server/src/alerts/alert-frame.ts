import type { Alert } from "@hivewire/contract";
import type { AlertChange, AlertNow } from "./evaluate-alerts.js";

/** What a frame says beside the alerts. */
export interface FrameMoment {
  /** Names this server. */
  readonly node: string;
  /** Turns a monotonic time into one of the wall clock, in milliseconds since the epoch. */
  readonly wallClock: (atMs: number) => number;
}

/** The sentence of an alert, with its figure and its bound. */
export function alertSentence({ rule, value }: AlertNow, state: "firing" | "resolved"): string {
  const sentence = rule.says(rule.unit(value));
  if (state === "firing") return `${sentence} (fires above ${rule.unit(rule.fireAbove)}).`;
  return `Resolved: ${sentence} (clears up to ${rule.unit(rule.clearBelow)}).`;
}

function alertOf(alert: AlertNow, state: "firing" | "resolved", { node, wallClock }: FrameMoment): Alert {
  const { rule, value, sinceMs } = alert;
  return {
    name: rule.name,
    // A 1.0 client knows no `state`: the severity tells it that nothing is to be done.
    severity: state === "firing" ? rule.severity : "info",
    message: alertSentence(alert, state),
    state,
    since: new Date(wallClock(sinceMs)).toISOString(),
    value,
    threshold: state === "firing" ? rule.fireAbove : rule.clearBelow,
    node,
  };
}

/** The alerts of a `critical_alert`: all that fire now, then those that were just resolved. */
export function alertsOf(
  firing: readonly AlertNow[],
  changes: readonly AlertChange[],
  moment: FrameMoment,
): Alert[] {
  const resolved = changes.filter(({ state }) => state === "resolved");
  return [
    ...firing.map((alert) => alertOf(alert, "firing", moment)),
    ...resolved.map((alert) => alertOf(alert, "resolved", moment)),
  ];
}
