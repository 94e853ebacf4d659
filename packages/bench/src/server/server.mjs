// @ts-check
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { BenchError } from "../bench-error.mjs";
import { compile } from "./compile.mjs";
import { profileSection } from "./profile.mjs";
import { isDisturbed } from "./rounds.mjs";
import { echo } from "./scenarios/echo.mjs";
import { fanout } from "./scenarios/fanout.mjs";
import { flooder } from "./scenarios/flooder.mjs";
import { hostile } from "./scenarios/hostile.mjs";
import { idle } from "./scenarios/idle.mjs";
import { room } from "./scenarios/room.mjs";
import { slow } from "./scenarios/slow.mjs";

/**
 * What a scenario is given.
 * @typedef {{ readonly programs: import("./compile.mjs").Programs, readonly quick: boolean, readonly profile: string | undefined, readonly progress: (text: string) => void }} Stage
 * profile: folder for CPU profiles of hivewire
 */
/**
 * @typedef {object} Scenario
 * @property {string} title
 * @property {(stage: Stage) => Promise<{ readonly section: import("../result.mjs").Section, readonly bars: readonly import("../table.mjs").Bar[] }>} run
 */

/** The table of scenarios. @type {Readonly<Record<string, Scenario>>} */
export const scenarios = { echo, idle, room, fanout, flooder, hostile, slow };

/** @param {import("../result.mjs").Setting} setting @returns {Promise<import("../result.mjs").Result>} */
export async function server({ quick, folder, progress, only = [], profile }) {
  if (process.platform !== "linux" || availableParallelism() < 2) {
    throw new BenchError(
      "Failed to measure servers: that takes Linux and two cores. Please run it on such a machine.",
    );
  }
  const programs = await compile(folder);
  const sections = [];
  const bars = [];
  for (const [name, { run }] of Object.entries(scenarios)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const profiles = profile === undefined ? undefined : join(profile, name);
    const found = await run({
      programs,
      quick,
      profile: profiles,
      progress: (text) => progress(`${name}: ${text}`),
    });
    sections.push(found.section);
    const profiled = profiles === undefined ? undefined : await profileSection(profiles, name);
    if (profiled) sections.push(profiled);
    const doubt = isDisturbed(found.section.rows[0]) ? " (disturbed)" : "";
    bars.push(...found.bars.map((bar) => ({ ...bar, title: `${name}: ${bar.title}${doubt}` })));
  }
  return {
    suite: "server",
    about: [
      `Servers run on core 0, clients on core 1, over loopback: ${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.version}.`,
      "Medians of interleaved rounds; losses are sums. CPU is a share of one core; RSS is the largest of looks every 200 ms; 1 MB is 1,000,000 bytes.",
      ...(profile === undefined ? [] : ["hivewire was profiled meanwhile: its figures are no claims."]),
    ],
    sections,
    bars,
  };
}
