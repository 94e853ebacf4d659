// @ts-check
// One process measures one module: no other library has run in it.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { makeAndUse, planOf } from "./timing.mjs";

/** @typedef {import("./frames.mjs").Cell} Cell */
/** @typedef {{ readonly valid: (value: unknown) => boolean, readonly explain: (value: unknown) => string }} Subject */
/**
 * What one process found: frames on whose verdict the library differs, or the times of each cell.
 * @typedef {{ readonly key: string, readonly accepted: boolean | null, readonly parseNs: number, readonly checkNs: number }} CellTime
 * @typedef {{ readonly wrong: readonly string[], readonly cells: readonly CellTime[] }} ChildResult
 */

/** What everything that was measured flows into, so that none of it can be left out. */
let sink = 0;

/** @param {Subject} subject @param {string} text @param {boolean | null} accepted @returns {string | undefined} */
function faultOf({ valid, explain }, text, accepted) {
  const start = text.length > 120 ? `${text.slice(0, 60)}…${text.slice(-40)}` : text;
  const value = JSON.parse(text);
  try {
    const verdict = valid(value);
    if (verdict !== (explain(value) === "")) return `explains otherwise than it decides: ${start}`;
    if (accepted === null || verdict === accepted) return undefined;
    return `${verdict ? "accepts" : "refuses"} ${start}`;
  } catch (error) {
    return `throws ${String(error).slice(0, 100)} on ${start}`;
  }
}

/** Text that is parsed, then checked, between two looks at the clock: enough to count, little enough for the caches. */
const roundBytes = 16_000;

/**
 * @param {Subject} subject @param {Cell} cell @param {boolean} quick
 * @param {boolean} always times the error path of accepted frames too
 * @returns {import("./child.mjs").CellTime}
 */
function timesOf({ valid, explain }, { key, accepted, texts }, quick, always) {
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const round = Array.from({ length: Math.ceil(roundBytes / bytes) }, () => texts).flat();
  const values = round.map(() => /** @type {unknown} */ (undefined));
  const parse = () => {
    for (let index = 0; index < round.length; index++) values[index] = JSON.parse(round[index] ?? "");
    return values;
  };
  const check = (/** @type {readonly unknown[]} */ made) => {
    for (const value of made) sink += valid(value) ? 1 : 0;
  };
  const refuse = (/** @type {readonly unknown[]} */ made) => {
    for (const value of made) sink += explain(value).length;
  };
  const plan = planOf(quick);
  // V8 optimises each message's function by how often that one ran: a hundred need their share of the warm-up.
  const warmNs = plan.warmNs * Math.max(1, texts.length / 14);
  const { make, use } = makeAndUse(parse, accepted && !always ? check : refuse, { ...plan, warmNs });
  return { key, accepted, parseNs: make / round.length, checkNs: use / round.length };
}

/** @typedef {{ readonly module: string, readonly cells: string, readonly mode: "verdicts" | "times" | "errors", readonly quick: boolean }} Task */

const [, , taskText = "{}"] = process.argv;
/** @type {Task} */
const task = JSON.parse(taskText);
/** @type {Subject} */
const subject = await import(pathToFileURL(task.module).href);
/** @type {readonly Cell[]} */
const cells = JSON.parse(readFileSync(task.cells, "utf8"));
const wrong =
  task.mode === "times"
    ? []
    : cells.flatMap(({ accepted, texts }) => texts.flatMap((text) => faultOf(subject, text, accepted) ?? []));
const measured = task.mode !== "verdicts" && wrong.length === 0;
const times = measured ? cells.map((cell) => timesOf(subject, cell, task.quick, task.mode === "errors")) : [];
process.stdout.write(JSON.stringify({ wrong, cells: times, sink }));
