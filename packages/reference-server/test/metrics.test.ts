import { gaugeTable, histogramTable, metricTable } from "@hivewire/server";
import { describe, expect, it } from "vitest";
import { histogramFamilies, type MetricsReading, numberFamilies } from "../src/metrics/metric-families.js";
import { metricsJson } from "../src/metrics/metrics-json.js";
import { createMetricsText } from "../src/metrics/metrics-text.js";
import { prefersJson } from "../src/metrics/prefers-json.js";
import { processMetrics } from "../src/metrics/process-metrics.js";
import { statsOf } from "./support/readings.js";

let sent = 7;
const read = (): MetricsReading => ({
  stats: statsOf({ messages_sent_total: sent }, [0.002, 0.002, 9], { agents: 3, tasks: 0 }),
  isBusUp: true,
  alerts: {
    firing: { memory: true, bus_down: false },
    totals: { memory: { firing: 2, resolved: 1 }, bus_down: { firing: 0, resolved: 0 } },
  },
  memoryLimitBytes: 512e6,
});

describe("the metrics page", () => {
  it("shows every row of the engine's tables", () => {
    const names = [...numberFamilies, ...histogramFamilies].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(metricTable)));
    expect(names).toEqual(expect.arrayContaining(Object.keys(gaugeTable)));
    expect(names).toEqual(expect.arrayContaining(Object.keys(histogramTable)));
    expect(new Set(names).size).toBe(names.length);
  });

  it("writes figures, labels and histograms under the prefix", async () => {
    const { write, contentType } = await createMetricsText("acme_", read);
    expect(contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = (await write()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "# HELP acme_messages_sent_total frames handed to a socket",
        "# TYPE acme_messages_sent_total counter",
        "acme_messages_sent_total 7",
        'acme_subscriptions{topic="agents"} 3',
        'acme_subscriptions{topic="tasks"} 0',
        "acme_bus_up 1",
        'acme_alerts_firing{alert="memory"} 1',
        'acme_alerts_total{alert="memory",state="firing"} 2',
        "# TYPE acme_send_latency_seconds histogram",
        'acme_send_latency_seconds_bucket{le="0.001"} 0',
        'acme_send_latency_seconds_bucket{le="0.0025"} 2',
        'acme_send_latency_seconds_bucket{le="2.5"} 2',
        'acme_send_latency_seconds_bucket{le="+Inf"} 3',
        "acme_send_latency_seconds_count 3",
      ]),
    );
    expect(lines.filter((line) => line.startsWith("process_resident_memory_bytes "))).toHaveLength(1);
  });

  it("counts nothing twice: each page is one reading, at the same time too", async () => {
    const { write } = await createMetricsText("acme_", read);
    sent = 8;
    const pages = await Promise.all([write(), write()]);
    sent = 9;
    pages.push(await write());
    const values = pages.map((page) => /^acme_messages_sent_total (\d+)$/m.exec(page)?.[1]);
    expect(values).toEqual(["8", "8", "9"]);
  });

  it("has one set of metrics of the process, however many pages: its observers are never taken down", async () => {
    const prometheus = await import("prom-client");
    expect(processMetrics(prometheus)).toBe(processMetrics(prometheus));
  });

  it("says the same as JSON", () => {
    sent = 7;
    const { metrics, histograms } = metricsJson("acme_", read(), "2026-01-01T00:00:00.000Z");
    expect(metrics).toMatchObject({
      acme_messages_sent_total: 7,
      acme_subscriptions: [
        { labels: { topic: "agents" }, value: 3 },
        { labels: { topic: "tasks" }, value: 0 },
      ],
    });
    expect(histograms).toMatchObject({ acme_send_latency_seconds: { count: 3 } });
  });
});

describe("prefersJson", () => {
  const rows: readonly [accept: string | undefined, want: boolean][] = [
    [undefined, false],
    ["", false],
    ["*/*", false],
    ["application/json", true],
    ["Application/JSON; charset=utf-8", true],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false],
    ["application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", false],
    ["application/json;q=0.5, text/plain", false],
    ["application/json, text/plain;q=0.5", true],
    ["application/json, text/plain, */*", true],
    ["application/json;q=0", false],
    [`${"a/b,".repeat(100_000)}application/json`, false],
  ];
  it.each(rows)("of %.60s is %s", (accept, want) => {
    expect(prefersJson(accept)).toBe(want);
  });
});
