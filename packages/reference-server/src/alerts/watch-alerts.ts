import type { Alert } from "@hivewire/contract";
import type { Environment, Log } from "@hivewire/server";
import { alertSentence, alertsOf } from "./alert-frame.js";
import { type AlertRule, alertRules } from "./alert-rules.js";
import { type Reading, type Sample, sampleOf, slide } from "./alert-sample.js";
import { type AlertChange, type AlertStates, evaluateAlerts } from "./evaluate-alerts.js";

/** Time after which alerts that go on firing are told again, in milliseconds: for those who came meanwhile. */
export const repeatEveryMs = 60_000;

/** What alerts come to for the metrics page. */
export interface AlertFigures {
  /** Alert → whether it fires. */
  readonly firing: Readonly<Record<string, boolean>>;
  /** Alert → how often it began to fire, and ceased to. */
  readonly totals: Readonly<Record<string, { readonly firing: number; readonly resolved: number }>>;
}

/** What alerts are told with. */
export interface AlertWatchOptions {
  /** Sends the alerts to those who listen. */
  readonly publish: (alerts: readonly Alert[]) => Promise<unknown>;
  readonly log: Log;
  /** Names this server. */
  readonly node: string;
  readonly clock: Pick<Environment, "now" | "elapsed">;
  /** @default the table */
  readonly rules?: readonly AlertRule[] | undefined;
}

/** Judges the server again and again. */
export interface AlertWatch {
  /**
   * Judges a reading, tells what changed, and again what goes on: every minute, and when somebody new listens. It
   * waits for no publication: a bus that hangs stops no alert about it. Returns what was judged.
   */
  readonly look: (reading: Reading) => Sample;
  readonly figures: () => AlertFigures;
}

function logChange(log: Log, change: AlertChange): void {
  const { rule, value, state } = change;
  const level = state === "resolved" ? "info" : rule.severity === "critical" ? "error" : "warn";
  const fields = {
    alert: rule.name,
    state,
    severity: rule.severity,
    value,
    says: alertSentence(change, state),
  };
  log[level](fields, state === "firing" ? "an alert fires" : "an alert is resolved");
}

/** Starts with all alerts clear. */
export function watchAlerts(options: AlertWatchOptions): AlertWatch {
  const { publish, log, node, clock, rules = alertRules } = options;
  const totals = Object.fromEntries(rules.map(({ name }) => [name, { firing: 0, resolved: 0 }]));
  let readings: readonly Reading[] = [];
  let states: AlertStates = {};
  let toldAtMs = 0;
  let listeners = 0;
  return {
    look: (reading) => {
      readings = slide(readings, reading);
      const sample = sampleOf(readings[0] ?? reading, reading);
      const { atMs } = reading;
      const evaluation = evaluateAlerts(states, sample, atMs, rules);
      states = evaluation.states;
      for (const change of evaluation.changes) {
        const total = totals[change.rule.name];
        if (total) total[change.state]++;
        logChange(log, change);
      }
      const now = reading.stats.subscriptions.alerts ?? 0;
      const isNewcomer = now > listeners;
      listeners = now;
      const isDue = now > 0 && (isNewcomer || atMs - toldAtMs >= repeatEveryMs);
      if (evaluation.changes.length > 0 || (evaluation.firing.length > 0 && isDue)) {
        toldAtMs = atMs;
        const wallClock = (at: number): number => clock.now() - (clock.elapsed() - at);
        publish(alertsOf(evaluation.firing, evaluation.changes, { node, wallClock })).catch(
          (cause: unknown) => log.error({ err: cause }, "alerts were not published"),
        );
      }
      return sample;
    },
    figures: () => ({
      firing: Object.fromEntries(
        rules.map(({ name }) => {
          const phase = states[name]?.phase;
          return [name, phase === "firing" || phase === "resolving"];
        }),
      ),
      totals: structuredClone(totals),
    }),
  };
}
