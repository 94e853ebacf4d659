import type { WebSocketRoute } from "@hivewire/server";

/** Where everything stands (PROTOCOL.md, "HTTP" and "Connecting"). */
export interface Paths {
  /** `WS_BASE_PATH`. */
  readonly base: string;
  /** Where the routes about WebSockets stand. */
  readonly websocket: string;
  /** The WebSocket path without a preset, which `tail` and the start page name. */
  readonly dashboard: string;
  /** All WebSocket paths and the topics of a client that names none. */
  readonly webSocketRoutes: readonly WebSocketRoute[];
}

/** The table of WebSocket paths below the base. */
const presets = {
  dashboard: ["agents", "coordination", "tasks", "system", "project_index"],
  agents: ["agents", "system"],
  coordination: ["coordination", "alerts", "system"],
  tasks: ["tasks", "agents"],
  system: ["system", "alerts"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The paths below a base. */
export function pathsBelow(base: string): Paths {
  return {
    base,
    websocket: `${base}/websocket`,
    dashboard: `${base}/ws/dashboard`,
    webSocketRoutes: Object.entries(presets).map(([name, topics]) => ({
      path: `${base}/ws/${name}`,
      topics,
    })),
  };
}
