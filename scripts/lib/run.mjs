// @ts-check
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's root, absolute. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The pinned pnpm, through npx: the machine needs no pnpm of its own. */
export function pnpm() {
  const { packageManager } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return ["npx", "-y", String(packageManager)];
}

/** The start of a command that runs a binary of the workspace. */
export function bin(/** @type {string} */ name) {
  return [process.execPath, `${root}/node_modules/${name}`];
}

/**
 * Runs a command in the project's root.
 * @param {readonly string[]} command
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] quiet: print output only when it fails
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([file = "", ...args], { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      shell: process.platform === "win32",
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${file}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** A duration for people. */
export function seconds(/** @type {number} */ sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
