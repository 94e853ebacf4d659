import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maxHintMs,
  defaultReconnectPolicy as policy,
  type ReconnectHint,
  reconnectDelay,
} from "../src/reconnect-policy.js";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: 5_000 });

describe("reconnectDelay", () => {
  const rows: readonly [
    title: string,
    attempt: number,
    random: number,
    hint: ReconnectHint,
    wantMs: number,
  ][] = [
    ["lets the first attempt start at once at best", 1, 0, {}, 0],
    ["spreads the first attempt over 5 s", 1, 0.5, {}, 2_500],
    ["gives the second attempt 1 s at least", 2, 0, {}, 1_000],
    ["gives the second attempt 2 s at most", 2, 1, {}, 2_000],
    ["doubles the ceiling", 3, 1, {}, 4_000],
    ["stops doubling at 10 s", 9, 1, {}, 10_000],
    ["widens the first spread to the server's", 1, 0.5, { spreadMs: 20_000 }, 10_000],
    ["keeps its own spread when the server's is smaller", 1, 0.5, { spreadMs: 100 }, 2_500],
    ["widens later attempts too", 2, 1, { spreadMs: 20_000 }, 20_000],
    ["adds the spread to the floor", 1, 0.5, { floorMs: 30_000 }, 32_500],
    ["cuts a hint that would keep the client away", 1, 1, { spreadMs: 1e15 }, maxHintMs],
    ["ignores a hint that is no duration", 1, 1, { spreadMs: -5, floorMs: Number.NaN }, 5_000],
  ];
  it.each(rows)("%s", (_title, attempt, random, hint, wantMs) => {
    expect(reconnectDelay(policy, attempt, random, hint)).toBe(wantMs);
  });

  it("stays within its bounds for every attempt", () => {
    fc.assert(
      fc.property(attempts, chance, (attempt, random) => {
        const delay = reconnectDelay(policy, attempt, random, {});
        expect(delay).toBeGreaterThanOrEqual(attempt === 1 ? 0 : 1_000);
        expect(delay).toBeLessThanOrEqual(attempt === 1 ? 5_000 : 10_000);
      }),
    );
  });

  it("never goes below the server's floor and never beyond what a timer can run", () => {
    const hint = fc.record({ spreadMs: fc.double(), floorMs: fc.double({ min: 0, noNaN: true }) });
    fc.assert(
      fc.property(attempts, chance, hint, (attempt, random, given) => {
        const delay = reconnectDelay(policy, attempt, random, given);
        expect(delay).toBeGreaterThanOrEqual(Math.min(given.floorMs, maxHintMs));
        expect(delay).toBeLessThanOrEqual(2 * maxHintMs);
      }),
    );
  });
});
