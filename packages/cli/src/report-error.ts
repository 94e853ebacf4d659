import { CodegenError } from "@hivewire/codegen";
import { CliError } from "./cli-error.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";

interface Report {
  readonly exitCode: ExitCode;
  readonly message: string;
  readonly error: Readonly<Record<string, unknown>>;
}

function describe(reason: unknown): Report {
  if (reason instanceof CodegenError) {
    const { code, message, expected, location } = reason;
    const place = location
      ? `\n  at ${location.file}:${location.line}:${location.column}${location.pointer === "" ? "" : ` (${location.pointer})`}`
      : "";
    const want = expected === undefined ? "" : `\n  expected ${expected}`;
    const exitCode = code === "internal" ? exitCodes.internal : exitCodes.finding;
    return {
      exitCode,
      message: `${message}${place}${want}\nNothing was written.`,
      error: { code, message, expected, ...location },
    };
  }
  if (reason instanceof CliError) {
    const { code, message, exitCode } = reason;
    return { exitCode, message, error: { code, message } };
  }
  const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return {
    exitCode: exitCodes.internal,
    message: `A fault of hivewire: ${message}`,
    error: { code: "internal", message },
  };
}

/** Says what went wrong, on stderr for a person or as one JSON object on stdout. */
export function reportError(reason: unknown, json: boolean, io: Io): ExitCode {
  const { exitCode, message, error } = describe(reason);
  if (json) io.out(`${JSON.stringify({ ok: false, error })}\n`);
  else io.err(`hivewire: ${message}\n`);
  return exitCode;
}
