import { parseArgs } from "node:util";
import { ReferenceServerError } from "../reference-server-error.js";
import { flagOf, type Variables } from "./variable.js";
import { variables } from "./variables.js";

/** What a command line says. */
export interface CommandLine {
  readonly help: boolean;
  readonly demo: boolean;
  /** Flags of variables, without their dashes. */
  readonly flags: Variables;
}

const rows = Object.entries(variables).map(([name, row]) => ({ name, flag: flagOf(name), ...row }));

function refuse(why: string, cause?: unknown): ReferenceServerError {
  return new ReferenceServerError(
    "usage",
    `Failed to read the arguments: ${why} Please see hivewire-server --help.`,
    { cause },
  );
}

/** A flag that turns something on may stand alone: `--ws-trust-proxy` is `--ws-trust-proxy=true`. */
function withValues(argv: readonly string[]): string[] {
  const switches = new Set(
    rows.filter(({ schema }) => "type" in schema && schema.type === "boolean").map(({ flag }) => `--${flag}`),
  );
  return argv.map((arg, index) => {
    const next = argv[index + 1];
    return switches.has(arg) && next !== "true" && next !== "false" ? `${arg}=true` : arg;
  });
}

/**
 * Reads the command line. Secrets have no flag, for other users of a machine see it.
 * @throws ReferenceServerError `usage`
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  for (const { name, flag, isSecret } of rows) {
    const isGiven = argv.some((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
    if (isSecret && isGiven)
      throw refuse(`other users see what stands there; ${name} is read from the environment only.`);
  }
  const known = rows.filter(({ isSecret }) => !isSecret);
  const texts = Object.fromEntries(known.map(({ flag }) => [flag, { type: "string" }] as const));
  const options = { ...texts, help: { type: "boolean" }, demo: { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ args: withValues(argv), options, allowPositionals: false });
    const { help, demo, ...flags }: Readonly<Record<string, string | boolean | undefined>> = values;
    const given = Object.entries(flags).map(([flag, value]) => [flag, String(value)]);
    return { help: help === true, demo: demo === true, flags: Object.fromEntries(given) };
  } catch (cause) {
    throw refuse(cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause), cause);
  }
}
