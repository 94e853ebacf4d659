// @ts-check

/** @param {readonly number[]} values @returns {number} NaN when there are none */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (low + (sorted[Math.floor(middle)] ?? low)) / 2;
}

/** How many times `whole` goes into `part`. @param {number} part @param {number} whole */
export function ratio(part, whole) {
  return whole > 0 ? part / whole : Number.NaN;
}

/**
 * @typedef {{ readonly warmNs: number, readonly batchNs: number, readonly batches: number }} Plan
 * warmNs: time before anything counts; batchNs: length of one timed batch; batches: how many
 */

/** @param {boolean} quick @returns {Plan} */
export function planOf(quick) {
  return quick ? { warmNs: 50e6, batchNs: 3e6, batches: 9 } : { warmNs: 150e6, batchNs: 8e6, batches: 15 };
}

/**
 * Makes something and uses it, again and again, and times the two apart: each use is of something new,
 * as it is for a receiver of frames, and what slows the machine down for a moment slows both.
 * @template T
 * @param {() => T} make @param {(made: T) => void} use @param {Plan} plan
 * @returns {{ readonly make: number, readonly use: number }} nanoseconds of one run; medians over batches
 */
export function makeAndUse(make, use, { warmNs, batchNs, batches }) {
  /** Runs for at least so long, and once. @param {number} ns */
  const batch = (ns) => {
    let making = 0;
    let using = 0;
    let runs = 0;
    do {
      const start = process.hrtime.bigint();
      const made = make();
      const between = process.hrtime.bigint();
      use(made);
      const end = process.hrtime.bigint();
      making += Number(between - start);
      using += Number(end - between);
      runs++;
    } while (making + using < ns);
    return { make: making / runs, use: using / runs };
  };
  const warm = batch(warmNs);
  const isSlow = warm.make + warm.use > warmNs;
  const times = Array.from({ length: isSlow ? Math.min(3, batches) : batches }, () => batch(batchNs));
  return { make: median(times.map((time) => time.make)), use: median(times.map((time) => time.use)) };
}
