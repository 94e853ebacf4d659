import { join, relative, sep } from "node:path";
import { findConfig, type ProjectFlags } from "../config.js";
import { configFile } from "../config-readers.js";
import { defaults } from "../defaults.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { exists, writeNewFile } from "../files.js";
import type { Io } from "../io.js";
import { starterSchema, workflow } from "../starter-files.js";
import { generatorVersion } from "../version.js";
import { runCheck } from "./check.js";
import { runGenerate } from "./generate.js";

/** Where the workflow that checks the contract goes. */
const workflowFile = ".github/workflows/hivewire.yml";

/** Flags of `hivewire init`. */
export type InitFlags = ProjectFlags;

/**
 * Takes a folder to a green check: configuration, a schema if there is none, generated files, a workflow.
 * What is already there stays as it is.
 */
export async function runInit({ schema, out }: InitFlags, io: Io): Promise<ExitCode> {
  const { colors } = io;
  const say = (word: string, path: string): void => io.out(`${colors.green(word.padEnd(7))}  ${path}\n`);
  const place = async (path: string, text: string): Promise<void> => {
    const isThere = await exists(join(io.cwd, path));
    if (!isThere) await writeNewFile(join(io.cwd, path), text);
    say(isThere ? "kept" : "wrote", path);
  };
  const existing = await findConfig(io.cwd);
  const portable = (path: string): string => path.split(sep).join("/");
  const schemaFile = schema ?? existing?.settings.schema ?? defaults.schema;
  if (!schema && !existing) await place(schemaFile, starterSchema);
  if (existing) say("kept", portable(relative(io.cwd, join(existing.root, configFile))));
  else {
    const settings = { schema: portable(schemaFile), out: portable(out ?? defaults.out) };
    await place(configFile, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
  const generated = await runGenerate({ format: "text" }, io);
  if (generated !== exitCodes.fine) return generated;
  await place(workflowFile, workflow(generatorVersion));
  const checked = await runCheck({ format: "text" }, io);
  if (checked === exitCodes.fine) {
    io.out(
      `\nNext: npm install @hivewire/protocol, import from ${portable(out ?? existing?.settings.out ?? defaults.out)}, and see what "npx hivewire lint" says.\n`,
    );
  }
  return checked;
}
