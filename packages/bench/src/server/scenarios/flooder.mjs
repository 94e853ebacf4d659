// @ts-check
import { attack } from "../attack.mjs";
import { bareWs, referenceServer } from "../contenders.mjs";
import { percentileMs } from "../histogram.mjs";
import { measure } from "../load.mjs";
import { disturbance, interleave, middle, sum } from "../rounds.mjs";
import { startServer } from "../start-server.mjs";

const victims = 249;
const perSecond = 10;

/** @type {import("../server.mjs").Scenario} */
export const flooder = {
  title: `${victims} clients × ${perSecond} requests/s beside one that sends as fast as it can`,
  async run({ programs, quick, profile, progress }) {
    const seconds = quick ? 2 : 4;
    const found = await interleave([referenceServer, bareWs], quick ? 1 : 3, async (contender) => {
      progress(contender.title);
      const isOurs = contender === referenceServer;
      const server = await startServer(contender, { profile: isOurs ? profile : undefined });
      try {
        const load = { clients: victims, rate: perSecond, seconds };
        const calm = await measure(programs.load, server, contender, load);
        /** @type {Awaited<ReturnType<typeof attack>> | undefined} */
        let flood;
        const opened = async () => {
          flood = await attack(programs.attack, server.port, contender, {
            role: "flood",
            seconds: seconds + 1.4,
          });
        };
        const flooded = await measure(programs.load, server, contender, load, { opened });
        const attacker = await flood?.over();
        return { calm, flooded, attacker };
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      ...disturbance(rounds.map(({ calm }) => calm)),
      values: [
        middle(rounds, ({ calm }) => percentileMs(calm.histogram, 0.95)),
        middle(rounds, ({ flooded }) => percentileMs(flooded.histogram, 0.95)),
        middle(rounds, ({ calm }) => calm.cpuShare),
        middle(rounds, ({ flooded }) => flooded.cpuShare),
        sum(rounds, ({ flooded }) => flooded.sent - flooded.delivered),
        middle(rounds, ({ attacker }) => attacker?.bytes ?? Number.NaN),
        middle(rounds, ({ attacker }) => attacker?.closed ?? Number.NaN),
      ],
    }));
    const [calm = Number.NaN, flooded = Number.NaN, cpu = Number.NaN, floodedCpu = Number.NaN] =
      rows[0]?.values ?? [];
    return {
      section: {
        title: `flooder: p95 of ${victims} clients × ${perSecond} requests/s, without and with a flooder`,
        unit: ["ms", "ms", "share", "share", "count", "bytes", "count"],
        columns: ["p95", "flooded", "CPU", "flooded", "lost", "flood", "closed"],
        rows,
      },
      bars: [
        { title: "p95 with ÷ without a flooder", measured: flooded / calm, bar: 1.25 },
        { title: "CPU added", measured: (floodedCpu - cpu) * 100, bar: 5, unit: " points" },
      ],
    };
  },
};
