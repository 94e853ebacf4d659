// @ts-check
import { barTable, showKilobytes, showRatio, table } from "./table.mjs";

/** @typedef {"ratio" | "bytes" | "ms" | "count" | "share" | "MB" | "us"} Unit */
/**
 * What a suite found, as numbers; `text` prints it and `--json` hands it on.
 * @typedef {{ readonly title: string, readonly values: readonly (number | null)[], readonly note?: string }} Row
 * note: why values are missing, or what the row stands for; unit: one for all columns, or one for each
 * @typedef {{ readonly title: string, readonly unit: Unit | readonly Unit[], readonly columns: readonly string[], readonly rows: readonly Row[] }} Section
 * @typedef {{ readonly suite: string, readonly about: readonly string[], readonly sections: readonly Section[],
 *   readonly bars: readonly import("./table.mjs").Bar[] }} Result
 */

/**
 * What a suite is given.
 * @typedef {{ readonly quick: boolean, readonly folder: string, readonly progress: (text: string) => void, readonly only?: readonly string[], readonly profile?: string | undefined }} Setting
 * only: scenarios of it, none for all; profile: folder for CPU profiles
 */

const shown = {
  ratio: (/** @type {number} */ value) => showRatio(value),
  bytes: showKilobytes,
  count: (/** @type {number} */ value) => String(value),
  ms: (/** @type {number} */ value) => `${value.toFixed(value < 100 ? 2 : 0)} ms`,
  share: (/** @type {number} */ value) => `${(value * 100).toFixed(1)} %`,
  MB: (/** @type {number} */ value) => `${value.toFixed(1)} MB`,
  us: (/** @type {number} */ value) => `${value.toFixed(2)} µs`,
};

/** @param {Section} section */
function sectionText({ title, unit, columns, rows }) {
  const cells = rows.map((row) => [
    row.title,
    ...columns.map((_, index) => {
      const value = row.values[index];
      const own = typeof unit === "string" ? unit : (unit[index] ?? "count");
      return typeof value === "number" && !Number.isNaN(value) ? shown[own](value) : "–";
    }),
  ]);
  const notes = rows.flatMap(({ title: name, note }) => (note === undefined ? [] : [`  ${name}: ${note}`]));
  return [title, table(["", ...columns], cells), ...notes].join("\n");
}

/** @param {Result} result */
export function textOf({ suite, about, sections, bars }) {
  return [`== ${suite} ==`, about.join("\n"), ...sections.map(sectionText), barTable(bars)].join("\n\n");
}
