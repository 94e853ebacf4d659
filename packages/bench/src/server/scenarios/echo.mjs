// @ts-check
import { bareWs, referenceServer, referenceServerWithoutFlag, socketIo } from "../contenders.mjs";
import { percentileMs } from "../histogram.mjs";
import { measure } from "../load.mjs";
import { disturbance, interleave, middle, sum } from "../rounds.mjs";
import { startServer } from "../start-server.mjs";

const few = 25;
const many = 250;
const perSecond = 10;

/** What Prometheus reads; an answer of any kind will do. @param {number} port */
async function scrape(port) {
  const response = await fetch(`http://127.0.0.1:${port}/api/dashboard/metrics/websockets`, {
    signal: AbortSignal.timeout(5_000),
  });
  await response.arrayBuffer();
}

/** @type {import("../server.mjs").Scenario} */
export const echo = {
  title: `${many} clients × ${perSecond} requests/s, each answered`,
  async run({ programs, quick, profile, progress }) {
    const contenders = [referenceServer, referenceServerWithoutFlag, bareWs, socketIo];
    const found = await interleave(contenders, quick ? 1 : 5, async (contender) => {
      progress(contender.title);
      const server = await startServer(contender, {
        env: { LOG_LEVEL: "info" },
        profile: contender === referenceServer ? profile : undefined,
      });
      try {
        const load = { rate: perSecond, seconds: quick ? 1 : 3 };
        const quiet = await measure(programs.load, server, contender, { ...load, clients: few });
        const busy = await measure(
          programs.load,
          server,
          contender,
          { ...load, clients: many },
          { opened: () => scrape(server.port) },
        );
        return { quiet, busy };
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      ...disturbance(rounds.map(({ busy }) => busy)),
      values: [
        ...[0.5, 0.95, 0.99].map((share) =>
          middle(rounds, ({ busy }) => percentileMs(busy.histogram, share)),
        ),
        middle(rounds, ({ quiet }) => percentileMs(quiet.histogram, 0.95)),
        middle(rounds, ({ busy }) => busy.cpuShare),
        middle(rounds, ({ busy }) => busy.rss),
        sum(rounds, ({ busy }) => busy.sent - busy.delivered),
      ],
    }));
    const [, p95 = Number.NaN, , p95Few = Number.NaN, , rss = Number.NaN, lost = Number.NaN] =
      rows[0]?.values ?? [];
    return {
      section: {
        title: `echo: ${many} clients × ${perSecond} requests/s`,
        unit: ["ms", "ms", "ms", "ms", "share", "MB", "count"],
        columns: ["p50", "p95", "p99", `p95 of ${few}`, "CPU", "RSS", "lost"],
        rows,
      },
      bars: [
        { title: "p95", measured: p95, bar: 1, unit: " ms" },
        { title: `p95 ÷ p95 of ${few} clients`, measured: p95 / p95Few, bar: 1.1 },
        { title: "RSS", measured: rss, bar: 75, unit: " MB" },
        { title: "lost", measured: lost, bar: 0 },
      ],
    };
  },
};
