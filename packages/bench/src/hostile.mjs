// @ts-check
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleTo } from "./bundle.mjs";
import { firstLine, writeGenerated } from "./codegen.mjs";
import { hostileDocument, hostileFrames } from "./hostile-frames.mjs";
import { wholeDocument } from "./peers/ajv.mjs";
import { hivewire } from "./peers/hivewire.mjs";
import { runChild } from "./run-child.mjs";
import { median, ratio } from "./timing.mjs";

/** @typedef {{ readonly title: string, readonly module: string, readonly values: Map<string, number[]>, readonly faults: Map<string, string>, broken?: string }} Subject */

/** The share of parsing that deciding about a hostile frame may cost. */
const hostileBar = 0.1;

const cells = hostileFrames.map(({ name, accepted, text }) => ({ key: name, accepted, texts: [text] }));

/** @param {string} folder @param {import("./codegen.mjs").Loaded} loaded @returns {Promise<Subject[]>} */
async function prepareSubjects(folder, loaded) {
  /** @type {readonly { readonly title: string, readonly source: () => string | Promise<string> }[]} */
  const recipes = [
    {
      title: "hivewire",
      source: async () =>
        hivewire(await writeGenerated(loaded, hostileDocument, join(folder, "gen-hostile")), "client"),
    },
    { title: "Ajv standalone, plain oneOf", source: () => wholeDocument(hostileDocument) },
  ];
  return Promise.all(
    recipes.map(async ({ title, source }, index) => {
      const module = join(folder, `hostile-${index}.mjs`);
      const subject = { title, module, values: new Map(), faults: new Map() };
      try {
        await bundleTo(await source(), module);
        return subject;
      } catch (error) {
        return { ...subject, broken: firstLine(error) };
      }
    }),
  );
}

/** @param {Subject} subject @param {string} folder @param {boolean} quick one frame per process: a slow one spoils no other */
async function measure({ module, values, faults }, folder, quick) {
  for (const [index, cell] of cells.entries()) {
    const file = join(folder, `hostile-cell-${index}.json`);
    await writeFile(file, JSON.stringify([cell]));
    const { wrong, cells: times } = await runChild({ module, cells: file, mode: "errors", quick });
    const [fault] = wrong;
    if (fault !== undefined) faults.set(cell.key, fault);
    for (const { key, parseNs, checkNs } of times) {
      values.set(key, [...(values.get(key) ?? []), ratio(checkNs, parseNs)]);
    }
  }
}

/**
 * Frames made to be expensive: verdict and error of each, beside parsing it.
 * @param {import("./result.mjs").Setting} setting
 * @param {import("./codegen.mjs").Loaded} loaded
 * @returns {Promise<{ section: import("./result.mjs").Section, bars: readonly import("./table.mjs").Bar[] }>}
 */
export async function hostileSection({ quick, folder, progress }, loaded) {
  const subjects = await prepareSubjects(folder, loaded);
  const rounds = quick ? 1 : 7;
  for (let round = 1; round <= rounds; round++) {
    for (const subject of subjects) {
      if (subject.broken !== undefined) continue;
      progress(`round ${round} of ${rounds}: hostile frames, ${subject.title}`);
      await measure(subject, folder, quick);
    }
  }
  const value = (/** @type {Subject} */ { values, faults }, /** @type {string} */ key) =>
    faults.has(key) ? Number.NaN : median(values.get(key) ?? []);
  const rows = hostileFrames.map(({ name }, row) => {
    const notes = subjects.flatMap(({ title, faults, broken }) => {
      const fault = faults.get(name) ?? (row === 0 ? broken : undefined);
      return fault === undefined ? [] : [`${title} ${fault}`];
    });
    const values = subjects
      .map((subject) => value(subject, name))
      .map((found) => (Number.isNaN(found) ? null : found));
    return { title: name, values, ...(notes.length === 0 ? {} : { note: notes.join("; ") }) };
  });
  const own = subjects.slice(0, 1);
  return {
    section: {
      title: "hostile frames: verdict and error ÷ JSON.parse of the same frame",
      unit: "ratio",
      columns: subjects.map(({ title }) => title),
      rows,
    },
    bars: hostileFrames.flatMap(({ name }) =>
      own.map((subject) => ({ title: `hostile: ${name}`, measured: value(subject, name), bar: hostileBar })),
    ),
  };
}
