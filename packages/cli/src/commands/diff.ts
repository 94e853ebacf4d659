import { findProject, type ProjectFlags } from "../config.js";
import { type CompareChoice, compareAll } from "../diff/compare-all.js";
import { otherFindings } from "../diff/diff-findings.js";
import { viewOf } from "../diff/make-view.js";
import { diffAs } from "../diff/write-diff.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { DiffFormat } from "../findings.js";
import type { Io } from "../io.js";

/** Flags of `hivewire diff`. */
export interface DiffFlags extends ProjectFlags, CompareChoice {
  readonly format: DiffFormat;
}

/**
 * Compares the contract with what is released, or with a ref or file, and says who breaks. Ends with 1 when
 * something breaks that neither the version nor a waiver says, when a waiver has expired, and when a release was edited.
 */
export async function runDiff(flags: DiffFlags, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd, flags);
  const result = await compareAll(project, flags, io);
  const view = viewOf(result, await otherFindings(result, project, io), project, io);
  io.out(diffAs(flags.format, view, project, io));
  return view.ok ? exitCodes.fine : exitCodes.finding;
}
