// @ts-check
import { median } from "../timing.mjs";

/**
 * Measures every subject once per round, one after the other, so that what slows the machine down for a while slows all of them.
 * @template S, R
 * @param {readonly S[]} subjects @param {number} rounds @param {(subject: S, round: number) => Promise<R>} run
 * @returns {Promise<Map<S, R[]>>}
 */
export async function interleave(subjects, rounds, run) {
  /** @type {Map<S, R[]>} */
  const found = new Map(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) found.get(subject)?.push(await run(subject, round));
  }
  return found;
}

/** Median of what each round says. @template R @param {readonly R[]} rounds @param {(round: R) => number} value */
export const middle = (rounds, value) => median(rounds.map(value));

/** Sum of what each round says: losses are not averaged away. @template R @param {readonly R[]} rounds @param {(round: R) => number} value */
export const sum = (rounds, value) => rounds.reduce((all, round) => all + value(round), 0);

/** How the note of a row in doubt begins. */
const disturbed = "disturbed";

/** Whether a row carries that note. @param {{ readonly note?: string } | undefined} row */
export const isDisturbed = (row) => row?.note?.startsWith(disturbed) === true;

/** Share of the time that a server may wait for its core before its figures are in doubt. */
const maxWaitShare = 0.01;

/**
 * The note of a row whose server did not have its core to itself, to spread into that row; else nothing.
 * @param {readonly { readonly waitShare: number }[]} rounds
 * @returns {{ readonly note?: string }}
 */
export function disturbance(rounds) {
  const share = middle(rounds, ({ waitShare }) => waitShare);
  if (!(share > maxWaitShare)) return {};
  return { note: `${disturbed}: it waited for its core ${(share * 100).toFixed(1)} % of the time` };
}
