// @ts-check
import { startProgram } from "./program.mjs";

/** Core that servers run on; whoever loads them has the other one. */
export const serverCore = 0;
export const loadCore = 1;

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
  const program = await startProgram("taskset", ["-c", String(serverCore), ...node], {
    ...process.env,
    PORT: "0",
    ...env,
  });
  const [, port] = await program.line(/^(?:listening |hivewire reference server on http:.*:)(\d+)/);
  return { ...program, port: Number(port) };
}
