import {
  applyWaivers,
  type Bump,
  bumpAfterWaivers,
  type ChangeWaiver,
  type Comparison,
  compareContracts,
  needsSaying,
  type VersionGate,
  versionGate,
  type WaivableChange,
} from "@hivewire/compat";
import type { Project } from "../config.js";
import { type ReadContract, readContract } from "../expected-files.js";
import type { Io } from "../io.js";
import { type Baseline, type BaselineChoice, findBaselines } from "./baselines.js";

/** What is compared, and how. */
export interface CompareChoice extends BaselineChoice {
  /** Ask both ways: also whether newer clients get along with an older server. */
  readonly full?: boolean | undefined;
}

/** The contract beside one baseline, waivers and version taken into account. */
export interface Report {
  readonly comparison: Comparison;
  readonly baseline: Baseline;
  readonly changes: readonly WaivableChange[];
  readonly gate: VersionGate;
}

/** The contract beside everything that it was compared with. */
export interface DiffResult extends ReadContract {
  /** Newest baseline first; none when nothing is released yet. */
  readonly reports: readonly Report[];
  /** Waivers of changes that are there, whose last day is over. */
  readonly expired: readonly ChangeWaiver[];
  /** Waivers that no comparison has a use for; only asked where releases are compared. */
  readonly unused: readonly ChangeWaiver[];
}

/** Where a change stands: only what is `unsaid` fails. */
export type Standing = "compatible" | "waived" | "said" | "unsaid";

/** Whether a change is said by the version, or accepted, or needs neither. */
export function standingOf(change: WaivableChange, { isSaid }: VersionGate): Standing {
  if (!needsSaying(change)) return "compatible";
  if (change.waiver) return "waived";
  return isSaid ? "said" : "unsaid";
}

/** Today in UTC, as `2026-11-23`. */
export function today(io: Io): string {
  return new Date(io.now()).toISOString().slice(0, "2026-01-01".length);
}

/**
 * Only beside the release before it is a step too large: older releases are more than a step away, and beside a
 * draft it says what changed before the draft, too.
 */
function gateBeside({ version, model }: Baseline, newer: string, bump: Bump, isNewest: boolean): VersionGate {
  const gate = versionGate(version, newer, bump);
  const isStep = isNewest && version === model.version;
  return gate.verdict === "too-large" && !isStep ? { ...gate, verdict: "fine" } : gate;
}

/** Compares the project's contract with each baseline. */
export async function compareAll(project: Project, choice: CompareChoice, io: Io): Promise<DiffResult> {
  const contract = await readContract(project);
  const { model } = contract;
  const baselines = await findBaselines(project, model, choice, io);
  const waiving = baselines.map((baseline, index) => {
    const newer = { model, label: model.version };
    const onMessage = (name: string): void => io.progress(`comparing ${name} with ${baseline.label}`);
    const comparison = compareContracts(baseline, newer, { onMessage, full: choice.full === true });
    const applied = applyWaivers(comparison.changes, project.diff.waivers, today(io));
    const bump = bumpAfterWaivers(comparison.bump, applied.changes);
    const gate = gateBeside(baseline, model.version, bump, index === 0);
    return { report: { comparison, baseline, changes: applied.changes, gate }, applied };
  });
  io.progress("");
  const isUnused = (waiver: ChangeWaiver): boolean =>
    waiving.every(({ applied }) => applied.unused.includes(waiver));
  return {
    ...contract,
    reports: waiving.map(({ report }) => report),
    expired: [...new Set(waiving.flatMap(({ applied }) => applied.expired))],
    unused: choice.against === undefined && baselines.length > 0 ? project.diff.waivers.filter(isUnused) : [],
  };
}
