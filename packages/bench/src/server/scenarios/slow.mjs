// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { attack } from "../attack.mjs";
import { bareWs, engine } from "../contenders.mjs";
import { percentileMs } from "../histogram.mjs";
import { measure } from "../load.mjs";
import { socketCount } from "../proc.mjs";
import { disturbance, interleave, middle, sum } from "../rounds.mjs";
import { startServer } from "../start-server.mjs";

const subscribers = 100;
const perSecond = 200;

/** Shorter than the defaults, so that a round is. */
const limits = { heartbeatMs: 4_000, pongTimeoutMs: 4_000 };
/** Time for the closing handshake (`adapters/ws.ts`), which one who does not read never answers. */
const closeMs = 5_000;
const boundSeconds = (limits.heartbeatMs + limits.pongTimeoutMs + closeMs) / 1_000;
/** What looking at it every now and then may add. */
const lookSeconds = 0.5;
const seconds = boundSeconds + 2;

/** Seconds until the server holds fewer sockets than now; NaN when it never does. @param {number} pid */
async function secondsUntilGone(pid) {
  const startedAt = performance.now();
  const before = await socketCount(pid);
  while (performance.now() - startedAt < seconds * 1_000) {
    await sleep(100);
    if ((await socketCount(pid)) < before) return (performance.now() - startedAt) / 1_000;
  }
  return Number.NaN;
}

/** @type {import("../server.mjs").Scenario} */
export const slow = {
  title: `${perSecond} frames/s to ${subscribers} subscribers, one of whom stops reading`,
  async run({ programs, quick, progress }) {
    const found = await interleave([engine, bareWs], quick ? 1 : 2, async (contender) => {
      progress(contender.title);
      const server = await startServer(contender, {
        rate: perSecond,
        env: { BENCH_LIMITS: JSON.stringify(limits) },
      });
      try {
        const load = { clients: subscribers - 1, seconds: quick ? 3 : 8 };
        const opened = () => server.tell("publish");
        const calm = await measure(programs.load, server, contender, load, { opened });
        /** @type {Promise<number> | undefined} */
        let gone;
        const stalled = await measure(
          programs.load,
          server,
          contender,
          { ...load, seconds },
          {
            opened: async () => {
              await attack(programs.attack, server.port, contender, { role: "stall", seconds: seconds + 3 });
              gone = secondsUntilGone(server.pid);
            },
          },
        );
        return { calm, stalled, gone: (await gone) ?? Number.NaN };
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      ...disturbance(rounds.map(({ calm }) => calm)),
      values: [
        middle(rounds, ({ calm }) => percentileMs(calm.histogram, 0.99)),
        middle(rounds, ({ stalled }) => percentileMs(stalled.histogram, 0.99)),
        middle(rounds, ({ gone }) => gone * 1_000),
        middle(rounds, ({ stalled }) => stalled.rss),
        sum(rounds, ({ stalled }) => stalled.gaps + stalled.doubles),
        sum(rounds, ({ stalled }) => stalled.gone),
      ],
    }));
    const [calm = Number.NaN, stalled = Number.NaN, gone = Number.NaN] = rows[0]?.values ?? [];
    return {
      section: {
        title: `slow: p99 of ${subscribers - 1} subscribers at ${perSecond} frames/s, without and with one that does not read (heartbeat ${limits.heartbeatMs} ms, pong within ${limits.pongTimeoutMs} ms)`,
        unit: ["ms", "ms", "ms", "MB", "count", "count"],
        columns: ["p99", "with it", "gone after", "RSS", "lost", "others closed"],
        rows,
      },
      bars: [
        { title: "p99 with ÷ without it", measured: stalled / calm, bar: 1.1 },
        { title: "gone after", measured: gone / 1_000, bar: boundSeconds + lookSeconds, unit: " s" },
      ],
    };
  },
};
