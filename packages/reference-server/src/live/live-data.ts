import type { Agent, DashboardTypes } from "@hivewire/contract";
import type { Counts, Log, Server } from "@hivewire/server";
import { demoFleet, summarize } from "./fleet.js";
import { type HostLoad, watchHost } from "./host-load.js";
import { judgeTraffic, type Traffic } from "./traffic.js";

/** Time between two updates, in milliseconds. */
const updateEveryMs = 2_000;

/** What `request_data` is answered from. */
export interface LiveData {
  readonly load: () => HostLoad;
  readonly traffic: () => Traffic;
  /** Simulated agents with `demo`, else none: this server has no agents of its own. */
  readonly agents: () => readonly Agent[];
  readonly stop: () => void;
}

/** What live data is read from and published to. */
export interface LiveDataOptions {
  readonly server: Server<DashboardTypes>;
  readonly demo: boolean;
  readonly log: Log;
}

/** Publishes this host's load and the server's own traffic, and with `demo` a simulated fleet. */
export function startLiveData({ server, demo, log }: LiveDataOptions): LiveData {
  const host = watchHost();
  let load = host.read();
  let counts: Counts = server.stats().counts;
  let traffic: Traffic = { success_rate: 1, trend: "stable" };
  let step = 0;
  let agents: readonly Agent[] = demo ? demoFleet(step) : [];

  const update = async (): Promise<void> => {
    load = host.read();
    const now = server.stats();
    traffic = judgeTraffic(counts, now.counts, traffic.success_rate);
    counts = now.counts;
    await server.publish("system", {
      type: "system_update",
      subscription: "system",
      data: { ...load, connections: now.activeConnections },
    });
    await server.publish("coordination", {
      type: "coordination_update",
      subscription: "coordination",
      data: {
        ...traffic,
        messages_received: counts.messages_received_total,
        messages_sent: counts.messages_sent_total,
        errors_sent: counts.errors_sent_total,
        active_connections: now.activeConnections,
      },
    });
    if (!demo) return;
    agents = demoFleet(++step);
    await server.publish("agents", {
      type: "agent_update",
      subscription: "agents",
      data: { agents, summary: summarize(agents), demo: true },
    });
  };

  const timer = setInterval(() => {
    update().catch((cause: unknown) => log.error({ err: cause }, "a live update failed"));
  }, updateEveryMs);
  return {
    load: () => load,
    traffic: () => traffic,
    agents: () => agents,
    stop: () => {
      clearInterval(timer);
      host.stop();
    },
  };
}
