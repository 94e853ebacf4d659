import { Command, CommanderError, Option } from "commander";
import { runCheck } from "./commands/check.js";
import { runGenerate } from "./commands/generate.js";
import { defaults } from "./config.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";
import { reportError } from "./report-error.js";
import { generatorVersion } from "./version.js";

type Run = (io: Io) => Promise<ExitCode>;

/** The command that was asked for, or the exit code when there is none to run. */
type Parsed = { readonly run: Run; readonly json: boolean } | { readonly exitCode: ExitCode };

function projectCommand(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ hivewire ${example}`).join("\n");
  return new Command(name)
    .description(summary)
    .option("--schema <file>", `schema of messages (default: hivewire.json, else ${defaults.schema})`)
    .option("--out <folder>", `folder of generated files (default: hivewire.json, else ${defaults.out})`)
    .addOption(new Option("--json", "print one JSON object instead of text"))
    .addHelpText("after", `\nExamples:\n${lines}\n`);
}

/** Reads the arguments without running anything. */
export function parseArguments(argv: readonly string[], io: Io): Parsed {
  let chosen: { run: Run; json: boolean } | undefined;
  const choose = (json: boolean | undefined, run: Run): void => {
    chosen = { run, json: json === true };
  };
  const program = new Command("hivewire")
    .description(
      "Contract-first WebSockets: one JSON Schema of messages in; types, validators and a contract value out.",
    )
    .version(generatorVersion)
    .addHelpText("after", "\nExit codes: 0 fine, 1 a finding, 2 usage, 70 a fault of hivewire.\n");
  const generate = projectCommand("generate", "write types, validators and the contract value", [
    "generate",
    "generate --schema messages.schema.json --out src/gen",
  ]).action((flags) => choose(flags.json, (target) => runGenerate(flags, target)));
  const check = projectCommand("check", "fail when the generated files are not what the schema says", [
    "check",
    "check --json",
  ]).action((flags) => choose(flags.json, (target) => runCheck(flags, target)));
  for (const command of [program, generate, check]) {
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    if (command !== program) program.addCommand(command);
  }
  try {
    program.parse([...argv], { from: "user" });
  } catch (reason) {
    if (!(reason instanceof CommanderError)) throw reason;
    return { exitCode: reason.exitCode === 0 ? exitCodes.fine : exitCodes.usage };
  }
  return chosen ?? { exitCode: exitCodes.usage };
}

/** Runs the command that the arguments name. Never throws. */
export async function runCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  const json = argv.includes("--json");
  try {
    const parsed = parseArguments(argv, io);
    return "run" in parsed ? await parsed.run(io) : parsed.exitCode;
  } catch (reason) {
    return reportError(reason, json, io);
  }
}
