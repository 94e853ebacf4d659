import { readFileSync } from "node:fs";
import Type, { type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertRules } from "../src/alerts/alert-rules.js";
import { histogramFamilies, type MetricsReading, numberFamilies } from "../src/metrics/metric-families.js";
import { createMetricsText } from "../src/metrics/metrics-text.js";
import { statsOf } from "./support/readings.js";

const read = (name: string): string =>
  readFileSync(new URL(`../../../docs/operations/${name}`, import.meta.url), "utf8");
const checked = <Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> =>
  Value.Parse(schema, value);

const Rule = Type.Object({
  alert: Type.String(),
  expr: Type.String(),
  for: Type.Optional(Type.String()),
  keep_firing_for: Type.Optional(Type.String()),
  labels: Type.Object({ severity: Type.String() }),
  annotations: Type.Object({ summary: Type.String(), runbook: Type.String() }),
});
const Rules = Type.Object({
  groups: Type.Array(Type.Object({ name: Type.String(), rules: Type.Array(Rule) })),
});
const Tests = Type.Object({
  tests: Type.Array(
    Type.Object({
      alert_rule_test: Type.Array(
        Type.Object({ alertname: Type.String(), exp_alerts: Type.Array(Type.Unknown()) }),
      ),
    }),
  ),
});
const Target = Type.Object({ expr: Type.String(), datasource: Type.Object({ uid: Type.String() }) });
const Panel = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  gridPos: Type.Object({ x: Type.Integer(), y: Type.Integer(), w: Type.Integer(), h: Type.Integer() }),
  targets: Type.Optional(Type.Array(Target)),
});
const Board = Type.Object({
  schemaVersion: Type.Integer({ minimum: 36 }),
  uid: Type.String(),
  panels: Type.Array(Panel),
  templating: Type.Object({
    list: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), query: Type.Unknown() })),
  }),
});

const [own, outside] = checked(Rules, parse(read("alerts.rules.yml"))).groups;
const rules = [...(own?.rules ?? []), ...(outside?.rules ?? [])];
const tests = checked(Tests, parse(read("alerts.test.yml"))).tests.flatMap((row) => row.alert_rule_test);
const board = checked(Board, JSON.parse(read("grafana-board.json")));
const runbook = read("runbook.md");

const reading: MetricsReading = {
  stats: statsOf(),
  isBusUp: true,
  alerts: { firing: {}, totals: {} },
  memoryLimitBytes: 1,
};

/** Metrics that a scrape has: those of the tables, and those that the page really shows. */
async function knownMetrics(): Promise<ReadonlySet<string>> {
  const prefix = "hivewire_ws_";
  const page = await (await createMetricsText(prefix, () => reading)).write();
  const shown = [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? ["_bucket", "_sum", "_count"].map((suffix) => name + suffix) : [name],
  );
  const tables = [
    ...numberFamilies.map(({ name }) => name),
    ...histogramFamilies.flatMap(({ name }) => [`${name}_bucket`, `${name}_sum`, `${name}_count`]),
  ];
  for (const name of tables) expect(shown).toContain(prefix + name);
  return new Set([...shown, "up", "ALERTS"]);
}

/** Names of metrics in an expression: words of two parts or more that are no function, label or duration. */
const metricsIn = (expr: string): readonly string[] =>
  [
    ...expr.replace(/"[^"]*"/g, '""').matchAll(/\b(?:hivewire|nodejs|process)_[a-z0-9_]+|\bup\b|\bALERTS\b/g),
  ].map(([name]) => name);

const prometheusName = (name: string): string =>
  `Hivewire${name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
const seconds = (ms: number): string | undefined => (ms === 0 ? undefined : `${ms / 1_000}s`);
const anchors = [...runbook.matchAll(/^## (\S+)$/gm)].map(([, title = ""]) => title);

describe("alerts.rules.yml", () => {
  it.each(alertRules)("has $name with the table's bound, hold times and severity", (row) => {
    const rule = own?.rules.find(({ alert }) => alert === prometheusName(row.name));
    expect(rule).toMatchObject({ labels: { severity: row.severity } });
    expect(rule?.for).toBe(seconds(row.fireAfterMs));
    expect(rule?.keep_firing_for).toBe(seconds(row.clearAfterMs));
    expect(rule?.expr).toMatch(new RegExp(`> ${String(row.fireAbove).replace(".", "\\.")}(?![\\d.])`));
  });

  it("has no further alert in the group of the table", () => {
    expect(own?.rules.map(({ alert }) => alert)).toEqual(alertRules.map(({ name }) => prometheusName(name)));
  });

  it.each(rules)("$alert names metrics that exist, a test, and its entry of the runbook", async (rule) => {
    const names = metricsIn(rule.expr);
    expect(names).not.toEqual([]);
    expect([...(await knownMetrics())]).toEqual(expect.arrayContaining([...names]));
    expect(rule.annotations.runbook).toBe(`docs/operations/runbook.md#${rule.alert.toLowerCase()}`);
    const results = tests.filter(({ alertname }) => alertname === rule.alert);
    expect(results.some((result) => result.exp_alerts.length > 0)).toBe(true);
  });
});

describe("runbook.md", () => {
  it("has one entry per alert, in the order of the rules", () => {
    expect(anchors).toEqual(rules.map(({ alert }) => alert));
  });

  it.each(alertRules)("calls $name by its name on the wire, too", ({ name, severity }) => {
    const entry = runbook.split(`\n## ${prometheusName(name)}\n`)[1]?.split("\n## ")[0] ?? "";
    expect(entry).toContain(`(\`${name}\`) **${severity === "critical" ? "Critical" : "Warning"}.**`);
    expect(entry).toContain("- Look: ");
  });

  it("names panels that the board has", () => {
    const titles = board.panels.map(({ title }) => title);
    const lines = runbook.split("\n").filter((line) => /\bpanels?\b "/i.test(line));
    const named = lines.flatMap((line) =>
      [...line.matchAll(/"([A-Z][^"]+)"/g)].map(([, title = ""]) => title),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(titles).toEqual(expect.arrayContaining(named));
  });

  it("names metrics that exist", async () => {
    const known = await knownMetrics();
    const named = [...runbook.matchAll(/`(hivewire_ws_[a-z_]*[a-z])/g)].map(([, name = ""]) => name);
    expect([...known]).toEqual(expect.arrayContaining(named));
  });
});

describe("observability.md", () => {
  it("has the table of alerts: names, bounds, hold times and severities", () => {
    const holds = (ms: number): string => `${ms / 1_000} s`;
    const bound = (value: number, { name, unit }: (typeof alertRules)[number]): string =>
      name === "bus_down" ? String(value) : unit(value);
    const want = alertRules.map((row) => [
      row.name,
      bound(row.fireAbove, row),
      holds(row.fireAfterMs),
      bound(row.clearBelow, row),
      holds(row.clearAfterMs),
      row.severity,
    ]);
    const rows = [
      ...read("observability.md").matchAll(/^\| `([a-z_]+)` \| [^|]* \| (.* (?:warning|critical)) \|$/gm),
    ];
    expect(rows.map(([, name, cells = ""]) => [name, ...cells.split(" | ")])).toEqual(want);
  });
});

describe("grafana-board.json", () => {
  it("asks for metrics that exist", async () => {
    const known = await knownMetrics();
    for (const { title, targets = [] } of board.panels)
      for (const { expr } of targets) {
        const unknown = metricsIn(expr).filter((name) => !known.has(name));
        expect([title, unknown]).toEqual([title, []]);
      }
  });

  it("shows every metric of the tables", async () => {
    const shown = board.panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr)));
    const names = [
      ...numberFamilies.map(({ name }) => name),
      ...histogramFamilies.map(({ name }) => `${name}_bucket`),
    ];
    expect(shown).toEqual(expect.arrayContaining(names.map((name) => `hivewire_ws_${name}`)));
  });

  it("lets the reader choose the data source, in every panel", () => {
    expect(board.templating.list.map(({ name, type }) => [name, type])).toEqual([
      ["datasource", "datasource"],
      ["job", "query"],
      ["instance", "query"],
    ]);
    const sources = board.panels.flatMap(({ targets = [] }) =>
      targets.map(({ datasource }) => datasource.uid),
    );
    expect(new Set(sources)).toEqual(new Set(["$" + "{datasource}"]));
  });

  it("has panels with numbers of their own that say what they show and do not overlap", () => {
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    expect(board.panels.filter(({ type, description }) => type !== "row" && !description)).toEqual([]);
    const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(board.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});
