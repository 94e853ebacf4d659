import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { defaults } from "./defaults.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { type DiffFormat, diffFormats, formats } from "./findings.js";
import type { Io } from "./io.js";
import { reportError } from "./report-error.js";
import { generatorVersion } from "./version.js";

type Run = (io: Io) => Promise<ExitCode>;

/** The command that was asked for, or the exit code when there is none to run. */
type Parsed = { readonly run: Run; readonly format: DiffFormat } | { readonly exitCode: ExitCode };

function command(
  name: string,
  summary: string,
  examples: readonly string[],
  choices: readonly string[] = formats,
): Command {
  const lines = examples.map((example) => `  $ hivewire ${example}`).join("\n");
  return new Command(name)
    .description(summary)
    .option("--schema <file>", `schema of messages (default: hivewire.json, else ${defaults.schema})`)
    .addOption(new Option("--format <format>", "how results are written").choices(choices).default("text"))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
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
  let chosen: { run: Run; format: DiffFormat } | undefined;
  const choose = (format: DiffFormat, run: Run): void => {
    chosen = { run, format };
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
    "generate --watch",
  ])
    .option(...outFlag)
    .option("--watch", "generate again after each change of the schema's files")
    .action((flags) =>
      choose(flags.format, async (target) =>
        (await import("./commands/generate.js")).runGenerate(flags, target),
      ),
    );
  const check = command("check", "fail when the generated files are not what the schema says", [
    "check",
    "check --json",
    "check --format github",
  ])
    .option(...outFlag)
    .action((flags) =>
      choose(flags.format, async (target) => (await import("./commands/check.js")).runCheck(flags, target)),
    );
  const lint = command("lint", "ask the contract what will hurt later, with a fix for each finding", [
    "lint",
    "lint --format sarif > hivewire.sarif",
  ])
    .addHelpText(
      "after",
      '\nLevels and waivers stand in hivewire.json: { "lint": { "rules": { "naming": "off" }, "waivers": [] } }\n',
    )
    .action((flags) =>
      choose(flags.format, async (target) => (await import("./commands/lint.js")).runLint(flags, target)),
    );
  const diff = command(
    "diff",
    "say who breaks by what changed since a release, with the frame that proves it",
    [
      "diff",
      "diff --transitive",
      "diff --against git:origin/main",
      "diff --against 1.0.0 --format markdown",
      "diff --against old/messages.schema.json --format junit > contract.xml",
    ],
    diffFormats,
  )
    .option("--against <what>", "git:<ref>, a released version, or a file (default: the newest release)")
    .option("--transitive", "compare with every live release, not the newest alone")
    .option("--full", "ask both ways: rollbacks, and clients that are newer than the server, too")
    .addHelpText(
      "after",
      `
What breaks someone fails unless x-contract.version is raised enough for it, or a waiver covers it. Waivers stand in
hivewire.json, by the id that diff shows: { "diff": { "waivers": [{ "id", "owner", "reason", "expires": "2026-12-31" }] } }
`,
    )
    .action((flags) =>
      choose(flags.format, async (target) => (await import("./commands/diff.js")).runDiff(flags, target)),
    );
  const release = command(
    "release",
    "keep the contract as a release: snapshot, changelog, migration note, changeset",
    ["release --dry-run", "release", "release --record"],
    ["text", "json", "github"],
  )
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--record", "only record the releases that are there and have no record")
    .addHelpText(
      "after",
      `
Writes versions/<version>/, versions/releases.json, CHANGELOG.md and migrations/ beside the schema; and a changeset where
there is a .changeset folder and hivewire.json names the package: { "diff": { "package": "@scope/contract" } }
`,
    )
    .action((flags) =>
      choose(flags.format, async (target) =>
        (await import("./commands/release.js")).runRelease(flags, target),
      ),
    );
  const init = command(
    "init",
    "set up a project: configuration, generated files, a workflow that checks them",
    ["init", "init --schema api/messages.yaml --out src/gen"],
  )
    .option(...outFlag)
    .action((flags) =>
      choose(flags.format, async (target) => (await import("./commands/init.js")).runInit(flags, target)),
    );
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
    .action((url, flags) =>
      choose(flags.format, async (target) =>
        (await import("./commands/tail.js")).runTail(
          url,
          { ...flags, json: flags.format === "json" },
          target,
        ),
      ),
    );
  for (const each of [program, init, generate, check, lint, diff, release, tail]) {
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

/** The format that was asked for, also when the arguments are wrong. */
function formatOf(argv: readonly string[]): DiffFormat {
  const named = argv[argv.indexOf("--format") + 1];
  return argv.includes("--json") ? "json" : (diffFormats.find((format) => format === named) ?? "text");
}

/** Runs the command that the arguments name. Never throws. */
export async function runCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, io);
    return "run" in parsed ? await parsed.run(io) : parsed.exitCode;
  } catch (reason) {
    return reportError(reason, formatOf(argv), io);
  }
}
