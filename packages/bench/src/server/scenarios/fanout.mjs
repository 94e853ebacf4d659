// @ts-check
import { bareWs, engine, socketIo } from "../contenders.mjs";
import { percentileMs } from "../histogram.mjs";
import { argsOf, measure } from "../load.mjs";
import { startProgram } from "../program.mjs";
import { disturbance, interleave, middle, sum } from "../rounds.mjs";
import { serverCore, startServer } from "../start-server.mjs";

const subscribers = 1_000;
/** Few enough that every frame finds the server idle and goes out alone. */
const perSecond = 40;
/** What a frame of hivewire has on the wire until one was measured, in bytes. */
const expectedBytes = 230;

/** @type {import("../contenders.mjs").Contender} */
const floor = { ...bareWs, title: "write(2) in C", script: "" };

/** @param {string} program @param {number} bytes */
async function startFloor(program, bytes) {
  const values = { core: serverCore, clients: subscribers, rate: perSecond, bytes };
  const started = await startProgram(program, argsOf(values));
  const [, port] = await started.line(/^listening (\d+)$/);
  return { ...started, port: Number(port) };
}

/** @type {import("../server.mjs").Scenario} */
export const fanout = {
  title: `one frame to ${subscribers} subscribers, again and again`,
  async run({ programs, quick, profile, progress }) {
    let bytes = expectedBytes;
    const found = await interleave([engine, floor, bareWs, socketIo], quick ? 1 : 6, async (contender) => {
      progress(contender.title);
      const server =
        contender === floor
          ? await startFloor(programs.floor, bytes)
          : await startServer(contender, {
              rate: perSecond,
              profile: contender === engine ? profile : undefined,
            });
      try {
        const load = { clients: subscribers, addresses: 4, warm: quick ? 1 : 2, seconds: quick ? 2 : 4 };
        const measured = await measure(programs.load, server, contender, load, {
          opened: () => server.tell("publish"),
        });
        if (contender === engine) bytes = Math.round(measured.bytes / measured.delivered);
        return measured;
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      ...disturbance(rounds),
      values: [
        middle(rounds, ({ cpuMs, arrived }) => (cpuMs * 1_000) / arrived),
        ...[0.5, 0.95].map((share) => middle(rounds, ({ histogram }) => percentileMs(histogram, share))),
        middle(rounds, (round) => Math.round(round.bytes / round.delivered)),
        sum(rounds, ({ gaps, doubles }) => gaps + doubles),
      ],
    }));
    const [ours, least, ws, sio] = rows.map(({ values }) => values[0] ?? Number.NaN);
    const own = ours ?? Number.NaN;
    return {
      section: {
        title: `fanout: one frame to ${subscribers} subscribers, ${perSecond} times a second; CPU time of the server per delivery`,
        unit: ["us", "ms", "ms", "count", "count"],
        columns: ["per delivery", "p50", "p95", "bytes", "lost"],
        rows,
      },
      bars: [
        { title: "÷ write(2) in C", measured: own / (least ?? Number.NaN), bar: 1.25 },
        { title: "÷ ws", measured: own / (ws ?? Number.NaN), bar: 0.99 },
        { title: "÷ socket.io", measured: own / (sio ?? Number.NaN), bar: 0.99 },
      ],
    };
  },
};
