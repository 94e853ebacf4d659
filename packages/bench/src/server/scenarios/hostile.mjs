// @ts-check
import { attack } from "../attack.mjs";
import { bareWs, engine, referenceServer } from "../contenders.mjs";
import { measure } from "../load.mjs";
import { peakMegabytes, resetPeak, rssMegabytes } from "../proc.mjs";
import { interleave, middle } from "../rounds.mjs";
import { startServer } from "../start-server.mjs";

const unread = { role: "unread", bytes: 10_000_000 };

/** Rates so high that only the bound on what waits protects. */
const unlimited = {
  rateTokensPerSecond: 100_000,
  rateBurst: 1_000_000,
  rateBytesPerSecond: 1_000_000_000,
  rateBytesBurst: 1_000_000_000,
};

/** The table of attacks. @type {readonly { readonly title: string, readonly values: Readonly<Record<string, string | number>>, readonly limits?: Readonly<Record<string, number>> }[]} limits: of the engine in a script, instead of the reference server */
const attacks = [
  { title: "10 MB of requests, replies never read", values: unread },
  { title: "the same, without rate limits", values: unread, limits: unlimited },
  { title: "pings (RFC 6455), pongs never read", values: { role: "pings" } },
  { title: "one message of endless fragments", values: { role: "fragments" } },
  { title: "500 handshakes, a byte each 100 ms", values: { role: "drip", sockets: 500 } },
];

/** @type {import("../server.mjs").Scenario} */
export const hostile = {
  title: "memory that clients without manners cost",
  async run({ programs, quick, progress }) {
    const subjects = attacks.flatMap((row) =>
      [row.limits ? engine : referenceServer, bareWs].map((contender) => ({ ...row, contender })),
    );
    const found = await interleave(subjects, quick ? 1 : 2, async ({ title, values, limits, contender }) => {
      progress(`${contender.title}, ${title}`);
      const server = await startServer(contender, {
        env: { BENCH_LIMITS: JSON.stringify(limits ?? {}) },
      });
      try {
        // What a server needs for its usual work is there before the attack.
        await measure(programs.load, server, contender, { clients: 25, rate: 10, seconds: 1 });
        const before = await rssMegabytes(server.pid);
        await resetPeak(server.pid);
        const seconds = quick ? 3 : 5;
        const attacker = await attack(programs.attack, server.port, contender, { ...values, seconds });
        const report = await attacker.over();
        return { ...report, grown: (await peakMegabytes(server.pid)) - before };
      } finally {
        await server.stop();
      }
    });
    const rows = [...found].map(([{ title, contender }, rounds]) => ({
      title: `${contender.title}: ${title}`,
      isOurs: contender !== bareWs,
      attack: title,
      values: [
        middle(rounds, ({ grown }) => grown),
        middle(rounds, ({ bytes }) => bytes),
        middle(rounds, ({ opened }) => opened),
        middle(rounds, ({ closed }) => closed),
      ],
    }));
    return {
      section: {
        title:
          "hostile: largest growth of RSS; bytes that the attacker got rid of, connections opened and closed on it",
        unit: ["MB", "bytes", "count", "count"],
        columns: ["grown", "written", "opened", "closed"],
        rows,
      },
      bars: rows
        .filter(({ isOurs }) => isOurs)
        .map((row) => ({ title: row.attack, measured: row.values[0] ?? Number.NaN, bar: 16, unit: " MB" })),
    };
  },
};
