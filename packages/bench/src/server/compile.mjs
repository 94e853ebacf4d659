// @ts-check
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BenchError } from "../bench-error.mjs";

const run = promisify(execFile);
const sources = fileURLToPath(new URL("c", import.meta.url));

/** Paths of the compiled programs. @typedef {{ readonly load: string, readonly attack: string, readonly floor: string }} Programs */

/**
 * Compiles the programs in C into a folder.
 * @param {string} folder a temporary one
 * @returns {Promise<Programs>}
 * @throws BenchError (as a rejection) when there is no gcc, or it refuses
 */
export async function compile(folder) {
  /** @param {string} name */
  const one = async (name) => {
    const program = join(folder, name);
    await run("gcc", ["-O2", "-o", program, join(sources, `${name}.c`)]);
    return program;
  };
  try {
    const [load, attack, floor] = await Promise.all([one("load"), one("attack"), one("floor")]);
    return { load, attack, floor };
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new BenchError(
      isMissing
        ? "Failed to compile the load generator: there is no gcc. Please run apt-get install gcc libc6-dev."
        : `Failed to compile the load generator: ${String(cause).slice(0, 500)}. Please run it on Linux with gcc 10 or newer.`,
    );
  }
}
