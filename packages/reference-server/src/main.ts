import { parseArgs } from "node:util";
import { type VariableRow, type Variables, variables } from "./configuration.js";
import { fleetSize } from "./live/fleet.js";
import { ReferenceServerError, type ReferenceServerErrorCode } from "./reference-server-error.js";
import { startReferenceServer } from "./start-reference-server.js";

const exitCodes: Readonly<Record<ReferenceServerErrorCode, number>> = {
  usage: 2,
  invalid_configuration: 2,
  port_taken: 1,
  cannot_listen: 1,
};

function help(): string {
  const rows = Object.entries(variables).map(([name, row]: [string, VariableRow]) => {
    const shown = row.default === undefined ? "" : ` (default: ${row.default})`;
    return `  ${name.padEnd(24)} ${row.help}${shown}`;
  });
  return `Usage: hivewire-server [--demo]

The reference server of the dashboard contract.

Options:
  --demo   publish ${fleetSize} simulated agents, marked as such
  --help   show this

Environment:
${rows.join("\n")}

Examples:
  $ hivewire-server
  $ PORT=9000 hivewire-server --demo
  $ WS_AUTH_REQUIRED=true WS_AUTH_TOKEN=… hivewire-server

Exit codes: 0 stopped by a signal, 1 cannot listen, 2 usage or configuration, 70 a fault of hivewire.
`;
}

function parseFlags(argv: readonly string[]): { readonly help?: boolean; readonly demo?: boolean } {
  try {
    const options = { help: { type: "boolean" }, demo: { type: "boolean" } } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new ReferenceServerError(
      "usage",
      `Failed to read the arguments: ${why} Please see hivewire-server --help.`,
      { cause },
    );
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

async function serve(argv: readonly string[], env: Variables): Promise<number> {
  const flags = parseFlags(argv);
  if (flags.help) {
    process.stdout.write(help());
    return 0;
  }
  const stop = signalled();
  const server = await startReferenceServer({ env, demo: flags.demo ?? false });
  const tail = env.HIVEWIRE_TAIL_COMMAND ?? "npx hivewire tail";
  process.stdout.write(`hivewire reference server on ${server.url}${flags.demo ? ", with simulated agents" : ""}

  ${server.url}/health
  ${tail} ${server.webSocketUrl}     (paste into a second terminal)

Ctrl-C stops it.
`);
  await stop;
  process.stdout.write("Closing connections …\n");
  await server.close();
  return 0;
}

/** Runs the server until a signal stops it. Resolves to the exit code; never rejects. */
export async function main(argv: readonly string[], env: Variables): Promise<number> {
  try {
    return await serve(argv, env);
  } catch (reason) {
    if (reason instanceof ReferenceServerError) {
      process.stderr.write(`hivewire-server: ${reason.message}\n`);
      return exitCodes[reason.code];
    }
    process.stderr.write(
      `hivewire-server: a fault of hivewire: ${reason instanceof Error ? reason.stack : reason}\n`,
    );
    return 70;
  }
}
