import { lint, lintRules } from "@hivewire/codegen";
import { findProject, type ProjectFlags } from "../config.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { readContract } from "../expected-files.js";
import { type Finding, type Format, githubAnnotations, placeOf, sarifLog } from "../findings.js";
import type { Io } from "../io.js";

/** Flags of `hivewire lint`. */
export interface LintFlags extends ProjectFlags {
  readonly format: Format;
}

const abouts: ReadonlyMap<string, string> = new Map([
  ...lintRules.map(({ name, about }) => [name, about] as const),
  ["expired-waiver", "A waiver counts until its day."],
  ["unused-waiver", "A waiver that covers nothing hides the next finding."],
]);

/** Asks every rule of the contract; errors end with 1, warnings do not. */
export async function runLint(flags: LintFlags, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd, flags);
  const { model } = await readContract(project);
  const today = new Date(io.now()).toISOString().slice(0, "2026-01-01".length);
  const findings = lint(model, { ...project.lint, today }).map(
    ({ rule, level, message, fix, location }): Finding => ({
      ...{ rule, level, message, fix },
      ...placeOf(location, project.basePath, io.cwd),
    }),
  );
  const errors = findings.filter(({ level }) => level === "error").length;
  const code = errors > 0 ? exitCodes.finding : exitCodes.fine;
  if (flags.format === "json") io.out(`${JSON.stringify({ ok: errors === 0, findings })}\n`);
  else if (flags.format === "github") io.out(githubAnnotations(findings));
  else if (flags.format === "sarif") io.out(sarifLog(findings, abouts));
  else {
    for (const finding of findings) io.out(textOf(finding, io));
    const counts = `${errors} ${errors === 1 ? "error" : "errors"}, ${findings.length - errors} warnings`;
    const draft = model.dialect === "2020-12" ? "" : ` Draft ${model.dialect} was read as draft 2020-12.`;
    io.out(`${model.name} ${model.version}: ${model.messages.length} messages, ${counts}.${draft}\n`);
  }
  return code;
}

function textOf({ rule, level, message, fix, file, line, column }: Finding, { colors }: Io): string {
  const weight = level === "error" ? colors.red(level) : colors.yellow(level);
  return `${colors.bold(`${file}:${line}:${column}`)} ${weight} ${rule}\n  ${message}\n  ${fix}\n\n`;
}
