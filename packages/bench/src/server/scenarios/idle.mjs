// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { bareWs, referenceServer, referenceServerWithoutFlag, socketIo } from "../contenders.mjs";
import { argsOf } from "../load.mjs";
import { rssMegabytes } from "../proc.mjs";
import { startProgram } from "../program.mjs";
import { interleave, middle } from "../rounds.mjs";
import { loadCore, startServer } from "../start-server.mjs";

/** Connections that are open in the end, one look after the other. */
const sizes = [0, 250, 1_000, 10_000];

/** Connections from one address of the loopback: few enough for the bounds that a server has by default. */
const perAddress = 250;

/** Time that a server gets before it is looked at, in milliseconds. */
const settleMs = 3_000;

/**
 * Resident memory at each size, in MB.
 * @param {string} program @param {import("../contenders.mjs").Contender} contender
 */
async function memoryOf(program, contender) {
  const server = await startServer(contender);
  const loads = [];
  const looks = [];
  let refused = 0;
  try {
    for (const [index, size] of sizes.entries()) {
      const clients = size - (sizes[index - 1] ?? 0);
      if (clients > 0) {
        const { protocol, path } = contender;
        const addresses = Math.ceil(clients / perAddress);
        const args = { core: loadCore, port: server.port, path, protocol, clients, addresses, warm: 600 };
        const load = await startProgram(program, argsOf(args));
        loads.push(load);
        const [, missing] = await load.line(/^open (\d+)$/);
        refused += Number(missing);
      }
      await sleep(settleMs);
      looks.push(await rssMegabytes(server.pid));
    }
    return { looks, refused };
  } finally {
    await Promise.all(loads.map((load) => load.stop()));
    await server.stop();
  }
}

/** @type {import("../server.mjs").Scenario} */
export const idle = {
  title: `memory of ${sizes.join(", ")} connections that do nothing`,
  async run({ programs, quick, progress }) {
    const contenders = [referenceServer, referenceServerWithoutFlag, bareWs, socketIo];
    const found = await interleave(contenders, quick ? 1 : 2, async (contender) => {
      progress(contender.title);
      return memoryOf(programs.load, contender);
    });
    const rows = [...found].map(([{ title }, rounds]) => ({
      title,
      values: [
        ...sizes.map((_, index) => middle(rounds, ({ looks }) => looks[index] ?? Number.NaN)),
        rounds.reduce((all, { refused }) => all + refused, 0),
      ],
    }));
    return {
      section: {
        title: "idle: RSS by the number of open connections",
        unit: [...sizes.map(() => /** @type {const} */ ("MB")), "count"],
        columns: [...sizes.map((size) => size.toLocaleString("en")), "refused"],
        rows,
      },
      bars: [
        {
          title: `RSS of ${sizes.at(-1)?.toLocaleString("en")}`,
          measured: rows[0]?.values[sizes.length - 1] ?? Number.NaN,
          bar: 130,
          unit: " MB",
        },
        { title: "refused", measured: rows[0]?.values[sizes.length] ?? Number.NaN, bar: 0 },
      ],
    };
  },
};
