import { variablesHelp } from "./configuration/describe.js";
import { readCommandLine } from "./configuration/flags.js";
import type { Variables } from "./configuration/variable.js";
import { fleetSize } from "./live/fleet.js";
import { ReferenceServerError, type ReferenceServerErrorCode } from "./reference-server-error.js";
import { startReferenceServer } from "./start-reference-server.js";

/** Exit code of a fault of hivewire itself (sysexits.h, EX_SOFTWARE). */
const faultCode = 70;

const exitCodes: Readonly<Record<ReferenceServerErrorCode, number>> = {
  usage: 2,
  invalid_configuration: 2,
  port_taken: 1,
  cannot_listen: 1,
  keys_unavailable: 1,
  internal: faultCode,
};

function help(): string {
  return `Usage: hivewire-server [--demo] [--port 9000] [--ws-rate-burst 80] …

The reference server of the dashboard contract.

Options:
  --demo   publish ${fleetSize} simulated agents, marked as such
  --help   show this

Every variable below but for secrets also has a flag, which wins: --ws-rate-burst for WS_RATE_BURST.

${variablesHelp()}

Examples:
  $ hivewire-server
  $ hivewire-server --demo --port 9000
  $ WS_AUTH_REQUIRED=true WS_AUTH_TOKEN=… hivewire-server

Exit codes: 0 stopped by a signal, 1 cannot listen, 2 usage or configuration, ${faultCode} a fault of hivewire.
`;
}

/** Resolves at the first signal; the second one ends the process at once, with the shell's code for that signal. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const onSignal = (code: number) => () => {
      if (isStopping) process.exit(code);
      isStopping = true;
      resolve();
    };
    process.on("SIGINT", onSignal(130));
    process.on("SIGTERM", onSignal(143));
  });
}

function reportFault(reason: unknown): void {
  const text = reason instanceof Error ? reason.stack : String(reason);
  process.stderr.write(`hivewire-server: a fault of hivewire: ${text}\n`);
}

/** What nobody caught has left the process in a state that nobody knows: it says why and ends. */
function endAtFaults(): void {
  process.on("uncaughtException", (reason) => {
    reportFault(reason);
    process.exit(faultCode);
  });
}

async function serve(argv: readonly string[], env: Variables): Promise<number> {
  const { help: isHelp, demo, flags } = readCommandLine(argv);
  if (isHelp) {
    process.stdout.write(help());
    return 0;
  }
  endAtFaults();
  const stop = signalled();
  const server = await startReferenceServer({ env, flags, demo });
  const tail = env.HIVEWIRE_TAIL_COMMAND ?? "npx hivewire tail";
  process.stdout.write(`hivewire reference server on ${server.url}${demo ? ", with simulated agents" : ""}

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
    reportFault(reason);
    return faultCode;
  }
}
