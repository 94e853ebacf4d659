// @ts-check
import { bareWs, engine, socketIo } from "../contenders.mjs";
import { percentileMs } from "../histogram.mjs";
import { measure } from "../load.mjs";
import { disturbance, interleave, middle, sum } from "../rounds.mjs";
import { startServer } from "../start-server.mjs";

const subscribers = 250;
const perSecond = 2_500;

/** @type {import("../server.mjs").Scenario} */
export const room = {
  title: `${perSecond} frames/s to ${subscribers} subscribers, published in the server's process`,
  async run({ programs, quick, profile, progress }) {
    const found = await interleave([engine, bareWs, socketIo], quick ? 1 : 5, async (contender) => {
      progress(contender.title);
      const server = await startServer(contender, {
        rate: perSecond,
        profile: contender === engine ? profile : undefined,
      });
      try {
        const load = { clients: subscribers, warm: quick ? 1 : 2, seconds: quick ? 2 : 4 };
        return await measure(programs.load, server, contender, load, {
          opened: () => server.tell("publish"),
        });
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      ...disturbance(rounds),
      values: [
        middle(rounds, ({ arrived, seconds }) => Math.round(arrived / seconds)),
        ...[0.5, 0.95, 0.99].map((share) =>
          middle(rounds, ({ histogram }) => percentileMs(histogram, share)),
        ),
        middle(rounds, ({ cpuShare }) => cpuShare),
        middle(rounds, ({ rss }) => rss),
        sum(rounds, ({ gaps, doubles }) => gaps + doubles),
        sum(rounds, ({ gone, refused }) => gone + refused),
      ],
    }));
    const [
      reached = Number.NaN,
      ,
      p95 = Number.NaN,
      ,
      cpu = Number.NaN,
      rss = Number.NaN,
      lost = Number.NaN,
    ] = rows[0]?.values ?? [];
    return {
      section: {
        title: `room: ${perSecond} frames/s × ${subscribers} subscribers`,
        unit: ["count", "ms", "ms", "ms", "share", "MB", "count", "count"],
        columns: ["deliveries/s", "p50", "p95", "p99", "CPU", "RSS", "lost", "closed"],
        rows,
      },
      bars: [
        // The generator's window cuts a flush at both ends.
        { title: "deliveries/s", measured: reached, bar: perSecond * subscribers * 0.99, atLeast: true },
        { title: "p95", measured: p95, bar: 15, unit: " ms" },
        { title: "CPU", measured: cpu * 100, bar: 35, unit: " %" },
        { title: "RSS", measured: rss, bar: 80, unit: " MB" },
        { title: "lost", measured: lost, bar: 0 },
      ],
    };
  },
};
