// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { BenchError } from "../bench-error.mjs";

/** A process whose lines are waited for. @typedef {Awaited<ReturnType<typeof startProgram>>} Program */

/**
 * Ahead of what else the machine does, where the user may ask for that. Linux weighs whole sessions first
 * (sched(7), "The autogroup feature"), so each process gets a session of its own and asks for it; within one it is `nice`.
 */
const niceness = -10;

/** How much of what a process complains about is kept, in characters. */
const maxComplaint = 2_000;

/**
 * Starts a process, whose input ends with this one.
 * @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export async function startProgram(command, args, env = process.env) {
  const priority = ["-n", String(niceness), command, ...args];
  const child = spawn("nice", priority, { env, stdio: ["pipe", "pipe", "pipe"], detached: true });
  let complaint = "";
  child.stderr.on("data", (/** @type {Buffer} */ data) => {
    if (complaint.length < maxComplaint) complaint += data.toString();
  });
  const exited = new Promise((resolve) => child.once("close", resolve));
  child.stdin.on("error", () => {});
  await once(child, "spawn");
  await writeFile(`/proc/${child.pid}/autogroup`, String(niceness)).catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  /**
   * The next line that a pattern recognises.
   * @param {RegExp} pattern
   * @throws BenchError (as a rejection) when the process ends before, or 90 s pass
   */
  const line = async (pattern) => {
    const late = setTimeout(() => child.kill("SIGKILL"), 90_000);
    try {
      for (;;) {
        const next = await lines.next();
        if (next.done) break;
        const found = pattern.exec(next.value);
        if (found) return found;
      }
    } finally {
      clearTimeout(late);
    }
    throw new BenchError(
      `Failed to measure: "${[command, ...args].join(" ").slice(0, 300)}" ended before it printed ${pattern}: ${complaint.slice(0, 500)}`,
    );
  };

  return {
    pid: child.pid ?? 0,
    line,
    /** @param {string} text */
    tell: (text) => child.stdin.write(`${text}\n`),
    exited,
    /** Ends it, with force after 5 s. */
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await exited;
      clearTimeout(late);
    },
  };
}
