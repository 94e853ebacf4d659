import type { CoordinationUpdate, SystemUpdate } from "@hivewire/contract";
import type { ServerStats } from "@hivewire/server";
import type { Sample } from "../alerts/alert-sample.js";
import type { HostLoad } from "./host-load.js";
import type { Traffic } from "./traffic.js";

const inMs = (seconds: number): number => Math.round(seconds * 100_000) / 100;

/** The figures of a `system_update`: the host's load and the server's own counters. */
export function systemFigures(
  load: HostLoad,
  { latest, sendLatency }: Sample,
  node: string,
  alertsFiring: number,
): SystemUpdate["data"] {
  const { activeConnections, counts, gauges } = latest.stats;
  const { count, p50, p95, p99 } = sendLatency;
  return {
    ...load,
    connections: activeConnections,
    node,
    counters: counts,
    gauges,
    alerts_firing: alertsFiring,
    ...(count === 0 ? {} : { send_latency_ms: { p50: inMs(p50), p95: inMs(p95), p99: inMs(p99) } }),
  };
}

/** The figures of a `coordination_update`: how the traffic goes. */
export function coordinationFigures(
  traffic: Traffic,
  { counts, activeConnections }: ServerStats,
): CoordinationUpdate["data"] {
  return {
    ...traffic,
    messages_received: counts.messages_received_total,
    messages_sent: counts.messages_sent_total,
    errors_sent: counts.errors_sent_total,
    active_connections: activeConnections,
  };
}
