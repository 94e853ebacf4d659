// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BenchError } from "./bench-error.mjs";
import { contractOf, documentOf } from "./contract.mjs";
import { median, ratio } from "./timing.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const command = join(root, "packages/cli/bin/hivewire.js");
const baseline = "node -e 0";

/** Wall time of a whole process, in milliseconds. @param {readonly string[]} args @param {string} cwd @returns {Promise<number>} */
function wallTime(args, cwd) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const time = performance.now() - start;
      if (code === 0) return resolve(time);
      const said = Buffer.concat(chunks).toString("utf8").trim().split("\n").at(-1) ?? "";
      reject(new BenchError(`"hivewire ${args.slice(1).join(" ")}" ended with code ${code}: ${said}`));
    });
  });
}

/** @param {string} folder @returns {Promise<readonly { title: string, bar: number, cwd: string }[]>} */
async function projects(folder) {
  const own = { title: "ws_messages", bar: 4, cwd: join(folder, "cold-own") };
  const large = { title: "100 messages", bar: 10, cwd: join(folder, "cold-100") };
  for (const { cwd } of [own, large]) await mkdir(cwd, { recursive: true });
  await copyFile(join(root, "schemas/ws_messages.schema.json"), join(own.cwd, "messages.schema.json"));
  await writeFile(
    join(large.cwd, "messages.schema.json"),
    JSON.stringify(documentOf(contractOf(80, 20).shapes), null, 2),
  );
  return [own, large];
}

/** @param {import("./result.mjs").Setting} setting @returns {Promise<import("./result.mjs").Result>} */
export async function cold({ quick, folder, progress }) {
  if (!existsSync(join(root, "packages/cli/dist/index.js"))) {
    throw new BenchError("packages/cli/dist is missing. Please run `pnpm build` first.");
  }
  const flags = ["--schema", "messages.schema.json", "--out", "gen"];
  /** @type {{ title: string, bar: number, args: readonly string[], cwd: string, times: number[] }[]} */
  const runs = [{ title: baseline, bar: Number.NaN, args: ["-e", "0"], cwd: folder, times: [] }];
  for (const { title, bar, cwd } of await projects(folder)) {
    for (const verb of ["generate", "check"]) {
      runs.push({ title: `${verb}, ${title}`, bar, args: [command, verb, ...flags], cwd, times: [] });
    }
  }
  const rounds = quick ? 5 : 15;
  const once = async (/** @type {(typeof runs)[number]} */ { args, cwd }) => {
    if (args.includes("generate")) await rm(join(cwd, "gen"), { recursive: true, force: true });
    return wallTime(args, cwd);
  };
  for (const run of runs) await once(run);
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    for (const run of runs) run.times.push(await once(run));
  }
  const base = median(runs[0]?.times ?? []);
  const found = runs.map(({ title, bar, times }) => ({
    title,
    bar,
    ms: median(times),
    share: ratio(median(times), base),
  }));
  return {
    suite: "cold",
    about: [
      `Node ${process.version}; wall time of whole processes, medians of ${rounds} interleaved runs of the built packages/cli.`,
    ],
    sections: [
      {
        title: "wall time",
        unit: "ms",
        columns: ["median"],
        rows: found.map(({ title, ms }) => ({ title, values: [ms] })),
      },
      {
        title: `wall time ÷ \`${baseline}\``,
        unit: "ratio",
        columns: ["ratio"],
        rows: found.map(({ title, share }) => ({ title, values: [share] })),
      },
    ],
    bars: found.slice(1).map(({ title, bar, share }) => ({ title, measured: share, bar, unit: " ×" })),
  };
}
