// @ts-check
import { startProgram } from "./program.mjs";

/** Core that servers run on; whoever loads them has the other one. */
export const serverCore = 0;
export const loadCore = 1;

/** Ahead of what else the machine does, where the user may ask for that; the programs in C ask for the same. */
const niceness = -10;

/** A server that listens. @typedef {import("./program.mjs").Program & { readonly port: number }} RunningServer */

/**
 * Starts a contender on its own core.
 * @param {import("./contenders.mjs").Contender} contender
 * @param {{ readonly rate?: number, readonly env?: Readonly<Record<string, string>>, readonly profile?: string | undefined }} [options]
 * rate: frames that it publishes per second once it is told `publish`
 * @returns {Promise<RunningServer>}
 */
export async function startServer({ nodeFlags, script }, { rate = 0, env = {}, profile } = {}) {
  const flags = profile === undefined ? nodeFlags : [...nodeFlags, "--cpu-prof", `--cpu-prof-dir=${profile}`];
  const node = [process.execPath, ...flags, script, String(rate)];
  const args = ["-n", String(niceness), "taskset", "-c", String(serverCore), ...node];
  const program = await startProgram("nice", args, { ...process.env, PORT: "0", ...env });
  const [, port] = await program.line(/^listening (\d+)$/);
  return { ...program, port: Number(port) };
}
