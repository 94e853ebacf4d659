// @ts-check
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { BenchError } from "./bench-error.mjs";
import { verdicts } from "./compat-peers.mjs";
import { contractOf, documentOf } from "./contract.mjs";
import { median } from "./timing.mjs";

/** @typedef {Record<string, any>} Schema */

const schemas = new URL("../../../schemas/", import.meta.url);

/** @param {string} path @returns {Promise<Schema>} */
const read = async (path) => JSON.parse(await readFile(fileURLToPath(new URL(path, schemas)), "utf8"));

/** A copy with some places changed. @param {Schema} schema @param {(copy: Schema) => void} change */
function changed(schema, change) {
  const copy = structuredClone(schema);
  change(copy);
  return copy;
}

/** A contract of 150 messages, each with a description that brings the document to 300 kB. */
function large() {
  const document = /** @type {Schema} */ (documentOf(contractOf(120, 30).shapes));
  const missing = Math.max(0, 300_000 - JSON.stringify(document).length);
  const names = Object.keys(document.$defs);
  for (const name of names) document.$defs[name].description = "x".repeat(Math.ceil(missing / names.length));
  return document;
}

/** @param {Schema} schema */
function withBreaks(schema) {
  return changed(schema, (copy) => {
    const messages = Object.values(copy.$defs).filter((definition) => definition["x-sender"]);
    for (const message of messages.slice(0, 3)) {
      const keys = Object.keys(message.properties).filter((key) => key !== "type");
      message.properties[keys[0] ?? "data"] = { type: "boolean" };
    }
    for (const message of messages.slice(-3)) message.properties.added = { type: "string" };
  });
}

/** Time to compile both schemas with Ajv, which whoever compares by validators pays first. @param {readonly Schema[]} both */
function compileBoth(both) {
  const start = performance.now();
  for (const schema of both)
    new Ajv2020.default({ strict: false, logger: false, validateFormats: false }).compile(schema);
  return performance.now() - start;
}

/** @param {import("./result.mjs").Setting} setting @returns {Promise<import("./result.mjs").Result>} */
export async function compat({ quick, folder, progress }) {
  const { compareContracts } = await import("@hivewire/compat").catch(() => {
    throw new BenchError("packages/compat/dist is missing. Please run `pnpm build` first.");
  });
  const { readModel } = await import("@hivewire/codegen");
  const own = await read("ws_messages.schema.json");
  const big = large();
  const cases = [
    {
      title: "ws_messages, against 1.0.0",
      bar: 300,
      older: await read("versions/1.0.0/ws_messages.schema.json"),
      newer: own,
    },
    { title: "ws_messages, six breaks", bar: 300, older: own, newer: withBreaks(own) },
    { title: "150 messages, 300 kB, unchanged", bar: 3000, older: big, newer: changed(big, () => {}) },
    { title: "150 messages, 300 kB, six breaks", bar: 3000, older: big, newer: withBreaks(big) },
  ];
  const rounds = quick ? 3 : 9;
  const rows = cases.map(({ title, bar, older, newer }) => {
    progress(title);
    const times = [];
    const compiled = [];
    let found = "";
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const [a, b] = [older, newer].map((schema) =>
        readModel({ text: JSON.stringify(schema), file: "a.schema.json" }),
      );
      if (!a || !b) throw new BenchError("There is nothing to compare.");
      const { changes, bump } = compareContracts({ model: a, label: "old" }, { model: b, label: "new" });
      times.push(performance.now() - start);
      compiled.push(compileBoth([older, newer]));
      found = `${changes.filter(({ verdict }) => verdict !== "compatible").length} breaking of ${changes.length} changes, ${bump}`;
    }
    return {
      title,
      bar,
      first: times[0] ?? Number.NaN,
      ms: median(times),
      share: median(times) / median(compiled),
      found,
    };
  });
  return {
    suite: "compat",
    about: [
      `Node ${process.version}; two schemas read and compared in one process, witnesses confirmed: the first time, and the median of ${rounds}.`,
    ],
    sections: [
      {
        title: "time",
        unit: "ms",
        columns: ["first", "median"],
        rows: rows.map(({ title, first, ms, found }) => ({ title, values: [first, ms], note: found })),
      },
      {
        title: "time ÷ compiling both schemas with Ajv",
        unit: "ratio",
        columns: ["ratio"],
        rows: rows.map(({ title, share }) => ({ title, values: [share] })),
      },
      await verdicts(folder),
    ],
    bars: rows.map(({ title, ms, bar }) => ({ title, measured: ms, bar, unit: " ms" })),
  };
}
