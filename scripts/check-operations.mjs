// @ts-check
// Lets Prometheus' own tool judge what operators get: alert rules and their tests, the metrics page, the board's queries.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startReferenceServer } from "../packages/reference-server/dist/index.js";
import { root } from "./lib/run.mjs";

const promtool = process.env.PROMTOOL_PATH ?? "promtool";
const folder = join(root, "docs/operations");
const read = (/** @type {string} */ name) => readFileSync(join(folder, name), "utf8");

/** @param {string} what @param {readonly string[]} args @param {string} [input] */
function check(what, args, input) {
  const { status, stdout, stderr, error } = spawnSync(promtool, args, {
    cwd: folder,
    input,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (status === 0) {
    console.log(`${what}: fine.`);
    return;
  }
  console.error(`${what}: promtool ${args.join(" ")} says\n${stdout ?? ""}${stderr ?? ""}${error ?? ""}`);
  process.exitCode = 1;
}

/** The text of the metrics page of a server that was just started. */
async function metricsPage() {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  try {
    const response = await fetch(`${server.url}/api/dashboard/metrics/websockets`);
    if (!response.ok) throw new Error(`Failed to scrape the metrics page: HTTP ${response.status}.`);
    return await response.text();
  } finally {
    await server.close();
  }
}

/** The board's queries as recording rules, with Grafana's variables filled in; JSON is YAML. */
function queriesAsRules() {
  /** @type {{ panels: { targets?: { expr: string }[] }[] }} */
  const board = JSON.parse(read("grafana-board.json"));
  const queries = board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const rules = queries.map((expr, index) => ({
    record: `board:query:${index}`,
    expr: expr.replaceAll("$__rate_interval", "1m").replaceAll(/\$(?:job|instance)\b/g, ".*"),
  }));
  return { count: rules.length, text: JSON.stringify({ groups: [{ name: "board", rules }] }) };
}

check("alert rules", ["check", "rules", "alerts.rules.yml"]);
check("tests of alert rules", ["test", "rules", "alerts.test.yml"]);
check("metrics page", ["check", "metrics"], await metricsPage());
const { count, text } = queriesAsRules();
const scratch = mkdtempSync(join(tmpdir(), "hivewire-operations-"));
try {
  writeFileSync(join(scratch, "board.yml"), text);
  check(`${count} queries of the board`, ["check", "rules", join(scratch, "board.yml")]);
} finally {
  rmSync(scratch, { recursive: true });
}
