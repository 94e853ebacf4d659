// @ts-check
import { join } from "node:path";
import { browserBytes } from "./bundle.mjs";
import { firstLine, loadCodegen, writeGenerated } from "./codegen.mjs";
import { contractOf, documentOf } from "./contract.mjs";
import { hivewireErrors, hivewireOne, hivewireVerdicts } from "./peers/hivewire.mjs";
import { peers } from "./peers/index.mjs";

/** Messages of the server and of the client: all of them count here. */
const contracts = [
  { types: 14, server: 10, client: 4 },
  { types: 100, server: 80, client: 20 },
];

/** @param {() => Promise<number>} measure @returns {Promise<{ value: number | null, note?: string }>} */
async function attempt(measure) {
  try {
    return { value: await measure() };
  } catch (error) {
    return { value: null, note: firstLine(error) };
  }
}

/** @param {import("./result.mjs").Setting} setting @returns {Promise<import("./result.mjs").Result>} */
export async function sizes({ folder, progress }) {
  const loaded = await loadCodegen(folder);
  const made = [];
  for (const { types, server, client } of contracts) {
    const { shapes } = contractOf(server, client);
    made.push({
      types,
      shapes,
      generated: await writeGenerated(loaded, documentOf(shapes), join(folder, `sizes-${types}`)),
    });
  }
  /** @type {import("./result.mjs").Row[]} */
  const rows = [];
  const add = async (
    /** @type {string} */ title,
    /** @type {readonly (() => Promise<number>)[]} */ measures,
  ) => {
    progress(title);
    const found = [];
    for (const measure of measures) found.push(await attempt(measure));
    const notes = found.flatMap(({ note }) => (note === undefined ? [] : [note]));
    rows.push({
      title,
      values: found.map(({ value }) => value),
      ...(notes.length > 0 ? { note: notes[0] } : {}),
    });
    return found.map(({ value }) => value ?? Number.NaN);
  };
  const verdict = await add(
    "hivewire, verdict",
    made.map(({ generated }) => async () => {
      const code = hivewireVerdicts(generated);
      if (code === undefined) throw new TypeError("the generated module has no guard of a whole direction");
      return browserBytes(code);
    }),
  );
  const errors = await add(
    "hivewire, with errors",
    made.map(
      ({ generated }) =>
        () =>
          browserBytes(hivewireErrors(generated)),
    ),
  );
  await add(
    "hivewire, one message's guard",
    made.map(
      ({ generated }) =>
        () =>
          browserBytes(hivewireOne(generated, "AgentUpdate")),
    ),
  );
  for (const { id, title, source } of peers) {
    if (id.startsWith("hivewire") || id === "zod-jitless") continue;
    for (const [name, exported] of /** @type {const} */ ([
      ["verdict", "valid"],
      ["with errors", "explain"],
    ])) {
      await add(
        `${title}, ${name}`,
        made.map(
          ({ shapes, generated }) =>
            () =>
              browserBytes(source(shapes, generated), exported),
        ),
      );
    }
  }
  return {
    suite: "sizes",
    about: [
      "Minified with esbuild for browsers (ESM, ES2022), then gzip level 9; 1 kB is 1,000 bytes.",
      `The generator of hivewire is ${loaded.from}.`,
    ],
    sections: [
      {
        title: "size of what a browser loads to decide about all messages of a contract",
        unit: "bytes",
        columns: contracts.map(({ types }) => `${types} types`),
        rows,
      },
    ],
    bars: [
      { title: "verdict, 14 types", measured: (verdict[0] ?? Number.NaN) / 1_000, bar: 1, unit: " kB" },
      { title: "with errors, 14 types", measured: (errors[0] ?? Number.NaN) / 1_000, bar: 3, unit: " kB" },
      { title: "with errors, 100 types", measured: (errors[1] ?? Number.NaN) / 1_000, bar: 12, unit: " kB" },
    ],
  };
}
