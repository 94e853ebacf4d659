// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BenchError } from "./bench-error.mjs";
import { cold } from "./cold.mjs";
import { compat } from "./compat.mjs";
import { textOf } from "./result.mjs";
import { scenarios, server } from "./server/server.mjs";
import { sizes } from "./sizes.mjs";
import { validators } from "./validators.mjs";

const suites = { validators, sizes, cold, compat, server };

/** Suites that run only when they are named. */
const onDemand = ["server"];

const help = `Usage: node packages/bench/src/main.mjs [suite] [options]
       node packages/bench/src/main.mjs server [scenario…] [options]

Measures hivewire beside its peers, in one run. Without a suite all of them run but server.

Suites:
  validators   deciding about a frame ÷ parsing it, for every library
  sizes        what a browser loads for it, minified and gzipped
  cold         wall time of the command line ÷ an empty Node process
  compat       comparing two contracts ÷ compiling both with Ajv
  server       the reference server under load; needs Linux, two cores, gcc and pnpm build

Scenarios of server:
${Object.entries(scenarios)
  .map(([name, { title }]) => `  ${name.padEnd(12)} ${title}`)
  .join("\n")}

Options:
  --quick      fewer rounds: for a first look, not for a claim
  --json       print JSON instead of tables
  --profile=FOLDER
               server: write a CPU profile of each run of hivewire into the folder
  -h, --help   print this text

Examples:
  $ node packages/bench/src/main.mjs validators --quick
  $ node packages/bench/src/main.mjs sizes --json
`;

const progress = (/** @type {string} */ text) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};

/** @param {readonly string[]} names */
function chosenOf(names) {
  const chosen = names.filter((name) => Object.hasOwn(suites, name));
  const rest = names.filter((name) => !Object.hasOwn(suites, name));
  const known = chosen.includes("server") ? scenarios : {};
  const unknown = rest.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    const choice = Object.keys({ ...suites, ...known }).join(", ");
    throw new BenchError(`There is no suite "${unknown}". Please name one of ${choice}.`);
  }
  const all = Object.keys(suites).filter((name) => !onDemand.includes(name));
  return { chosen: names.length > 0 ? chosen : all, only: rest };
}

/** @param {string[]} args */
function read(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: "boolean" },
      json: { type: "boolean" },
      profile: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  return { ...values, ...chosenOf(positionals) };
}

/** @param {string[]} args @returns {Promise<number>} exit code */
async function main(args) {
  /** @type {ReturnType<typeof read>} */
  let wanted;
  try {
    wanted = read(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  if (wanted.help) {
    process.stdout.write(help);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), "hivewire-bench-"));
  try {
    const results = [];
    for (const [name, suite] of Object.entries(suites)) {
      if (!wanted.chosen.includes(name)) continue;
      const result = await suite({
        quick: wanted.quick === true,
        folder,
        only: wanted.only,
        profile: wanted.profile,
        progress: (text) => progress(`${name}: ${text}`),
      });
      progress("");
      results.push(result);
      if (!wanted.json) process.stdout.write(`${textOf(result)}\n\n`);
    }
    if (wanted.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    return 0;
  } catch (error) {
    progress("");
    if (!(error instanceof BenchError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
