import type { DashboardTypes } from "@hivewire/contract";
import type { Log, Server } from "@hivewire/server";
import type { Access } from "../access/access.js";
import type { Configuration } from "../configuration/configuration.js";
import type { RouteEntry } from "../http/route-table.js";
import type { LiveData } from "../live/live-data.js";
import type { Paths } from "../paths.js";

/** What routes read. */
export interface RouteContext {
  readonly server: Server<DashboardTypes>;
  readonly configuration: Configuration;
  readonly paths: Paths;
  readonly access: Access;
  readonly live: LiveData;
  readonly log: Log;
  /** Every route that was added; it grows while they are. */
  readonly routes: readonly RouteEntry[];
}

/** The moment of an answer: ISO 8601 in UTC. */
export function timestamp(): string {
  return new Date().toISOString();
}
