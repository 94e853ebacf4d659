// @ts-check

/** Latencies in microseconds with how often each was seen, ascending. @typedef {readonly (readonly [us: number, count: number])[]} Histogram */

/** How many there are. @param {Histogram} histogram */
export function total(histogram) {
  return histogram.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * The least latency that so large a share was not above, in milliseconds; NaN when there are none.
 * @param {Histogram} histogram @param {number} share 0 to 1
 */
export function percentileMs(histogram, share) {
  const wanted = Math.max(1, Math.ceil(total(histogram) * share - 1e-9));
  let seen = 0;
  for (const [us, count] of histogram) {
    seen += count;
    if (seen >= wanted) return us / 1_000;
  }
  return Number.NaN;
}
