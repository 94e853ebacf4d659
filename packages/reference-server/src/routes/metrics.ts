import type { FastifyInstance } from "fastify";
import * as Type from "typebox";
import type { MetricsReading } from "../metrics/metric-families.js";
import { metricsJson } from "../metrics/metrics-json.js";
import { createMetricsText, type MetricsText } from "../metrics/metrics-text.js";
import { prefersJson } from "../metrics/prefers-json.js";
import { type RouteContext, timestamp } from "./route-context.js";

const document = {
  id: "getMetrics",
  summary: "Figures for Prometheus, or as JSON with Accept: application/json",
  answers: {
    200: { description: "The figures of this moment", schema: Type.String(), mediaType: "text/plain" },
  },
};

/**
 * `GET …/metrics/websockets`: Prometheus text, or JSON for who asks for it. Open to everybody, as in 1.0: a scraper
 * has no token. Nothing in it tells one client from another. Names begin with `WS_METRICS_PREFIX`.
 */
export function metricsRoute(
  app: FastifyInstance,
  { server, live, paths, configuration }: RouteContext,
): void {
  const prefix = configuration.metricsPrefix;
  const read = (): MetricsReading => ({
    stats: server.stats(),
    isBusUp: server.busHealth().status !== "down",
    alerts: live.alerts(),
    memoryLimitBytes: live.memoryLimitBytes,
  });
  let text: Promise<MetricsText> | undefined;
  app.get(`${paths.base}/metrics/websockets`, { config: { document } }, async (request, reply) => {
    reply.header("Vary", "Accept").header("Cache-Control", "no-store");
    if (prefersJson(request.headers.accept)) return metricsJson(prefix, read(), timestamp());
    text ??= createMetricsText(prefix, read);
    const { contentType, write } = await text;
    return reply.type(contentType).send(await write());
  });
}
