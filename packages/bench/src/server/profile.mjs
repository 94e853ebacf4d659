// @ts-check
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Functions that a table names. */
const shown = 20;

/** The end of a run, in milliseconds: loading modules and compiling them are over by then. */
const lastMs = 2_500;

/** The part of a CPU profile of V8 that is read here (`node --cpu-prof`). @typedef {{ readonly nodes: readonly { readonly id: number, readonly callFrame: { readonly functionName: string, readonly url: string, readonly lineNumber: number } }[], readonly samples: readonly number[], readonly timeDeltas: readonly number[] }} Profile */

/** @param {Profile["nodes"][number]["callFrame"]} frame */
function nameOf({ functionName, url, lineNumber }) {
  const name = functionName === "" ? "(anonymous)" : functionName;
  const place = url.replace(/^file:\/\//, "").replace(/^.*\/(?:packages|node_modules)\//, "");
  return place === "" ? name : `${name} ${place}:${lineNumber + 1}`;
}

/**
 * The functions that took most time themselves, callees not counted, as shares of the time that was not idle.
 * @param {Profile} profile @param {number} most how many @param {number} lastUs of the profile, in microseconds
 * @returns {readonly { readonly name: string, readonly share: number }[]}
 */
export function heaviest({ nodes, samples, timeDeltas }, most, lastUs) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  /** @type {Map<string, number>} */
  const times = new Map();
  let busy = 0;
  let left = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? "?";
    const time = timeDeltas[index] ?? 0;
    left -= time;
    if (name === "(idle)" || left >= lastUs) continue;
    busy += time;
    times.set(name, (times.get(name) ?? 0) + time);
  }
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, time]) => ({ name, share: time / busy }));
}

/**
 * The heaviest functions of the last profile in a folder; undefined when there is none.
 * @param {string} folder @param {string} scenario
 * @returns {Promise<import("../result.mjs").Section | undefined>}
 */
export async function profileSection(folder, scenario) {
  const files = await readdir(folder).catch(() => []);
  const last = files
    .filter((file) => file.endsWith(".cpuprofile"))
    .sort()
    .at(-1);
  if (last === undefined) return undefined;
  /** @type {Profile} */
  const profile = JSON.parse(await readFile(join(folder, last), "utf8"));
  return {
    title: `${scenario}: what hivewire's own time went to in the last ${lastMs} ms, callees not counted`,
    unit: "share",
    columns: ["of busy time"],
    rows: heaviest(profile, shown, lastMs * 1_000).map(({ name, share }) => ({
      title: name,
      values: [share],
    })),
  };
}
