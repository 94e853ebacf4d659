import type { WebSocketRoute } from "@hivewire/server";

/** Where everything of the dashboard stands (PROTOCOL.md, "HTTP"). */
export const basePath = "/api/dashboard";

/** The path without a preset, which `tail` and the start page name. */
export const dashboardPath = `${basePath}/ws/dashboard`;

/** The table of WebSocket paths and the topics of a client that names none (PROTOCOL.md, "Connecting"). */
export const webSocketRoutes: readonly WebSocketRoute[] = [
  { path: dashboardPath, topics: ["agents", "coordination", "tasks", "system", "project_index"] },
  { path: `${basePath}/ws/agents`, topics: ["agents", "system"] },
  { path: `${basePath}/ws/coordination`, topics: ["coordination", "alerts", "system"] },
  { path: `${basePath}/ws/tasks`, topics: ["tasks", "agents"] },
  { path: `${basePath}/ws/system`, topics: ["system", "alerts"] },
];
