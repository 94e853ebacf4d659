import type { Registry } from "prom-client";

/**
 * Gauges of `prom-client` that are named like counters, which `promtool check metrics` refuses. They are sums of
 * `nodejs_active_resources`, which stays.
 */
const misnamed = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
] as const;

let registry: Registry | undefined;

/**
 * The metrics of this process: memory, processor, event loop, garbage collection. There is one set per process, as its
 * observers of the event loop and of the collector are never taken down.
 */
export function processMetrics({ Registry, collectDefaultMetrics }: typeof import("prom-client")): Registry {
  if (registry) return registry;
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}
