import type { DashboardTypes } from "@hivewire/contract";
import type { Server } from "@hivewire/server";
import type { Configuration } from "../configuration.js";
import type { LiveData } from "../live/live-data.js";

/** What routes read. */
export interface RouteContext {
  readonly server: Server<DashboardTypes>;
  readonly configuration: Configuration;
  readonly live: LiveData;
}

/** The moment of an answer: ISO 8601 in UTC. */
export function timestamp(): string {
  return new Date().toISOString();
}
