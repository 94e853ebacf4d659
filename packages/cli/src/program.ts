import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { runCheck } from "./commands/check.js";
import { runGenerate } from "./commands/generate.js";
import { runTail } from "./commands/tail.js";
import { defaults } from "./config.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";
import { reportError } from "./report-error.js";
import { generatorVersion } from "./version.js";

type Run = (io: Io) => Promise<ExitCode>;

/** The command that was asked for, or the exit code when there is none to run. */
type Parsed = { readonly run: Run; readonly json: boolean } | { readonly exitCode: ExitCode };

function command(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ hivewire ${example}`).join("\n");
  return new Command(name)
    .description(summary)
    .option("--schema <file>", `schema of messages (default: hivewire.json, else ${defaults.schema})`)
    .addOption(new Option("--json", "print JSON instead of text"))
    .addHelpText("after", `\nExamples:\n${lines}\n`);
}

const outFlag = [
  "--out <folder>",
  `folder of generated files (default: hivewire.json, else ${defaults.out})`,
] as const;

/** Most frames that `--count` may ask for. */
const maxCount = 1_000_000_000;

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= maxCount) return count;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${maxCount}.`);
}

/** Reads the arguments without running anything. */
function parseArguments(argv: readonly string[], io: Io): Parsed {
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
  const generate = command("generate", "write types, validators and the contract value", [
    "generate",
    "generate --schema messages.schema.json --out src/gen",
  ])
    .option(...outFlag)
    .action((flags) => choose(flags.json, (target) => runGenerate(flags, target)));
  const check = command("check", "fail when the generated files are not what the schema says", [
    "check",
    "check --json",
  ])
    .option(...outFlag)
    .action((flags) => choose(flags.json, (target) => runCheck(flags, target)));
  const tail = command("tail", "show the live frames of a server, one line each, through reconnects", [
    "tail ws://127.0.0.1:8000/api/dashboard/ws/dashboard",
    "tail wss://example.com/api/dashboard/ws/system --topics system --json | jq .data",
    "tail ws://127.0.0.1:8000/api/dashboard/ws/dashboard --count 1",
  ])
    .argument("<url>", "where the server speaks: ws: or wss:")
    .option("--topics <names>", "topics, separated by commas (default: all of the contract)")
    .option("--count <n>", "end after this many frames", parseCount)
    .addHelpText(
      "after",
      "\nCredentials are read from HIVEWIRE_ACCESS_TOKEN. Without a schema the server's own is fetched.\n",
    )
    .action((url, flags) => choose(flags.json, (target) => runTail(url, flags, target)));
  for (const each of [program, generate, check, tail]) {
    each.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    if (each !== program) program.addCommand(each);
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
