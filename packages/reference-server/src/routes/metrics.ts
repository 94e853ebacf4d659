import type { FastifyInstance } from "fastify";
import type { MetricsReading } from "../metrics/metric-families.js";
import { metricsJson } from "../metrics/metrics-json.js";
import { createMetricsText, type MetricsText } from "../metrics/metrics-text.js";
import { prefersJson } from "../metrics/prefers-json.js";
import { basePath } from "../paths.js";
import { type RouteContext, timestamp } from "./route-context.js";

/** `WS_METRICS_PREFIX` unless it is set. */
const defaultMetricsPrefix = "hivewire_ws_";

/**
 * `GET …/metrics/websockets`: Prometheus text, or JSON for who asks for it. Open to everybody, as in 1.0: a scraper
 * has no token. Nothing in it tells one client from another.
 * @param prefix - before each name of the server's own metrics
 */
export function metricsRoute(
  app: FastifyInstance,
  { server, live }: RouteContext,
  prefix = defaultMetricsPrefix,
): void {
  const read = (): MetricsReading => ({
    stats: server.stats(),
    isBusUp: server.busHealth().status !== "down",
    alerts: live.alerts(),
    memoryLimitBytes: live.memoryLimitBytes,
  });
  let text: Promise<MetricsText> | undefined;
  app.get(`${basePath}/metrics/websockets`, async (request, reply) => {
    reply.header("Vary", "Accept").header("Cache-Control", "no-store");
    if (prefersJson(request.headers.accept)) return metricsJson(prefix, read(), timestamp());
    text ??= createMetricsText(prefix, read);
    const { contentType, write } = await text;
    return reply.type(contentType).send(await write());
  });
}
