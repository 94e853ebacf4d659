import { randomBytes } from "node:crypto";
import { totalmem } from "node:os";
import type { Agent, DashboardTypes } from "@hivewire/contract";
import type { Counts, Environment, Log, Server } from "@hivewire/server";
import type { AlertRule } from "../alerts/alert-rules.js";
import type { Reading, Sample } from "../alerts/alert-sample.js";
import { type AlertFigures, watchAlerts } from "../alerts/watch-alerts.js";
import { demoFleet, summarize } from "./fleet.js";
import { type HostLoad, memoryLimit, watchHost } from "./host-load.js";
import { coordinationFigures, systemFigures } from "./server-figures.js";
import { judgeTraffic, type Traffic } from "./traffic.js";

/** Time between two looks at the server, in milliseconds. */
export const updateEveryMs = 2_000;

/** What `request_data` and the metrics page are answered from. */
export interface LiveData {
  readonly load: () => HostLoad;
  readonly traffic: () => Traffic;
  /** Simulated agents with `demo`, else none: this server has no agents of its own. */
  readonly agents: () => readonly Agent[];
  /** Which alerts fire, and how often they did. */
  readonly alerts: () => AlertFigures;
  /** Memory that the process may take, in bytes. */
  readonly memoryLimitBytes: number;
  readonly stop: () => void;
}

/** What live data is read from and published to. */
export interface LiveDataOptions {
  readonly server: Server<DashboardTypes>;
  readonly demo: boolean;
  readonly log: Log;
  /** Names this server in what it publishes. @default eight random hexadecimal digits */
  readonly node?: string | undefined;
  /** @default the table of alerts */
  readonly alertRules?: readonly AlertRule[] | undefined;
  /** Clock and timer, for tests. @default the real ones */
  readonly environment?: Pick<Environment, "now" | "elapsed" | "repeat"> | undefined;
}

const realTime: Pick<Environment, "now" | "elapsed" | "repeat"> = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  repeat: (run, everyMs) => {
    const timer = setInterval(run, everyMs);
    return () => clearInterval(timer);
  },
};

/**
 * Looks at the host and the server every two seconds: judges alerts, and publishes the load, the traffic and with
 * `demo` a simulated fleet. What nobody has subscribed to here is not made.
 */
export function startLiveData(options: LiveDataOptions): LiveData {
  const { server, demo, log, alertRules, node = randomBytes(4).toString("hex") } = options;
  const { environment = realTime } = options;
  const host = watchHost();
  const memoryLimitBytes = memoryLimit(process.constrainedMemory(), totalmem());
  let load = host.read();
  let counts: Counts = server.stats().counts;
  let traffic: Traffic = { success_rate: 1, trend: "stable" };
  let step = 0;
  let agents: readonly Agent[] = demo ? demoFleet(step) : [];

  const alerts = watchAlerts({
    log,
    node,
    clock: environment,
    rules: alertRules,
    publish: (alerts) =>
      server.publish("alerts", {
        type: "critical_alert",
        subscription: "alerts",
        data: { alerts: [...alerts], timestamp: new Date(environment.now()).toISOString() },
      }),
  });

  const readingOf = (stats: Reading["stats"]): Reading => ({
    atMs: environment.elapsed(),
    stats,
    bus: server.busHealth().status,
    rssBytes: load.memory.process_rss_bytes,
    memoryLimitBytes,
    loopDelayMsP99: load.event_loop.delay_ms_p99,
  });

  const publishUpdates = async (sample: Sample): Promise<void> => {
    const { stats } = sample.latest;
    const isWanted = (topic: keyof DashboardTypes["topics"]): boolean =>
      (stats.subscriptions[topic] ?? 0) > 0;
    if (isWanted("system")) {
      const firing = Object.values(alerts.figures().firing).filter(Boolean).length;
      const data = systemFigures(load, sample, node, firing);
      await server.publish("system", { type: "system_update", subscription: "system", data });
    }
    if (isWanted("coordination")) {
      const data = coordinationFigures(traffic, stats);
      await server.publish("coordination", {
        type: "coordination_update",
        subscription: "coordination",
        data,
      });
    }
    if (!demo || !isWanted("agents")) return;
    const data = { agents: [...agents], summary: summarize(agents), demo: true };
    await server.publish("agents", { type: "agent_update", subscription: "agents", data });
  };

  /** Whether the last updates are still on their way: a bus that hangs gets no more of them meanwhile. */
  let isPublishing = false;
  const look = (): void => {
    load = host.read();
    const stats = server.stats();
    traffic = judgeTraffic(counts, stats.counts, traffic.success_rate);
    counts = stats.counts;
    if (demo) agents = demoFleet(++step);
    const sample = alerts.look(readingOf(stats));
    if (isPublishing) return;
    isPublishing = true;
    publishUpdates(sample)
      .catch((cause: unknown) => log.error({ err: cause }, "a live update failed"))
      .finally(() => {
        isPublishing = false;
      });
  };

  const stopTimer = environment.repeat(look, updateEveryMs);
  return {
    load: () => load,
    traffic: () => traffic,
    agents: () => agents,
    alerts: alerts.figures,
    memoryLimitBytes,
    stop: () => {
      stopTimer();
      host.stop();
    },
  };
}
