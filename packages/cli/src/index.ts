import { processIo } from "./io.js";
import { runCommand } from "./program.js";

/** Runs the command line with the process's own streams. Resolves to the exit code; never rejects. */
export async function main(argv: readonly string[]): Promise<number> {
  const io = processIo();
  try {
    return await runCommand(argv, io);
  } finally {
    io.dispose();
  }
}
