import { type ExitCode, exitCodes } from "./exit-codes.js";

/** Every reason for which the command line itself throws. */
export type CliErrorCode =
  | "usage"
  | "invalid_config"
  | "file_not_found"
  | "unreadable_file"
  | "unwritable_folder"
  | "foreign_file"
  | "no_contract"
  | "git_failed"
  | "unknown_release"
  | "invalid_baseline"
  | "invalid_records"
  | "already_released"
  | "unreleasable";

const exitCodeOf: Readonly<Record<CliErrorCode, ExitCode>> = {
  usage: exitCodes.usage,
  invalid_config: exitCodes.usage,
  file_not_found: exitCodes.usage,
  unreadable_file: exitCodes.usage,
  unwritable_folder: exitCodes.usage,
  foreign_file: exitCodes.usage,
  no_contract: exitCodes.finding,
  git_failed: exitCodes.usage,
  unknown_release: exitCodes.usage,
  invalid_baseline: exitCodes.finding,
  invalid_records: exitCodes.usage,
  already_released: exitCodes.finding,
  unreleasable: exitCodes.finding,
};

/** The only error this package throws; it knows the exit code it ends with. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options);
    this.code = code;
  }

  /** What the process ends with. */
  get exitCode(): ExitCode {
    return exitCodeOf[this.code];
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: CliErrorCode): CliError {
    if (reason instanceof CliError) return reason;
    return new CliError(code, reason instanceof Error ? reason.message : String(reason), { cause: reason });
  }
}
