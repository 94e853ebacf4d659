/** What the process ends with. */
export const exitCodes = {
  /** Done, and nothing to complain about. */
  fine: 0,
  /** The command found something: drift, a broken schema, a server that stopped it. */
  finding: 1,
  /** The call itself was wrong: a flag, a path, a configuration. */
  usage: 2,
  /** A fault of hivewire (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
