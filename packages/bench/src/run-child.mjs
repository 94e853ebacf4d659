// @ts-check
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));
const run = promisify(execFile);

/**
 * Measures one module in a process of its own.
 * @param {import("./child.mjs").Task} task
 * @returns {Promise<import("./child.mjs").ChildResult>}
 */
export async function runChild(task) {
  const { stdout } = await run(process.execPath, [child, JSON.stringify(task)], { maxBuffer: 64e6 });
  return JSON.parse(stdout);
}
