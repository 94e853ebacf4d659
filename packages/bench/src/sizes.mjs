// @ts-check
import { join } from "node:path";
import { browserBytes } from "./bundle.mjs";
import { firstLine, loadCodegen, writeGenerated } from "./codegen.mjs";
import { contractOf, documentOf } from "./contract.mjs";
import { hivewireErrors, hivewireOne, hivewireVerdicts } from "./peers/hivewire.mjs";
import { peers } from "./peers/index.mjs";

/** Messages of the server and of the client: all of them count here. */
const contracts = [
  { title: "14 small", ...smallest(14) },
  { title: "14 types", shapes: contractOf(10, 4).shapes },
  { title: "100 types", shapes: contractOf(80, 20).shapes },
];

/** The messages with the fewest fields: about as much as peers' own comparisons decide. */
function smallest(/** @type {number} */ count) {
  const { shapes } = contractOf(80, 20);
  const byFields = shapes.toSorted((a, b) => Object.keys(a.fields).length - Object.keys(b.fields).length);
  return { shapes: byFields.slice(0, count) };
}

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
  for (const { title, shapes } of contracts) {
    const generated = await writeGenerated(loaded, documentOf(shapes), join(folder, `sizes-${title}`));
    made.push({ shapes, generated });
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
      ({ shapes, generated }) =>
        () =>
          browserBytes(hivewireOne(generated, shapes[0]?.name ?? "")),
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
        columns: contracts.map(({ title }) => title),
        rows,
      },
    ],
    bars: [
      ...["14 small", "14 types"].flatMap((title, index) => [
        { title: `verdict, ${title}`, measured: (verdict[index] ?? Number.NaN) / 1_000, bar: 1, unit: " kB" },
        {
          title: `with errors, ${title}`,
          measured: (errors[index] ?? Number.NaN) / 1_000,
          bar: 3,
          unit: " kB",
        },
      ]),
      { title: "with errors, 100 types", measured: (errors[2] ?? Number.NaN) / 1_000, bar: 12, unit: " kB" },
    ],
  };
}
