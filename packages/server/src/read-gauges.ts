import type { Broadcast } from "./broadcast.js";
import type { Connection } from "./connection.js";
import type { Gauges } from "./metrics.js";

/** Reads what changes all the time. */
export function readGauges(connections: Iterable<Connection>, broadcast: Broadcast): Gauges {
  let active = 0;
  let paused = 0;
  let queueBytes = 0;
  for (const connection of connections) {
    queueBytes += connection.queueBytes;
    if (!connection.isOpen) continue;
    active++;
    if (!connection.isRead) paused++;
  }
  return {
    connections_active: active,
    connections_paused: paused,
    last_broadcast_fanout: broadcast.lastFanout,
    send_queue_bytes: queueBytes,
    flush_window_seconds: broadcast.windowMs / 1_000,
  };
}
