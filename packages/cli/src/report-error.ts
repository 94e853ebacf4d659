import type { CodegenError } from "@hivewire/codegen";
import type { CompatError } from "@hivewire/compat";
import { CliError } from "./cli-error.js";
import { findingsSuite, junitXml } from "./diff/write-junit.js";
import { findingsMarkdown } from "./diff/write-markdown.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { type DiffFormat, type Finding, githubAnnotations, sarifLog } from "./findings.js";
import type { Io } from "./io.js";

interface Report {
  readonly exitCode: ExitCode;
  readonly message: string;
  readonly error: { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;
  readonly place?: Pick<Finding, "file" | "line" | "column">;
}

/** By its name: the class is loaded by the commands that need it. */
function isCodegenError(reason: unknown): reason is CodegenError {
  return reason instanceof Error && reason.name === "CodegenError" && "code" in reason;
}

/** By its name, too; a fault of the comparison itself is one of hivewire. */
function isCompatError(reason: unknown): reason is CompatError {
  return (
    reason instanceof Error && reason.name === "CompatError" && "code" in reason && reason.code !== "internal"
  );
}

function describe(reason: unknown): Report {
  if (isCodegenError(reason)) {
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
      ...(location ? { place: location } : {}),
    };
  }
  if (reason instanceof CliError) {
    const { code, message, exitCode } = reason;
    return { exitCode, message, error: { code, message } };
  }
  if (isCompatError(reason)) {
    const { code, message } = reason;
    return { exitCode: exitCodes.finding, message, error: { code, message } };
  }
  const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return {
    exitCode: exitCodes.internal,
    message: `A fault of hivewire: ${message}`,
    error: { code: "internal", message },
  };
}

const written: Readonly<
  Record<Exclude<DiffFormat, "text" | "json">, (findings: readonly Finding[]) => string>
> = {
  github: githubAnnotations,
  sarif: (findings) => sarifLog(findings, new Map()),
  junit: (findings) => junitXml([findingsSuite(findings)]),
  markdown: findingsMarkdown,
};

/** Says what went wrong: on stderr for a person, on stdout in the format that was asked for. */
export function reportError(reason: unknown, format: DiffFormat, io: Io): ExitCode {
  const { exitCode, message, error, place } = describe(reason);
  if (format === "text") io.err(`hivewire: ${message}\n`);
  else if (format === "json") io.out(`${JSON.stringify({ ok: false, error })}\n`);
  else {
    const finding: Finding = {
      rule: error.code,
      level: "error",
      message,
      ...(place ?? { file: "hivewire.json", line: 1, column: 1 }),
    };
    io.out(written[format]([finding]));
  }
  return exitCode;
}
